package io.holdfast.engine.manifest;

import java.util.Optional;

/**
 * A manifest and what only its repository knows.
 *
 * @param manifest what the backup holds
 * @param checksumsSha256 SHA-256 of the backup's {@code SHA256SUMS}, 64 lowercase hex digits; empty
 *     for a run that was not published
 */
public record StoredManifest(Manifest manifest, Optional<String> checksumsSha256) {}
