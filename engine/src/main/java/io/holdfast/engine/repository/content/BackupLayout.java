package io.holdfast.engine.repository.content;

import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.manifest.Manifest;

/**
 * Names within a backup, relative to its root; the same in a directory and in an archive. Pure
 * arithmetic.
 */
public final class BackupLayout {
  public static final String MANIFEST = Manifest.FILE_NAME;
  public static final String MANIFEST_CHECKSUM = MANIFEST + ".sha256";
  public static final String MANIFEST_SIGNATURE = MANIFEST + ".sig";
  public static final String CHECKSUMS = "SHA256SUMS";

  /** Where programs write the files that {@code ArtifactSink.adopt} stores. */
  public static final String PLACES = ".places";

  private static final String LISTING_SUFFIX = ".tree";

  private BackupLayout() {}

  /** A file, or the root of a tree. */
  public static String artifact(ComponentName component, String artifact) {
    return component + "/" + artifact;
  }

  /** The listing of a tree. */
  public static String listing(ComponentName component, String artifact) {
    return component + "/" + listingName(artifact);
  }

  /** The name of a tree's listing in the directory of its component. */
  public static String listingName(String artifact) {
    return artifact + LISTING_SUFFIX;
  }
}
