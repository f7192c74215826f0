package io.holdfast.engine.repository;

import io.holdfast.engine.run.Cancellation;
import java.io.IOException;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Of a repository whose backups share content: reads what is stored once, whatever backup it
 * belongs to, and not once for each backup. Thread-safe.
 */
public interface DataChecks {
  /**
   * Reads and decodes what is stored.
   *
   * @param part how much of it: those pieces first that were not read for longest, so that ten
   *     checks of a tenth each read all, even while pieces come and go
   * @param progress told of bytes that were read
   */
  DataCheck check(DataPart part, Cancellation cancellation, LongConsumer progress)
      throws IOException;

  /**
   * What a reading has found.
   *
   * @param problems what is wrong; empty if nothing is
   * @param bytesRead how much was read now
   * @param bytesTotal how much there is
   * @param bytesUnread how much of it neither this nor an earlier check of this installation read
   * @param remembered whether the next check knows what this one read; not where nothing may be
   *     written down, and then it reads the same
   */
  record DataCheck(
      List<RepositoryProblem> problems,
      long bytesRead,
      long bytesTotal,
      long bytesUnread,
      boolean remembered) {
    public DataCheck {
      problems = List.copyOf(problems);
    }
  }
}
