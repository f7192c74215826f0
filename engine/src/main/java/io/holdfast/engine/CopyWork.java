package io.holdfast.engine;

import io.holdfast.engine.copy.CopyOutcome;
import io.holdfast.engine.copy.RepositoryCopy;
import io.holdfast.engine.file.FileLayer.HeldLock;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.run.RunId;
import java.io.IOException;
import java.util.List;

/**
 * Copies backups of another installation's repository into this one's.
 *
 * @param work what is done with what
 */
record CopyWork(Work work) {
  /**
   * @param source ends with the same cancellation
   */
  CopyOutcome execute(Engine source, List<RunId> runs) throws IOException {
    List<RunId> wanted = runs.isEmpty() ? source.index().runs() : runs;
    List<RepositoryProblem> unknown = runs.isEmpty() ? source.unreadable() : List.of();
    work.making().begin();
    try (HeldLock held = work.acquire("a copy")) {
      work.prepare();
      return new RepositoryCopy(
              source::open,
              work.installation().repository(),
              work.environment().random(),
              work.monitor())
          .execute(wanted)
          .without(unknown);
    }
  }
}
