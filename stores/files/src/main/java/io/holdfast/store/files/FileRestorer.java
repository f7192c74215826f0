package io.holdfast.store.files;

import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.Content.Extent;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.ReadableFile;
import io.holdfast.engine.file.WritableFile;
import io.holdfast.engine.run.Cancellation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes restored files, holes included. Thread-safe; each thread has a buffer of its own. */
final class FileRestorer {
  private static final int BUFFER = 256 << 10;
  private static final int BLOCK = 4096;
  private static final int PRIVATE = 0600;

  private final FileLayer files;
  private final MetadataWriter metadata;
  private final Cancellation cancellation;
  private final ThreadLocal<ByteBuffer> buffers =
      ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(BUFFER));

  FileRestorer(FileLayer files, MetadataWriter metadata, Cancellation cancellation) {
    this.files = files;
    this.metadata = metadata;
    this.cancellation = cancellation;
  }

  /**
   * Writes a file that must not exist, and everything about it. Only its owner may read it before
   * it has its own mode. Nothing is synced.
   */
  void write(FilePath path, TreeEntry.RegularFile entry, Content content) throws IOException {
    write(path, entry, content::open);
  }

  /**
   * As {@link #write(FilePath, TreeEntry.RegularFile, Content)}, with the help of a file that may
   * be much the same.
   *
   * @param similar where it may be
   */
  void write(FilePath path, TreeEntry.RegularFile entry, Content content, FilePath similar)
      throws IOException {
    try (ReadableFile live = existing(similar)) {
      write(path, entry, live == null ? content::open : () -> content.open(live));
    }
  }

  /** A regular file that can be read; null if there is none. */
  private @Nullable ReadableFile existing(FilePath path) {
    try {
      return files.find(path).map(FileStat::isRegular).orElse(false) ? files.open(path) : null;
    } catch (IOException unreadable) {
      return null;
    }
  }

  private interface Opening {
    Content.Reader open() throws IOException;
  }

  private void write(FilePath path, TreeEntry.RegularFile entry, Opening opening)
      throws IOException {
    cancellation.check();
    try (Content.Reader reader = opening.open()) {
      if (reader.size() != entry.size()) {
        throw wrongSize(entry, reader.size());
      }
      try (WritableFile file = files.create(path, PRIVATE)) {
        long end = entry.sparse() ? copySparse(reader, file) : copy(reader, file, reader.size(), 0);
        if (reader.read(buffers.get().clear()) != -1) {
          throw wrongSize(entry, end + 1);
        }
        if (entry.sparse()) {
          file.setLength(entry.size());
        }
        metadata.apply(file, path, entry.metadata());
      }
    }
    long written = files.find(path).map(FileStat::size).orElse(-1L);
    if (written != entry.size()) {
      throw new IOException(
          path + " has " + written + " bytes after " + entry.size() + " were written to it");
    }
  }

  static HoldfastException wrongSize(TreeEntry.RegularFile entry, long size) {
    return new HoldfastException(
        ErrorCode.ARTIFACT_CORRUPT,
        entry.path() + " is listed with " + entry.size() + " bytes and has " + size,
        "Nothing was restored. Restore another backup, and check the repository.");
  }

  private long copySparse(Content.Reader reader, WritableFile file) throws IOException {
    long position = 0;
    List<Extent> extents = reader.extents();
    for (Extent extent : extents) {
      if (extent.offset() > position) {
        reader.skipHole(extent.offset() - position);
      }
      position = copyOmittingZeros(reader, file, extent);
    }
    if (reader.size() > position) {
      reader.skipHole(reader.size() - position);
    }
    return reader.size();
  }

  private long copy(Content.Reader reader, WritableFile file, long count, long from)
      throws IOException {
    long position = from;
    while (position < from + count) {
      ByteBuffer buffer = fill(reader, from + count - position);
      int length = buffer.remaining();
      file.write(buffer, position);
      position += length;
    }
    return position;
  }

  /**
   * A repository that packs files may have lost their holes: blocks of zeros become holes again.
   */
  private long copyOmittingZeros(Content.Reader reader, WritableFile file, Extent extent)
      throws IOException {
    long position = extent.offset();
    while (position < extent.end()) {
      ByteBuffer buffer = fill(reader, extent.end() - position);
      int length = buffer.limit();
      int at = 0;
      while (at < length) {
        boolean zeros = isZeros(buffer, at, Math.min(at + BLOCK, length));
        int end = Math.min(at + BLOCK, length);
        while (end < length && isZeros(buffer, end, Math.min(end + BLOCK, length)) == zeros) {
          end = Math.min(end + BLOCK, length);
        }
        if (!zeros) {
          file.write(buffer.slice(at, end - at), position + at);
        }
        at = end;
      }
      position += length;
    }
    return position;
  }

  private ByteBuffer fill(Content.Reader reader, long most) throws IOException {
    cancellation.check();
    ByteBuffer buffer = buffers.get().clear();
    buffer.limit((int) Math.min(buffer.capacity(), most));
    while (buffer.hasRemaining()) {
      if (reader.read(buffer) < 0) {
        throw new IOException("content ended " + buffer.remaining() + " bytes before its size");
      }
    }
    return buffer.flip();
  }

  private static boolean isZeros(ByteBuffer buffer, int from, int to) {
    int at = from;
    for (; at + 8 <= to; at += 8) {
      if (buffer.getLong(at) != 0) {
        return false;
      }
    }
    for (; at < to; at++) {
      if (buffer.get(at) != 0) {
        return false;
      }
    }
    return true;
  }
}
