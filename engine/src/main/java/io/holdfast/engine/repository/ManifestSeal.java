package io.holdfast.engine.repository;

import io.holdfast.engine.manifest.Manifest;
import java.io.IOException;

/** Vouches for a manifest at the moment of its publication. */
@FunctionalInterface
public interface ManifestSeal {
  /**
   * The text of {@code manifest.json.sig}: ASCII, at most {@link
   * io.holdfast.engine.repository.content.ManifestFiles#MOST_SIGNATURE} bytes.
   *
   * @param bytes those of {@code manifest.json}, not to be changed
   */
  String of(Manifest manifest, byte[] bytes) throws IOException;
}
