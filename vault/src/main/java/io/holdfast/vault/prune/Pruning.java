package io.holdfast.vault.prune;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.repository.PruneOutcome;
import io.holdfast.engine.repository.UnusedLimit;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.Vault;
import io.holdfast.vault.lock.VaultLocks;
import java.io.IOException;
import java.util.function.LongConsumer;

/**
 * Prunes a vault, as often as one likes. Thread-safe, but of two at once the second is refused.
 *
 * @param marks the file that keeps what waits for others to end; need not be there
 * @param level how hard to compress what is moved
 */
public record Pruning(Vault vault, VaultLocks locks, FileLayer files, FilePath marks, int level) {
  /**
   * Removes what no snapshot needs.
   *
   * @param dryRun whether only to tell what would be done; takes no lock then, so let the caller
   *     hold that of one who reads
   * @param progress told of bytes of packs whose content was moved
   * @throws io.holdfast.engine.error.HoldfastException {@code BUSY} if another program or another
   *     prune is at work, {@code INTERRUPTED} if somebody removed the lock meanwhile
   * @throws io.holdfast.vault.pack.DamagedBlobException if something that is needed is missing:
   *     nothing was removed then
   */
  public PruneOutcome run(
      UnusedLimit limit, boolean dryRun, Cancellation cancellation, LongConsumer progress)
      throws IOException {
    var prune =
        new Prune(
            vault,
            locks,
            new MarkFile(files, marks, vault.config().id()),
            level,
            cancellation,
            progress);
    return dryRun ? prune.look(limit) : prune.run(limit);
  }
}
