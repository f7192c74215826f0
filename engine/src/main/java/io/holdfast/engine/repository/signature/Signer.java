package io.holdfast.engine.repository.signature;

import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.repository.ManifestSeal;
import io.holdfast.engine.repository.signature.ManifestSignature.Live;
import io.holdfast.engine.repository.transfer.Sha256;
import io.holdfast.engine.run.RunId;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Signs one backup. Used by the one who leads the run. */
final class Signer implements ManifestSeal {
  private final SigningKey key;
  private final Ledgers ledgers;
  private final Clock clock;
  private final Function<Manifest, List<RunId>> expiring;
  private @Nullable Ledger afterwards;

  Signer(SigningKey key, Ledgers ledgers, Clock clock, Function<Manifest, List<RunId>> expiring) {
    this.key = key;
    this.ledgers = ledgers;
    this.clock = clock;
    this.expiring = expiring;
  }

  @Override
  public String of(Manifest manifest, byte[] bytes) throws IOException {
    Ledger ledger = ledgers.of(key, manifest.runId());
    List<RunId> live = ledger.live().stream().map(Live::run).toList();
    var signature =
        new ManifestSignature(
            ledger.chain(),
            ledger.number() + 1,
            ledger.first(),
            manifest.runId(),
            manifest.backupId(),
            Sha256.hex(Sha256.of(bytes)),
            clock.instant(),
            key.id(),
            ledger.live(),
            expiring.apply(manifest).stream().filter(live::contains).toList());
    String text = signature.text(key.sign(signature.body()));
    afterwards = ledger.with(signature, text);
    return text;
  }

  /** The backup is published. */
  void published() {
    Ledger ledger = afterwards;
    if (ledger != null) {
      try {
        ledgers.write(ledger);
      } catch (IOException unwritten) {
        // The next signature finds this one in the repository.
      }
    }
  }
}
