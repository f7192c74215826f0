package io.holdfast.engine.repository.directory.archive;

import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.ReadableFile;
import io.holdfast.engine.repository.content.Damage;
import io.holdfast.engine.repository.layout.StorageErrors;
import io.holdfast.engine.repository.transfer.Buffers;
import io.holdfast.engine.repository.transfer.Workers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The frames of an archive, read one by one and checked: the CRC-32C of a frame's bytes before they
 * are decompressed, the length of what comes out. Thread-safe once made.
 */
final class FrameFile {
  private final ReadableFile file;
  private final FrameTable table;
  private final FrameCodec codec;
  private final Workers workers;
  private final StorageErrors errors;
  private final int mostAhead;
  private final Buffers plainBuffers = new Buffers(Frames.SIZE);
  private final Buffers frameBuffers;
  private final int[] order;
  private final int[] starts;

  /**
   * @param table of the frames; does not change any more
   */
  FrameFile(
      ReadableFile file,
      FrameTable table,
      FrameCodec codec,
      Workers workers,
      StorageErrors errors) {
    this(file, table, codec, workers, errors, workers.threads() + 1);
  }

  private FrameFile(
      ReadableFile file,
      FrameTable table,
      FrameCodec codec,
      Workers workers,
      StorageErrors errors,
      int mostAhead) {
    this.file = file;
    this.table = table;
    this.codec = codec;
    this.workers = workers;
    this.errors = errors;
    this.mostAhead = mostAhead;
    this.frameBuffers = new Buffers(codec.bound(Frames.SIZE));
    this.starts = new int[table.names().size() + 1];
    this.order = new int[table.count()];
    sortByStream();
  }

  /** The same frames, of which a stream reads the next when the one before is used up. */
  FrameFile frugal() {
    return new FrameFile(file, table, codec, workers, errors, 1);
  }

  private void sortByStream() {
    for (int frame = 0; frame < table.count(); frame++) {
      starts[table.streamOf(frame) + 1]++;
    }
    for (int stream = 0; stream + 1 < starts.length; stream++) {
      starts[stream + 1] += starts[stream];
    }
    int[] next = starts.clone();
    for (int frame = 0; frame < table.count(); frame++) {
      order[next[table.streamOf(frame)]++] = frame;
    }
  }

  FrameTable table() {
    return table;
  }

  /**
   * A stream from its beginning.
   *
   * @param subject what it is, for messages
   */
  FrameStream stream(int stream, String subject) {
    return new FrameStream(this, workers, mostAhead, subject, starts[stream], starts[stream + 1]);
  }

  /** The backup's own files without the manifest, which has the last frame of all. */
  FrameStream ownFiles(String subject) {
    return new FrameStream(
        this, workers, mostAhead, subject, starts[FrameTable.OWN], starts[FrameTable.OWN + 1] - 1);
  }

  /** The stream of a name that the manifest leads to. */
  int require(String name) {
    return table
        .find(name)
        .orElseThrow(() -> Damage.artifact(name, "is missing in the archive", null));
  }

  /**
   * Reads and decompresses a frame.
   *
   * @param index in the order of streams
   * @return ready to be read; {@link #giveBack} it
   */
  ByteBuffer load(int index, String subject) throws IOException {
    int frame = order[index];
    ByteBuffer stored = frameBuffers.take().limit(table.stored(frame));
    try {
      read(file, stored, table.offset(frame));
      // There may be no memory for the second one, and then the first must not be lost too.
      ByteBuffer plain = plainBuffers.take().limit(table.plain(frame));
      decompress(codec, stored.flip(), plain, table.crc32c(frame));
      return plain.flip();
    } catch (FileLayerException failure) {
      throw errors.damage(failure, subject);
    } catch (IllegalArgumentException damaged) {
      throw Damage.artifact(
          subject,
          "is damaged in the archive, in the frame at "
              + table.offset(frame)
              + ": "
              + damaged.getMessage(),
          damaged);
    } finally {
      frameBuffers.give(stored);
    }
  }

  void giveBack(ByteBuffer plain) {
    plainBuffers.give(plain);
  }

  /**
   * Checks and decompresses a frame.
   *
   * @throws IllegalArgumentException if it is damaged
   */
  static void decompress(FrameCodec codec, ByteBuffer stored, ByteBuffer plain, int crc32c) {
    var crc = new CRC32C();
    crc.update(stored.duplicate());
    if ((int) crc.getValue() != crc32c) {
      throw new IllegalArgumentException("its CRC-32C is wrong");
    }
    codec.decompress(stored, plain);
  }

  /**
   * Fills a buffer.
   *
   * @throws IllegalArgumentException if the file ends before
   */
  static void read(ReadableFile file, ByteBuffer target, long offset) throws IOException {
    long at = offset;
    while (target.hasRemaining()) {
      int count = file.read(target, at);
      if (count < 1) {
        throw new IllegalArgumentException("the archive ends before its end");
      }
      at += count;
    }
  }
}
