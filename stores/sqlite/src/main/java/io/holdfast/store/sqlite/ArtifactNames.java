package io.holdfast.store.sqlite;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.file.FilePath;
import java.nio.charset.StandardCharsets;

/**
 * What the artifacts of a database are called: the copy like the file itself, as far as the name of
 * an artifact may be, so that whoever looks into a repository recognises it.
 */
final class ArtifactNames {
  /** Holds a {@link DatabaseNote}. */
  static final String NOTE = "holdfast-sqlite.properties";

  /** Before the names of the raw bytes of a database that could not be copied. */
  static final String WRECK = "wreck-";

  private static final int LONGEST = 100;

  private ArtifactNames() {}

  /** The name of the copy of a database; never {@link #NOTE}, never beginning like a wreck. */
  static String copy(FilePath database) {
    String name =
        new String(database.name(), StandardCharsets.UTF_8).replaceAll("[^A-Za-z0-9._-]", "_");
    name = name.substring(0, Math.min(LONGEST, name.length()));
    boolean taken = name.equals(NOTE) || name.startsWith(WRECK);
    return Artifact.isName(name) && !taken ? name : "_" + name;
  }

  /** The name of the raw bytes of a wreck, or of a companion of it. */
  static String wreck(FilePath database, String suffix) {
    return WRECK + copy(database) + suffix;
  }
}
