package io.holdfast.engine.repository.directory.archive;

import io.holdfast.engine.manifest.ManifestCodec;
import io.holdfast.engine.repository.content.ManifestFiles;

/** Sizes of frames. */
final class Frames {
  /** So much of a tar a frame holds at most, but for the manifest's. */
  static final int SIZE = 4 << 20;

  /** The frame of the manifest holds all of it, with its checksum, headers and the end. */
  static final int MOST_MANIFEST =
      ManifestCodec.MAX_BYTES + ManifestFiles.MOST_SIGNATURE + (64 << 10);

  private Frames() {}
}
