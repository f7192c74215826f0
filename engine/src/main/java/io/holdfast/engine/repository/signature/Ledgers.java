package io.holdfast.engine.repository.signature;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.repository.BackupReader;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.run.RunId;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Finds out where a chain of signatures stands: by the ledger; by the repository, where the ledger
 * is lost; by both, where a process died after it had published and before it had written that
 * down.
 *
 * @param repository where signatures are
 * @param files the file layer
 * @param state where the ledger is
 * @param random names new chains
 */
record Ledgers(Repository repository, FileLayer files, FilePath state, SecureRandom random) {
  private static final int CHAIN_BYTES = 16;

  /** A signature of the repository that verifies. */
  private record Found(ManifestSignature says, String text) {}

  /**
   * The ledger to go on with; a new chain for a key that has signed nothing here.
   *
   * @param run what is about to be signed, and the first one of a new chain
   */
  Ledger of(SigningKey key, RunId run) throws IOException {
    Optional<Ledger> kept = Ledger.read(files, state).filter(l -> l.key().equals(key.id()));
    if (kept.isEmpty()) {
      return rebuilt(key).orElseGet(() -> fresh(key, run));
    }
    Ledger ledger = kept.get();
    for (RunId there : repository.index().runs()) {
      Optional<Found> newest = signature(there, key);
      if (newest.isPresent()) {
        ManifestSignature says = newest.get().says();
        return says.chain().equals(ledger.chain()) && says.number() > ledger.number()
            ? ledger.with(says, newest.get().text())
            : ledger;
      }
    }
    return ledger;
  }

  private Ledger fresh(SigningKey key, RunId run) {
    byte[] chain = new byte[CHAIN_BYTES];
    random.nextBytes(chain);
    return new Ledger(key.id(), HexFormat.of().formatHex(chain), 0, run, List.of());
  }

  /** From all signatures of the chain of the newest one. */
  private Optional<Ledger> rebuilt(SigningKey key) throws IOException {
    var all = new ArrayList<Found>();
    for (RunId run : repository.index().runs()) {
      signature(run, key)
          .filter(
              found -> all.isEmpty() || found.says().chain().equals(all.getFirst().says().chain()))
          .ifPresent(all::add);
    }
    if (all.isEmpty()) {
      return Optional.empty();
    }
    ManifestSignature newest = all.getFirst().says();
    Ledger ledger = new Ledger(key.id(), newest.chain(), 0, newest.first(), List.of());
    for (Found found : all.reversed()) {
      ledger = ledger.with(found.says(), found.text());
    }
    return Optional.of(ledger);
  }

  private Optional<Found> signature(RunId run, SigningKey key) throws IOException {
    Optional<String> text;
    try (BackupReader reader = repository.open(run)) {
      text = reader.stored().signature();
    } catch (HoldfastException damaged) {
      if (damaged.code().kind() == ErrorCode.Kind.CORRUPT
          || damaged.code() == ErrorCode.BACKUP_NOT_FOUND) {
        return Optional.empty();
      }
      throw damaged;
    }
    try {
      return text.map(t -> new Found(ManifestSignature.parse(t).says(), t))
          .filter(found -> found.says().key().equals(key.id()) && found.says().run().equals(run))
          .filter(found -> {
            var parsed = ManifestSignature.parse(found.text());
            return key.verifies(parsed.body(), parsed.signature());
          });
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  void write(Ledger ledger) throws IOException {
    ledger.write(files, state);
  }
}
