package io.holdfast.engine;

import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer.HeldLock;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.repository.BackupReader;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.repository.StillThere;
import io.holdfast.engine.restore.RestoreSelection;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunPhase;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads every byte of a backup and compares; remembers the result, which retention heeds.
 *
 * @param work what is done with what
 */
record ValidationWork(Work work) {
  List<RepositoryProblem> execute(RunId run) throws IOException {
    try (HeldLock mark = work.use().mark(run);
        BackupReader reader = work.installation().repository().open(run)) {
      work.monitor().phase(RunPhase.VERIFY);
      Collection<ComponentName> names = RestoreSelection.restorable(reader.manifest());
      var meter = work.monitor().meter(run.value(), OptionalLong.of(reader.manifest().sizeBytes()));
      List<RepositoryProblem> problems = reader.verify(names, work.monitor().cancellation(), meter);
      work.monitor().cancellation().check();
      if (!problems.isEmpty()) {
        new StillThere(work.installation().repository()::open).require(run);
      }
      work.verifications().remember(run, problems.isEmpty());
      return problems;
    } catch (HoldfastException failure) {
      HoldfastException e =
          new StillThere(work.installation().repository()::open).explained(run, failure);
      if (e.code() == ErrorCode.MANIFEST_CORRUPT || e.code() == ErrorCode.FORMAT_UNSUPPORTED) {
        return List.of(
            new RepositoryProblem(e.code(), Optional.of(run), Manifest.FILE_NAME, e.message()));
      }
      throw e;
    }
  }
}
