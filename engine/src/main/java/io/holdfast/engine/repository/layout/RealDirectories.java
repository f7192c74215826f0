package io.holdfast.engine.repository.layout;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.repository.content.Damage;
import java.io.IOException;

/**
 * Makes sure that a path inside a backup is a directory and no symbolic link to one: a repository
 * that somebody tampered with must not make Holdfast read elsewhere.
 */
public final class RealDirectories {
  private RealDirectories() {}

  /**
   * Checks one level; the levels above it have been checked.
   *
   * @param subject what it is, relative to the backup
   * @throws io.holdfast.engine.error.HoldfastException {@code ARTIFACT_CORRUPT} if it is none
   */
  public static void require(FileLayer files, FilePath path, String subject) throws IOException {
    var stat = files.find(path);
    if (stat.isEmpty()) {
      throw Damage.artifact(subject, "is missing in the backup", null);
    }
    if (!stat.get().isDirectory()) {
      throw Damage.artifact(subject, "should be a directory and is none", null);
    }
  }
}
