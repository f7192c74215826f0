package io.holdfast.engine.backup;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactType;
import io.holdfast.engine.artifact.CheckResult;
import io.holdfast.engine.component.Capture;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.installation.Environment;
import io.holdfast.engine.repository.BackupWriter;
import io.holdfast.engine.run.Cancellation;
import java.io.IOException;
import java.util.List;
import java.util.function.LongConsumer;

/** Moves one captured component into the repository and judges what arrived. Runs on one thread. */
final class ComponentTransfer {
  private final Environment environment;
  private final BackupWriter writer;
  private final ComponentProgress part;
  private final Capture capture;
  private final Cancellation cancellation;
  private final LongConsumer meter;

  ComponentTransfer(
      Environment environment,
      BackupWriter writer,
      ComponentProgress part,
      Capture capture,
      Cancellation cancellation,
      LongConsumer meter) {
    this.environment = environment;
    this.writer = writer;
    this.part = part;
    this.capture = capture;
    this.cancellation = cancellation;
    this.meter = meter;
  }

  /** Ends with the component completed or failed, and what a failed one wrote removed. */
  void run() throws IOException {
    try (BackupWriter.ComponentWriter stored =
        writer.component(part.component().name(), cancellation, meter)) {
      try {
        cancellation.check();
        capture.writeTo(stored.sink());
        cancellation.check();
        List<Artifact> artifacts = stored.artifacts();
        judge(artifacts);
        part.completed(artifacts, environment.clock().instant());
      } catch (IOException | RuntimeException e) {
        part.failed(
            Failures.of("component " + part.component().name(), e), environment.clock().instant());
        stored.discard();
      }
    }
  }

  private void judge(List<Artifact> artifacts) {
    String who = "component " + part.component().name();
    if (artifacts.isEmpty()) {
      throw new HoldfastException(
          ErrorCode.INTERNAL,
          who + " contributed no artifact",
          "This is a defect of the handler of kind " + part.component().kind() + ".");
    }
    for (Artifact artifact : artifacts) {
      for (CheckResult check : artifact.checks()) {
        if (!check.ok()) {
          throw new HoldfastException(
              ErrorCode.SOURCE_CORRUPT,
              who
                  + ": check "
                  + check.name()
                  + " of "
                  + artifact.name()
                  + " failed: "
                  + check.detail(),
              "The source is damaged, or its copy is; look at the source before older backups are gone.");
        }
      }
      boolean mayBeEmpty =
          artifact.checks().stream()
              .anyMatch(check -> check.name().equals(CheckResult.EMPTY_IS_LEGITIMATE));
      if (artifact.type() == ArtifactType.FILE && artifact.sizeBytes() == 0 && !mayBeEmpty) {
        throw new HoldfastException(
            ErrorCode.SOURCE_CORRUPT,
            who + ": artifact " + artifact.name() + " is empty",
            "Find out why the source yields nothing; a backup of nothing restores nothing.");
      }
    }
  }
}
