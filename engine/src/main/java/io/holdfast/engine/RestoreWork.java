package io.holdfast.engine;

import io.holdfast.engine.component.Component;
import io.holdfast.engine.event.RunEvent;
import io.holdfast.engine.file.FileLayer.HeldLock;
import io.holdfast.engine.installation.PlaceChecks;
import io.holdfast.engine.repository.BackupReader;
import io.holdfast.engine.restore.DestinationDirectories;
import io.holdfast.engine.restore.RestoreDestination;
import io.holdfast.engine.restore.RestoreOutcome;
import io.holdfast.engine.restore.RestoreRequest;
import io.holdfast.engine.restore.RestoreRun;
import io.holdfast.engine.restore.RestoreSelection;
import io.holdfast.engine.run.RunId;
import java.io.IOException;
import java.util.List;

/**
 * Restores, or shows what a restore would change.
 *
 * @param work what is done with what
 */
record RestoreWork(Work work) {
  RestoreOutcome execute(RestoreRequest request) throws IOException {
    if (request.destination().isPresent()) {
      DestinationDirectories.requirePossible(
          work.environment().files(), request.destination().get());
    }
    boolean elsewhere = request.destination().isPresent();
    if (elsewhere) {
      RestoreDestination.requireFree(
          work.environment().files(), work.installation(), request.destination().get());
    } else {
      new PlaceChecks(work.environment().files()).check(work.installation());
    }
    try (HeldLock held =
        elsewhere ? work.acquireIfWritable("a restore") : work.acquire("a restore")) {
      if (!elsewhere) {
        work.prepare();
      }
      try (BackupReader reader = work.installation().repository().open(request.backup())) {
        var selection =
            new RestoreSelection(work.environment().files(), work.installation(), work.kinds());
        List<Component> components = selection.select(reader.manifest(), request);
        RunId run = elsewhere ? work.numbers().nextIfWritable() : work.numbers().next();
        work.monitor().tell(new RunEvent.RunStarted(run, request.dryRun() ? "dry run" : "restore"));
        return new RestoreRun(
                work.environment(),
                work.installation(),
                request,
                components,
                run,
                work.numbers(),
                work.monitor())
            .execute(reader);
      }
    }
  }
}
