package io.holdfast.engine.repository;

import io.holdfast.engine.run.Cancellation;
import java.io.IOException;
import java.util.function.LongConsumer;

/**
 * What can be done for a repository besides backups: by people, now and then. Thread-safe.
 *
 * <p>Everything here goes on beside backups and restores, of this installation and of others that
 * keep theirs in the same repository.
 */
public interface Maintenance {
  /**
   * Removes what is stored and of no use to any backup any more.
   *
   * @param dryRun whether only to tell what would be done
   * @param progress told of bytes that were moved
   * @throws io.holdfast.engine.error.HoldfastException {@code BUSY} if somebody is at work beside
   *     whom it must not be done
   */
  PruneOutcome prune(
      UnusedLimit limit, boolean dryRun, Cancellation cancellation, LongConsumer progress)
      throws IOException;

  /** What the repository holds and takes. */
  RepositoryStats stats(Cancellation cancellation) throws IOException;

  /**
   * Removes locks that processes which are gone have left behind.
   *
   * @param all whether to remove those too whose owners may well be alive
   */
  Unlocking unlock(boolean all) throws IOException;
}
