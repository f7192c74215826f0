package io.holdfast.vault.backup;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.repository.Maintenance;
import io.holdfast.engine.repository.PruneOutcome;
import io.holdfast.engine.repository.RepositoryStats;
import io.holdfast.engine.repository.Unlocking;
import io.holdfast.engine.repository.Unlocking.Left;
import io.holdfast.engine.repository.UnusedLimit;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.Vault;
import io.holdfast.vault.lock.LockList;
import io.holdfast.vault.lock.VaultLocks;
import io.holdfast.vault.prune.Pruning;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * Looks after a vault.
 *
 * @param vault opens it, or has it open
 * @param locks its locks
 * @param state where this machine's part is kept
 * @param level how hard to compress what a prune moves
 */
record VaultMaintenance(
    Opening<Vault> vault,
    Locking locks,
    VaultErrors errors,
    FileLayer files,
    FilePath state,
    int level)
    implements Maintenance {
  @Override
  public PruneOutcome prune(
      UnusedLimit limit, boolean dryRun, Cancellation cancellation, LongConsumer progress)
      throws IOException {
    return errors.translate(() -> {
      Vault opened = vault.open();
      VaultLocks held = locks.of(opened);
      var pruning = new Pruning(opened, held, files, state.resolve("vault-prune"), level);
      VaultErrors.Work<PruneOutcome> work =
          () -> pruning.run(limit, dryRun, cancellation, progress);
      return dryRun ? ReadingLock.during(held, work) : work.run();
    });
  }

  @Override
  public RepositoryStats stats(Cancellation cancellation) throws IOException {
    return errors.translate(() -> {
      Vault opened = vault.open();
      return ReadingLock.during(locks.of(opened), () -> VaultStats.of(opened, cancellation));
    });
  }

  @Override
  public Unlocking unlock(boolean all) throws IOException {
    return errors.translate(() -> {
      VaultLocks there = locks.of(vault.open());
      int removed = there.unlock(all).size();
      LockList stays = there.list();
      return new Unlocking(
          removed,
          Stream.concat(
                  stays.held().stream()
                      .map(held ->
                          new Left(held.describe(), Optional.of(held.lock().time().instant()))),
                  stays.unreadable().stream()
                      .map(id -> new Left("nobody knows whom, locks/" + id, Optional.empty())))
              .toList());
    });
  }
}
