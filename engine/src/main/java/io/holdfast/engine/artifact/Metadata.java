package io.holdfast.engine.artifact;

import io.holdfast.engine.file.AttributeName;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.FileTime;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an entry of a tree has besides its content.
 *
 * @param mode the twelve permission bits, 0 to 07777
 * @param uid owner's number
 * @param gid group's number
 * @param modified time of last modification
 * @param attributes extended attributes, in ascending order of name; the arrays must not be changed
 */
public record Metadata(
    int mode, long uid, long gid, FileTime modified, Map<AttributeName, byte[]> attributes) {
  public Metadata {
    if ((mode & ~07777) != 0) {
      throw new IllegalArgumentException("mode out of range: " + Integer.toOctalString(mode));
    }
    if (uid < 0 || uid > 0xffff_ffffL || gid < 0 || gid > 0xffff_ffffL) {
      throw new IllegalArgumentException("owner out of range: " + uid + ":" + gid);
    }
    attributes =
        attributes.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(attributes));
  }

  /** What an inode says, with its extended attributes. */
  public static Metadata of(FileStat stat, Map<AttributeName, byte[]> attributes) {
    return new Metadata(stat.mode(), stat.uid(), stat.gid(), stat.modified(), attributes);
  }
}
