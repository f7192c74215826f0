package io.holdfast.engine.repository.directory.archive;

import io.holdfast.engine.file.WritableFile;
import io.holdfast.engine.repository.transfer.Buffers;
import io.holdfast.engine.repository.transfer.Workers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Compresses frames in parallel and writes them in the order in which they came. So many are under
 * way at once and no more; whoever brings one too many has the first written. One write is under
 * way while the next frames are filled.
 *
 * <p>Whoever holds the {@link #lock} has the archive to himself: that is how an entry of several
 * frames stays in one piece. Everything here asks for the lock itself.
 */
final class FramePipeline {
  private final WritableFile file;
  private final FrameCodec codec;
  private final Workers workers;
  private final FrameTable table;
  private final int mostUnderWay;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Pending> underWay = new ArrayDeque<>();
  private final Buffers plainBuffers = new Buffers(Frames.SIZE);
  private final Buffers frameBuffers;
  private long position;
  private @Nullable Future<Boolean> writing;
  private @Nullable IOException broken;

  private record Compressed(ByteBuffer frame, int crc32c) {}

  private record Pending(int stream, int plain, Future<Compressed> compressed) {}

  FramePipeline(WritableFile file, FrameCodec codec, Workers workers, FrameTable table) {
    this.file = file;
    this.codec = codec;
    this.workers = workers;
    this.table = table;
    this.mostUnderWay = workers.threads() + 2;
    this.frameBuffers = new Buffers(codec.bound(Frames.SIZE));
  }

  ReentrantLock lock() {
    return lock;
  }

  /** Adds a stream, and answers its number. */
  int stream(String name) {
    lock.lock();
    try {
      return table.stream(name);
    } finally {
      lock.unlock();
    }
  }

  /** Sets the size of a stream that is one file. */
  void size(int stream, long size) {
    lock.lock();
    try {
      table.size(stream, size);
    } finally {
      lock.unlock();
    }
  }

  /** A buffer of the size of a frame, empty. */
  ByteBuffer buffer() {
    return plainBuffers.take();
  }

  void giveBack(ByteBuffer buffer) {
    plainBuffers.give(buffer);
  }

  /**
   * Adds a frame.
   *
   * @param plain what it holds, ready to be read; belongs to the pipeline from now on
   */
  void add(int stream, ByteBuffer plain) throws IOException {
    lock.lock();
    try {
      requireWhole();
      int length = plain.remaining();
      underWay.addLast(new Pending(stream, length, workers.submit(() -> compress(plain))));
      while (underWay.size() > mostUnderWay
          || (!underWay.isEmpty() && underWay.getFirst().compressed().isDone())) {
        write(underWay.removeFirst());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Adds one frame that may be larger than others, and answers its number in the table. */
  int addLarge(int stream, byte[] plain) throws IOException {
    lock.lock();
    try {
      drain();
      ByteBuffer from = ByteBuffer.allocateDirect(plain.length).put(plain).flip();
      ByteBuffer frame = ByteBuffer.allocateDirect(codec.bound(plain.length));
      codec.compress(from, frame);
      frame.flip();
      int crc = crc(frame);
      int stored = frame.remaining();
      try {
        file.write(frame, position);
      } catch (IOException failure) {
        broken = failure;
        throw failure;
      }
      written(stream, plain.length, stored, crc);
      return table.count() - 1;
    } finally {
      lock.unlock();
    }
  }

  /** How many frames were added; for {@link #cut}. */
  int mark() {
    lock.lock();
    try {
      return table.count() + underWay.size();
    } finally {
      lock.unlock();
    }
  }

  /** Takes back all frames since a mark; the caller has held the lock since. */
  void cut(int mark) throws IOException {
    lock.lock();
    try {
      drain();
      table.cut(mark);
      position = table.end();
      file.setLength(position);
    } finally {
      lock.unlock();
    }
  }

  /** Writes everything that was added. */
  void drain() throws IOException {
    lock.lock();
    try {
      requireWhole();
      while (!underWay.isEmpty()) {
        write(underWay.removeFirst());
      }
      awaitWrite();
    } finally {
      lock.unlock();
    }
  }

  /** Writes bytes that belong to no frame, behind the last. */
  void writeRaw(byte[] bytes) throws IOException {
    lock.lock();
    try {
      drain();
      file.write(ByteBuffer.wrap(bytes), position);
      position += bytes.length;
    } finally {
      lock.unlock();
    }
  }

  long position() {
    return position;
  }

  private Compressed compress(ByteBuffer plain) {
    ByteBuffer frame = frameBuffers.take();
    codec.compress(plain, frame);
    plainBuffers.give(plain);
    frame.flip();
    return new Compressed(frame, crc(frame));
  }

  private void write(Pending pending) throws IOException {
    Compressed compressed;
    try {
      compressed = Workers.await(pending.compressed());
    } catch (IOException | RuntimeException | Error failure) {
      broken = new IOException("a frame could not be compressed", failure);
      throw failure;
    }
    ByteBuffer frame = compressed.frame();
    awaitWrite();
    int stored = frame.remaining();
    long at = position;
    writing =
        workers.submit(() -> {
          file.write(frame, at);
          frameBuffers.give(frame);
          return true;
        });
    written(pending.stream(), pending.plain(), stored, compressed.crc32c());
  }

  private void awaitWrite() throws IOException {
    if (writing != null) {
      Future<Boolean> last = writing;
      writing = null;
      try {
        Workers.await(last);
      } catch (IOException failure) {
        broken = failure;
        throw failure;
      } catch (RuntimeException | Error failure) {
        broken = new IOException("a frame could not be written", failure);
        throw failure;
      }
    }
  }

  private void written(int stream, int plain, int stored, int crc32c) {
    position += stored;
    table.add(stream, stored, plain, crc32c);
  }

  /** After a frame is lost nothing that follows has its place. */
  private void requireWhole() throws IOException {
    if (broken != null) {
      throw broken;
    }
  }

  private static int crc(ByteBuffer frame) {
    var crc = new CRC32C();
    crc.update(frame.duplicate());
    return (int) crc.getValue();
  }
}
