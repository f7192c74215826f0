package io.holdfast.engine.repository.signature;

import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.manifest.StoredManifest;
import io.holdfast.engine.repository.content.ManifestFiles;
import io.holdfast.engine.repository.transfer.Sha256;
import java.util.Optional;

/** What the signature of one backup says of it, looked at with a public key alone. */
sealed interface SignatureLook {
  /**
   * It is of this key and of this backup.
   *
   * @param digest by which other signatures know it
   */
  record Good(ManifestSignature says, String digest) implements SignatureLook {}

  /**
   * It is not.
   *
   * @param why what is wrong, as the end of a sentence about the backup
   * @param claimed whether it says that it is of this key
   */
  record Bad(String why, boolean claimed) implements SignatureLook {}

  /** Looks at a backup. */
  static SignatureLook at(StoredManifest stored, VerifyingKey key) {
    Optional<String> text = stored.signature();
    if (text.isEmpty()) {
      return new Bad("is not signed", false);
    }
    try {
      ManifestSignature.Parsed parsed = ManifestSignature.parse(text.get());
      boolean claimed = parsed.says().key().equals(key.id());
      return wrong(parsed, stored, key)
          .<SignatureLook>map(why -> new Bad(why, claimed))
          .orElseGet(() -> new Good(parsed.says(), ManifestSignature.digest(text.get())));
    } catch (IllegalArgumentException malformed) {
      return new Bad("has a signature that cannot be read: " + malformed.getMessage(), false);
    }
  }

  private static Optional<String> wrong(
      ManifestSignature.Parsed parsed, StoredManifest stored, VerifyingKey key) {
    ManifestSignature says = parsed.says();
    if (!says.key().equals(key.id())) {
      return Optional.of("is signed by another key, " + says.key());
    }
    if (!key.verifies(parsed.body(), parsed.signature())) {
      return Optional.of("has a signature that was changed");
    }
    Manifest manifest = stored.manifest();
    if (!says.run().equals(manifest.runId()) || !says.backup().equals(manifest.backupId())) {
      return Optional.of("has the signature of another backup, " + says.run());
    }
    String digest = Sha256.hex(Sha256.of(ManifestFiles.of(stored).manifest()));
    return says.manifest().equals(digest)
        ? Optional.empty()
        : Optional.of("has a manifest that was changed after it was signed");
  }
}
