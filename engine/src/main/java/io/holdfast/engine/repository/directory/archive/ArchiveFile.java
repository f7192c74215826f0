package io.holdfast.engine.repository.directory.archive;

import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.ReadableFile;
import io.holdfast.engine.manifest.ManifestCodec;
import io.holdfast.engine.manifest.StoredManifest;
import io.holdfast.engine.repository.content.ManifestFiles;
import io.holdfast.engine.repository.layout.BackupName;
import io.holdfast.engine.repository.transfer.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An archive that is open for reading, from its end: the trailer is read on opening, the manifest
 * and the table when they are asked for. A small archive's end is read at once, so that a list of
 * many costs one read each. Whatever is not as {@link ArchiveTrailer} and {@link FrameTable} say is
 * {@code MANIFEST_CORRUPT}.
 */
final class ArchiveFile implements AutoCloseable {
  private static final int TAIL = 16 << 10;

  /** Room for the frames of several terabytes; a length that somebody forged is not allocated. */
  private static final int MOST_TABLE = 64 << 20;

  private final ReadableFile file;
  private final BackupName name;
  private final FrameCodec codec;
  private final String origin;
  private final long length;
  private final byte[] tail;
  private final ArchiveTrailer trailer;

  private ArchiveFile(ReadableFile file, BackupName name, FrameCodec codec, String origin)
      throws IOException {
    this.file = file;
    this.name = name;
    this.codec = codec;
    this.origin = origin;
    this.length = file.stat().size();
    this.tail = new byte[(int) Math.min(TAIL, length)];
    readTail();
    this.trailer = readTrailer();
  }

  /**
   * Opens an archive.
   *
   * @throws HoldfastException {@code MANIFEST_CORRUPT}, {@code FORMAT_UNSUPPORTED}
   */
  static ArchiveFile open(FileLayer files, FilePath path, BackupName name, FrameCodec codec)
      throws IOException {
    String origin = path.toString();
    ReadableFile file;
    try {
      file = files.open(path);
    } catch (FileLayerException failure) {
      switch (failure.reason()) {
        case SYMLINK, IS_A_DIRECTORY, NOT_REGULAR, INPUT_OUTPUT ->
            throw ManifestFiles.corrupt(origin + " cannot be read: " + failure.getMessage());
        default -> throw failure;
      }
    }
    try {
      return new ArchiveFile(file, name, codec, origin);
    } catch (IOException | RuntimeException failure) {
      file.close();
      throw failure;
    }
  }

  ReadableFile file() {
    return file;
  }

  long length() {
    return length;
  }

  long created() {
    return trailer.created();
  }

  /** The manifest, whose frame is compared with what it ought to be, byte by byte. */
  StoredManifest manifest() throws IOException {
    byte[] stored = read(trailer.manifestOffset(), trailer.manifestStored());
    ByteBuffer plain = ByteBuffer.allocateDirect(trailer.manifestPlain());
    try {
      FrameFile.decompress(
          codec,
          ByteBuffer.allocateDirect(stored.length).put(stored).flip(),
          plain,
          trailer.manifestCrc32c());
    } catch (IllegalArgumentException damaged) {
      throw corrupt("its manifest: " + damaged.getMessage(), damaged);
    }
    var tar = new byte[plain.flip().remaining()];
    plain.get(tar);
    ManifestFiles manifest = manifest(tar);
    if (!Arrays.equals(tar, ArchiveEnding.manifestFrame(manifest, trailer.created()))) {
      throw corrupt("its last frame is not that of a manifest", null);
    }
    return manifest.decode(name.run(), name.trigger(), origin);
  }

  private ManifestFiles manifest(byte[] tar) {
    int size = trailer.manifestSize();
    int checksumAt = TarHeader.BLOCK + size + TarHeader.padding(size) + TarHeader.BLOCK;
    if (size < 0
        || size > ManifestCodec.MAX_BYTES
        || tar.length < checksumAt + ManifestFiles.CHECKSUM_BYTES) {
      throw corrupt("its manifest has not the size that it should have", null);
    }
    return new ManifestFiles(
        Arrays.copyOfRange(tar, TarHeader.BLOCK, TarHeader.BLOCK + size),
        Arrays.copyOfRange(tar, checksumAt, checksumAt + ManifestFiles.CHECKSUM_BYTES),
        signature(
            tar,
            checksumAt
                + ManifestFiles.CHECKSUM_BYTES
                + TarHeader.padding(ManifestFiles.CHECKSUM_BYTES)));
  }

