package io.holdfast.engine;

import io.holdfast.engine.backup.BackupOutcome;
import io.holdfast.engine.backup.BackupPlan;
import io.holdfast.engine.backup.BackupRequest;
import io.holdfast.engine.backup.BackupRun;
import io.holdfast.engine.component.CaptureContext.Purpose;
import io.holdfast.engine.component.Component;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.event.RunEvent;
import io.holdfast.engine.file.FileLayer.HeldLock;
import io.holdfast.engine.installation.Installation;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunPhase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a backup, then applies retention.
 *
 * @param work what is done with what
 */
record BackupWork(Work work) {
  BackupOutcome execute(BackupRequest request) throws IOException {
    List<Component> components = select(request.components());
    work.making().begin();
    try (HeldLock held = work.acquire("a backup")) {
      work.prepare();
      Compression asked = request.compression().orElse(work.installation().compression());
      var retention =
          new RetentionAfterwards(
              work.environment(),
              work.installation(),
              work.use(),
              work.verifications(),
              request.retention().orElse(work.installation().retention()));
      Installation announced =
          work.installation()
              .withRepository(work.installation().repository().announcing(retention::expiring));
      Manifest manifest =
          work.numbers()
              .named(run -> {
                work.monitor().tell(new RunEvent.RunStarted(run, "backup"));
                var plan =
                    new BackupPlan(
                        run,
                        components,
                        request.components(),
                        request.trigger(),
                        Purpose.BACKUP,
                        work.installation().repository().stored(asked),
                        Optional.empty());
                return new BackupRun(work.environment(), announced, plan, work.monitor()).execute();
              });
      List<String> warnings = new ArrayList<>();
      otherwise(asked).ifPresent(warnings::add);
      List<RunId> pruned =
          manifest.status().isPublished() ? retention.apply(work.monitor(), warnings) : List.of();
      work.monitor().phase(RunPhase.DONE);
      return new BackupOutcome(manifest, pruned, warnings);
    }
  }

  /** Says that backups are stored otherwise than they were to be, if they are. */
  private Optional<String> otherwise(Compression asked) {
    Compression stored = work.installation().repository().stored(asked);
    return stored == asked
        ? Optional.empty()
        : Optional.of(
            "a repository of kind "
                + work.installation().repository().kind()
                + " does not compress by "
                + asked.word()
                + ": it was stored as "
                + stored.word());
  }

  private List<Component> select(List<ComponentName> names) {
    if (work.installation().components().isEmpty()) {
      throw new HoldfastException(
          ErrorCode.CONFIGURATION_INVALID,
          "no component is configured",
          "Name what to protect under 'components'.");
    }
    if (names.isEmpty()) {
      return work.installation().components();
    }
    return names.stream().distinct().map(this::component).toList();
  }

  private Component component(ComponentName name) {
    return work.installation()
        .component(name)
        .orElseThrow(() ->
            new HoldfastException(
                ErrorCode.COMPONENT_NOT_FOUND,
                "no component is called " + name,
                "Configured are: "
                    + String.join(
                        ", ",
                        work.installation().components().stream()
                            .map(c -> c.name().value())
                            .toList())
                    + "."));
  }
}
