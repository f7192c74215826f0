package io.holdfast.engine.repository.signature;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.manifest.StoredManifest;
import io.holdfast.engine.repository.signature.ManifestSignature.Live;
import io.holdfast.engine.run.InstallationName;
import io.holdfast.engine.run.RunId;
import java.util.Optional;

/**
 * Decides whether a backup may be read where the signing key is. Refused is what was changed after
 * it was signed, and what ought to be signed here and is not: what the ledger lists, and what says
 * that it is of this installation and newer than the first signature. What is older, or of others
 * who share the repository and sign with keys of their own, is none of its business.
 *
 * @param key empty if it cannot be read: then nothing is refused
 * @param own the name of this installation, if it has one
 * @param ledger empty if nothing was signed yet, or that is not known any more
 */
record SignatureGuard(
    Optional<VerifyingKey> key, Optional<InstallationName> own, Optional<Ledger> ledger) {
  /**
   * Goes on if it may be read.
   *
   * @throws HoldfastException {@code MANIFEST_CORRUPT}
   */
  void require(StoredManifest stored) {
    if (key.isEmpty()) {
      return;
    }
    SignatureLook look = SignatureLook.at(stored, key.get());
    RunId run = stored.manifest().runId();
    Optional<Ledger> kept = ledger.filter(known -> known.key().equals(key.get().id()));
    Optional<Live> listed =
        kept.flatMap(
            known -> known.live().stream().filter(live -> live.run().equals(run)).findFirst());
    boolean expected =
        stored.manifest().installation().equals(own)
            && kept.filter(known -> known.first().compareTo(run) <= 0).isPresent();
    switch (look) {
      case SignatureLook.Good(var says, var digest) -> {
        if (listed.isPresent() && !listed.get().signature().equals(digest)) {
          throw refused(stored, "has another signature than it was published with");
        }
      }
      case SignatureLook.Bad(var why, var claimed) -> {
        if (claimed || expected || listed.isPresent()) {
          throw refused(stored, why);
        }
      }
    }
  }

  private static HoldfastException refused(StoredManifest stored, String why) {
    return new HoldfastException(
            ErrorCode.MANIFEST_CORRUPT,
            "backup " + stored.manifest().runId() + " " + why,
            "Somebody or some program may have been at it: 'holdfast repository check' tells what else"
                + " was changed. Restore from another backup; with --repository and --to, which know no"
                + " key, this one can be looked at all the same.")
        .with("run_id", stored.manifest().runId().value());
  }
}