  /** What follows the checksum, if it is anything; the whole frame is compared afterwards. */
  private static Optional<byte[]> signature(byte[] tar, int at) {
    int most = tar.length - TarHeader.END - at - TarHeader.BLOCK;
    if (most <= 0) {
      return Optional.empty();
    }
    // A signature ends with a line break, and what fills up its last block are zeros.
    int length = most;
    while (length > 0 && tar[at + TarHeader.BLOCK + length - 1] == 0) {
      length--;
    }
    return Optional.of(
        Arrays.copyOfRange(tar, at + TarHeader.BLOCK, at + TarHeader.BLOCK + length));
  }

  /** The table of all frames, whose digest the trailer has. */
  FrameTable table() throws IOException {
    byte[] stored = read(trailer.tableOffset(), trailer.tableStored());
    var bytes = new byte[Math.toIntExact(trailer.tableLength())];
    int storedAt = 0;
    for (int at = 0; at < bytes.length; at += codec.mostHidden()) {
      int step = Math.min(codec.mostHidden(), bytes.length - at);
      int storedEnd = storedAt + step + codec.hideOverhead();
      if (storedEnd > stored.length) {
        throw corrupt("its table is too short", null);
      }
      System.arraycopy(stored, storedAt + codec.hideOffset(), bytes, at, step);
      if (!Arrays.equals(
          codec.hide(bytes, at, step), Arrays.copyOfRange(stored, storedAt, storedEnd))) {
        throw corrupt("its table is not hidden as it should be", null);
      }
      storedAt = storedEnd;
    }
    if (storedAt != stored.length || !Arrays.equals(Sha256.of(bytes), trailer.tableSha256())) {
      throw corrupt("its table does not match its digest", null);
    }
    FrameTable table;
    try {
      table = FrameTable.decode(bytes, codec::bound);
    } catch (IllegalArgumentException malformed) {
      throw corrupt("its table: " + malformed.getMessage(), malformed);
    }
    requireMatch(table);
    return table;
  }

  private void requireMatch(FrameTable table) {
    int last = table.count() - 1;
    if (last < 0
        || table.end() != trailer.tableOffset()
        || table.streamOf(last) != FrameTable.OWN
        || table.offset(last) != trailer.manifestOffset()
        || table.stored(last) != trailer.manifestStored()
        || table.plain(last) != trailer.manifestPlain()
        || table.crc32c(last) != trailer.manifestCrc32c()) {
      throw corrupt("its table and its trailer contradict each other", null);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void readTail() throws IOException {
    ByteBuffer target = ByteBuffer.wrap(tail);
    try {
      FrameFile.read(file, target, length - tail.length);
    } catch (IllegalArgumentException shrunk) {
      throw corrupt(String.valueOf(shrunk.getMessage()), shrunk);
    }
  }

  private ArchiveTrailer readTrailer() {
    int hidden = codec.hideOverhead() + ArchiveTrailer.LENGTH;
    if (tail.length < hidden) {
      throw corrupt("it is too short", null);
    }
    byte[] stored = Arrays.copyOfRange(tail, tail.length - hidden, tail.length);
    byte[] bytes =
        Arrays.copyOfRange(stored, codec.hideOffset(), codec.hideOffset() + ArchiveTrailer.LENGTH);
    ArchiveTrailer read = ArchiveTrailer.decode(bytes, origin);
    boolean plausible =
        Arrays.equals(codec.hide(bytes, 0, bytes.length), stored)
            && read.compression() == name.compression()
            && read.archiveLength() == length
            && read.manifestOffset() >= 0
            && read.manifestStored() > 0
            && read.manifestPlain() > 0
            && read.manifestPlain() <= Frames.MOST_MANIFEST
            && read.manifestStored() <= codec.bound(read.manifestPlain())
            && read.manifestOffset() + read.manifestStored() == read.tableOffset()
            && read.tableLength() > 0
            && read.tableLength() < read.tableStored()
            && read.tableStored() <= MOST_TABLE
            && read.tableOffset() + read.tableStored() + hidden == length;
    if (!plausible) {
      throw corrupt("its trailer contradicts the rest of the file", null);
    }
    return read;
  }

  private byte[] read(long offset, long count) throws IOException {
    long tailAt = length - tail.length;
    if (offset >= tailAt) {
      int from = (int) (offset - tailAt);
      return Arrays.copyOfRange(tail, from, from + (int) count);
    }
    var bytes = new byte[(int) count];
    try {
      FrameFile.read(file, ByteBuffer.wrap(bytes), offset);
    } catch (IllegalArgumentException shrunk) {
      throw corrupt(String.valueOf(shrunk.getMessage()), shrunk);
    }
    return bytes;
  }

  private HoldfastException corrupt(String what, @Nullable Throwable cause) {
    HoldfastException failure = ManifestFiles.corrupt(origin + " is damaged: " + what);
    if (cause != null) {
      failure.addSuppressed(cause);
    }
    return failure;
  }
}
