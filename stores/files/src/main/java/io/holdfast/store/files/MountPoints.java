package io.holdfast.store.files;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.TreeSet;

/**
 * Where file systems are mounted, as the kernel tells this process. Devices alone do not tell: a
 * directory that is mounted a second time has the device of the first. Immutable.
 */
final class MountPoints {
  private static final FilePath TABLE = FilePath.of("/proc/self/mountinfo");
  private static final int LIMIT = 16 << 20;
  private static final int FIELD = 4;

  private final TreeSet<FilePath> points;

  private MountPoints(TreeSet<FilePath> points) {
    this.points = points;
  }

  /** Reads the table; nothing is taken for mounted where there is none. */
  static MountPoints read(FileLayer files) throws IOException {
    byte[] table;
    try {
      table = FileTrees.readAll(files, TABLE, LIMIT);
    } catch (FileLayerException e) {
      table = new byte[0];
    }
    return parse(new String(table, StandardCharsets.ISO_8859_1));
  }

  /** The table as text, one byte a character; see {@code proc_pid_mountinfo(5)}. */
  static MountPoints parse(String table) {
    var points = new TreeSet<FilePath>();
    table
        .lines()
        .map(line -> line.split(" ", -1))
        .filter(fields -> fields.length > FIELD && fields[FIELD].startsWith("/"))
        .forEach(fields -> points.add(FilePath.ofBytes(unescape(fields[FIELD]))));
    return new MountPoints(points);
  }

  /** Spaces, tabs, line feeds and backslashes stand as a backslash and three octal digits. */
  private static byte[] unescape(String field) {
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c == '\\' && i + 3 < field.length()) {
        bytes.write(Integer.parseInt(field.substring(i + 1, i + 4), 8));
        i += 3;
      } else {
        bytes.write(c);
      }
    }
    return bytes.toByteArray();
  }

  /** Whether something is mounted exactly here. The path has no links in it. */
  boolean isMountPoint(FilePath path) {
    return points.contains(path);
  }

  /** Whether something is mounted below a directory. The path has no links in it. */
  boolean anyBelow(FilePath directory) {
    byte[] bytes = directory.toBytes();
    byte[] prefix = bytes.length == 1 ? bytes : Arrays.copyOf(bytes, bytes.length + 1);
    prefix[prefix.length - 1] = '/';
    // Everything below begins with "directory/", and sorts at or after it.
    FilePath next = points.higher(directory);
    for (; next != null; next = points.higher(next)) {
      byte[] candidate = next.toBytes();
      if (candidate.length > prefix.length
          && Arrays.equals(candidate, 0, prefix.length, prefix, 0, prefix.length)) {
        return true;
      }
      if (Arrays.compareUnsigned(candidate, prefix) > 0) {
        return false;
      }
    }
    return false;
  }
}
