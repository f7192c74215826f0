package io.holdfast.engine.repository.directory.archive;

import io.holdfast.engine.artifact.Content.Extent;
import io.holdfast.engine.artifact.Metadata;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.file.FileTime;
import io.holdfast.engine.file.FileType;
import io.holdfast.engine.repository.transfer.Extents;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Everything of a tar entry that stands before its data, as a function of what a listing says: the
 * same entry is always the same bytes. So a reader needs no parser: it makes the header that ought
 * to be there, and compares.
 *
 * <p>POSIX.1-2001 (pax). A header of type {@code x} stands before an entry that needs one, for: a
 * path or link that is longer than 100 bytes or not ASCII (as raw bytes), a size from 8 GiB, an
 * owner from 2²¹, a time with nanoseconds or outside of what 33 bits hold, and extended attributes
 * ({@code SCHILY.xattr.*}). A sparse file is in the format {@code GNU.sparse} 1.0: its map stands
 * in blocks of its own before its data. Sockets have no entry, since tar knows none. Data is padded
 * with zeros to blocks of {@value #BLOCK} bytes.
 */
final class TarHeader {
  static final int BLOCK = 512;

  /** Two blocks of zeros end an archive. */
  static final int END = 2 * BLOCK;

  private static final Metadata NO_METADATA =
      new Metadata(0644, 0, 0, new FileTime(0, 0), Map.of());

  private TarHeader() {}

  /** How many zeros follow so many bytes of data. */
  static int padding(long dataLength) {
    return (int) (-dataLength & (BLOCK - 1));
  }

  /** A file of the backup itself, or an artifact that is a file: mode 0600, owner 0. */
  static byte[] file(String path, long size, long modifiedSeconds) {
    var metadata = new Metadata(0600, 0, 0, new FileTime(modifiedSeconds, 0), Map.of());
    return entry(path.getBytes(StandardCharsets.US_ASCII), metadata, '0', size, Link.NONE);
  }

  /**
   * An entry of a tree; empty if tar cannot hold it.
   *
   * @param root the path of the tree in the archive
   * @param data where data lies in a sparse file, in normal form
   */
  static byte[] of(String root, TreeEntry entry, List<Extent> data) {
    Metadata metadata = entry.metadata();
    byte[] path = path(root, entry.path());
    return switch (entry) {
      case TreeEntry.Directory _ -> entry(join(path, "/"), metadata, '5', 0, Link.NONE);
      case TreeEntry.RegularFile file ->
          file.sparse()
              ? sparse(path, metadata, file.size(), data)
              : entry(path, metadata, '0', file.size(), Link.NONE);
      case TreeEntry.Symlink link -> entry(path, metadata, '2', 0, new Link(link.target()));
      case TreeEntry.HardLink link -> {
        var plain =
            new Metadata(
                metadata.mode(), metadata.uid(), metadata.gid(), metadata.modified(), Map.of());
        yield entry(path, plain, '1', 0, new Link(path(root, link.original())));
      }
      case TreeEntry.Special special -> special(path, special);
    };
  }

  private record Link(byte[] target) {
    static final Link NONE = new Link(new byte[0]);
  }

  private static byte[] special(byte[] path, TreeEntry.Special special) {
    char type =
        switch (special.type()) {
          case FIFO -> '6';
          case CHARACTER_DEVICE -> '3';
          case BLOCK_DEVICE -> '4';
          case SOCKET -> ' ';
          case REGULAR, DIRECTORY, SYMLINK ->
              throw new IllegalArgumentException("not special: " + special.type());
        };
    if (special.type() == FileType.SOCKET) {
      return new byte[0];
    }
    var pax = new PaxRecords();
    var header = new UstarHeader(path, special.metadata(), type, pax);
    long device = special.deviceNumber();
    header.device(
        (device >>> 8 & 0xfff) | (device >>> 32 & ~0xfffL),
        (device & 0xff) | (device >>> 12 & 0xffff_ff00L));
    return assemble(pax, header);
  }

  private static byte[] entry(byte[] path, Metadata metadata, char type, long size, Link link) {
    var pax = new PaxRecords();
    var header = new UstarHeader(path, metadata, type, pax);
    header.size(size);
    if (link.target().length > 0) {
      header.link(link.target());
    }
    return assemble(pax, header);
  }

  private static byte[] sparse(byte[] path, Metadata metadata, long size, List<Extent> data) {
    byte[] map = sparseMap(size, data);
    var pax = new PaxRecords();
    pax.add("GNU.sparse.major", "1");
    pax.add("GNU.sparse.minor", "0");
    pax.add("GNU.sparse.name", path);
    pax.add("GNU.sparse.realsize", Long.toString(size));
    var header = new UstarHeader(sparseName(path), metadata, '0', pax);
    header.size(map.length + Extents.total(data));
    byte[] before = assemble(pax, header);
    var all = new ByteArrayOutputStream(before.length + map.length);
    all.writeBytes(before);
    all.writeBytes(map);
    return all.toByteArray();
  }

  /** The name that a tar shows which does not know sparse files. */
  private static byte[] sparseName(byte[] path) {
    int slash = path.length - 1;
    while (path[slash] != '/') {
      slash--;
    }
    var name = new ByteArrayOutputStream();
    name.write(path, 0, slash + 1);
    name.writeBytes("GNUSparseFile.0/".getBytes(StandardCharsets.US_ASCII));
    name.write(path, slash + 1, path.length - slash - 1);
    return name.toByteArray();
  }

  private static byte[] sparseMap(long size, List<Extent> data) {
    var text = new StringBuilder();
    boolean endsInHole = data.isEmpty() || data.getLast().end() < size;
    text.append(data.size() + (endsInHole ? 1 : 0)).append('\n');
    for (Extent extent : data) {
      text.append(extent.offset()).append('\n').append(extent.length()).append('\n');
    }
    if (endsInHole) {
      text.append(size).append("\n0\n");
    }
    byte[] digits = text.toString().getBytes(StandardCharsets.US_ASCII);
    return java.util.Arrays.copyOf(digits, digits.length + padding(digits.length));
  }

  private static byte[] assemble(PaxRecords pax, UstarHeader header) {
    byte[] records = pax.bytes();
    if (records.length == 0) {
      return header.bytes();
    }
    var extended =
        new UstarHeader(
            "PaxHeaders/entry".getBytes(StandardCharsets.US_ASCII),
            NO_METADATA,
            'x',
            new PaxRecords());
    extended.size(records.length);
    var all = new ByteArrayOutputStream(2 * BLOCK + records.length + BLOCK);
    all.writeBytes(extended.bytes());
    all.writeBytes(records);
    all.writeBytes(new byte[padding(records.length)]);
    all.writeBytes(header.bytes());
    return all.toByteArray();
  }

  private static byte[] path(String root, TreePath path) {
    byte[] start = root.getBytes(StandardCharsets.US_ASCII);
    if (path.isRoot()) {
      return start;
    }
    var joined = new ByteArrayOutputStream();
    joined.writeBytes(start);
    joined.write('/');
    joined.writeBytes(path.toBytes());
    return joined.toByteArray();
  }

  private static byte[] join(byte[] path, String suffix) {
    var joined = new ByteArrayOutputStream(path.length + suffix.length());
    joined.writeBytes(path);
    joined.writeBytes(suffix.getBytes(StandardCharsets.US_ASCII));
    return joined.toByteArray();
  }
}
