package io.holdfast.engine.repository.directory.archive;

import io.holdfast.engine.repository.content.Damage;
import io.holdfast.engine.repository.transfer.Workers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * What a stream of an archive holds, from beginning to end. The next frames are read and
 * decompressed by the workers meanwhile, so many and no more. Used by one thread.
 */
final class FrameStream implements AutoCloseable {
  private final FrameFile frames;
  private final Workers workers;
  private final String subject;
  private final int end;
  private final ArrayDeque<Future<ByteBuffer>> ahead = new ArrayDeque<>();
  private final int mostAhead;
  private int next;
  private @Nullable ByteBuffer current;
  private long position;

  FrameStream(
      FrameFile frames, Workers workers, int mostAhead, String subject, int begin, int end) {
    this.frames = frames;
    this.workers = workers;
    this.subject = subject;
    this.next = begin;
    this.end = end;
    this.mostAhead = mostAhead;
  }

  /** Takes a piece of the stream, which must be used before it returns. */
  @FunctionalInterface
  interface Piece {
    void take(ByteBuffer bytes) throws IOException;
  }

  /** How many bytes have passed. */
  long position() {
    return position;
  }

  /** Hands over the next bytes, in pieces as they come. */
  void consume(long length, Piece piece) throws IOException {
    for (long left = length; left > 0; ) {
      ByteBuffer from = require();
      int step = (int) Math.min(left, from.remaining());
      piece.take(from.slice(from.position(), step));
      from.position(from.position() + step);
      position += step;
      left -= step;
    }
  }

  /** Reads on into a buffer, as much as it takes and the present frame has; at least a byte. */
  int read(ByteBuffer target) throws IOException {
    ByteBuffer from = require();
    int step = Math.min(target.remaining(), from.remaining());
    target.put(from.slice(from.position(), step));
    from.position(from.position() + step);
    position += step;
    return step;
  }

  /** The next bytes have to be these. */
  void expect(byte[] bytes) throws IOException {
    var expected = ByteBuffer.wrap(bytes);
    consume(
        bytes.length,
        piece -> {
          ByteBuffer part = expected.slice(expected.position(), piece.remaining());
          if (!part.equals(piece)) {
            throw Damage.artifact(
                subject, "is not what its listing says, at byte " + position, null);
          }
          expected.position(expected.position() + piece.remaining());
        });
  }

  /** There must be nothing more. */
  void expectEnd() throws IOException {
    if (hasMore()) {
      throw Damage.artifact(subject, "goes on after its end in the archive", null);
    }
  }

  /** A stream of the next bytes. */
  InputStream input(long length) {
    long last = position + length;
    return new InputStream() {
      @Override
      public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int offset, int room) throws IOException {
        if (position == last) {
          return -1;
        }
        int most = (int) Math.min(room, last - position);
        return FrameStream.this.read(ByteBuffer.wrap(bytes, offset, most));
      }
    };
  }

  /** Passes over the rest of the present frame. */
  void skipFrame() {
    if (current != null) {
      position += current.remaining();
      current.position(current.limit());
    }
  }

  private ByteBuffer require() throws IOException {
    if (!hasMore() || current == null) {
      throw Damage.artifact(subject, "ends before its end in the archive", null);
    }
    return current;
  }

  /** Whether there is a byte more; waits for the frame that holds it. */
  boolean hasMore() throws IOException {
    while (current == null || !current.hasRemaining()) {
      if (current != null) {
        frames.giveBack(current);
        current = null;
      }
      while (ahead.size() < mostAhead && next < end) {
        int index = next++;
        ahead.addLast(workers.submit(() -> frames.load(index, subject)));
      }
      if (ahead.isEmpty()) {
        return false;
      }
      current = Workers.await(ahead.removeFirst());
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    next = end;
    while (!ahead.isEmpty()) {
      Future<ByteBuffer> one = ahead.removeFirst();
      if (!one.cancel(false)) {
        try {
          frames.giveBack(Workers.await(one));
        } catch (IOException | RuntimeException unread) {
          // Nobody asked for it any more.
        }
      }
    }
    if (current != null) {
      frames.giveBack(current);
      current = null;
    }
  }
}
