package io.holdfast.engine.manifest;

import java.util.Optional;

/**
 * A manifest and what only its repository knows.
 *
 * @param manifest what the backup holds
 * @param checksumsSha256 SHA-256 of the backup's {@code SHA256SUMS}, 64 lowercase hex digits; empty
 *     for a run that was not published
 * @param signature the text of {@code manifest.json.sig} beside it; empty if it is not signed
 */
public record StoredManifest(
    Manifest manifest, Optional<String> checksumsSha256, Optional<String> signature) {
  /** One that is not signed. */
  public StoredManifest(Manifest manifest, Optional<String> checksumsSha256) {
    this(manifest, checksumsSha256, Optional.empty());
  }

  /** The same with a signature. */
  public StoredManifest signed(Optional<String> text) {
    return new StoredManifest(manifest, checksumsSha256, text);
  }
}
