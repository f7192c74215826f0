package io.holdfast.cli.remote;

import io.holdfast.cli.target.Watch;
import io.holdfast.engine.event.RunEvent;
import io.holdfast.engine.event.RunProgress;
import io.holdfast.engine.run.RunPhase;
import io.holdfast.server.document.ProgressJson;
import io.holdfast.server.document.ProgressPartJson;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Shows somebody who waits here how far the work on a server is. Thread-safe. */
final class RemoteProgress {
  private final Watch watch;
  private volatile RunProgress last =
      new RunProgress(RunPhase.PREPARE, 0, OptionalLong.empty(), List.of());

  RemoteProgress(Watch watch) {
    this.watch = watch;
    watch.progressOf(() -> last);
  }

  void show(ProgressJson progress) {
    RunPhase before = last.phase();
    // A newer server may have phases that have no name here.
    RunPhase now =
        Arrays.stream(RunPhase.values())
            .filter(phase -> phase.word().equals(progress.phase()))
            .findFirst()
            .orElse(before);
    last =
        new RunProgress(
            now,
            Math.max(0, progress.bytesDone()),
            total(progress.bytesTotal()),
            progress.parts().stream().map(RemoteProgress::part).toList());
    if (now != before) {
      watch.tell(new RunEvent.PhaseStarted(now));
    }
  }

  private static RunProgress.Part part(ProgressPartJson part) {
    return new RunProgress.Part(
        part.name(), Math.max(0, part.bytesDone()), total(part.bytesTotal()), part.ended());
  }

  private static OptionalLong total(@Nullable Long bytes) {
    return bytes == null || bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
  }
}
