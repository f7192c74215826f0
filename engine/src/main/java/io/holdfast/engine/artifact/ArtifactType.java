package io.holdfast.engine.artifact;

import java.util.Locale;

/** The two shapes of an artifact. */
public enum ArtifactType {
  /** One stream of bytes: a copy of a database, a dump. */
  FILE,
  /** Directories, files and links with their metadata. */
  TREE;

  /** The lowercase word in manifests. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
