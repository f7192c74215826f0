package io.holdfast.engine.repository.signature;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.repository.Removals;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.repository.signature.ManifestSignature.Live;
import io.holdfast.engine.run.RunId;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Removals as the ledger tells them. What is acknowledged leaves the ledger, so that the next
 * signature does not list it: with that the owner of the key signs it.
 *
 * @param repository where signed backups ought to be
 * @param key reads the signing key, without which nobody acknowledges anything
 */
record LedgerRemovals(
    Repository repository, FileLayer files, FilePath state, Supplier<SigningKey> key)
    implements Removals {
  @Override
  public List<RunId> unexplained() throws IOException {
    return gone().stream().map(Live::run).toList();
  }

  /** The entries of the ledger whose backups are not there. */
  List<Live> gone() throws IOException {
    Optional<Ledger> ledger = Ledger.read(files, state);
    if (ledger.isEmpty()) {
      return List.of();
    }
    Set<RunId> there = new HashSet<>(repository.index().runs());
    return ledger.get().live().stream().filter(live -> !there.contains(live.run())).toList();
  }

  @Override
  public void acknowledge(List<RunId> runs) throws IOException {
    List<RunId> unexplained = unexplained();
    for (RunId run : runs) {
      if (!unexplained.contains(run)) {
        throw new HoldfastException(
            ErrorCode.USAGE,
            "backup " + run + " is not one that was signed here and is gone",
            unexplained.isEmpty()
                ? "No such backup is: nothing has to be acknowledged."
                : "Such are "
                    + String.join(", ", unexplained.stream().map(RunId::value).toList())
                    + ".");
      }
    }
    Ledger ledger = Ledger.read(files, state).orElseThrow();
    if (!ledger.key().equals(key.get().id())) {
      throw new HoldfastException(
          ErrorCode.CONFIGURATION_INVALID,
          "these backups were signed by another key than that of signing_key_file",
          "Name the key that signed them; or make a backup with the new one, which begins anew.");
    }
    for (RunId run : runs) {
      ledger = ledger.without(run);
    }
    ledger.write(files, state);
  }
}
