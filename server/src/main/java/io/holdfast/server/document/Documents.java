package io.holdfast.server.document;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.CheckResult;
import io.holdfast.engine.component.Change;
import io.holdfast.engine.component.Component;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.configuration.InvalidSettings;
import io.holdfast.engine.configuration.Problem;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.manifest.ComponentStatus;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.restore.RestoreOutcome;
import io.holdfast.engine.restore.RestoreRecord;
import io.holdfast.engine.restore.RestoreRequest;
import io.holdfast.engine.run.InstallationName;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.Trigger;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes documents of what the engine knows. Pure. */
public final class Documents {
  private Documents() {}

  public static BackupJson backup(Manifest manifest) {
    return new BackupJson(
        manifest.runId().value(),
        manifest.backupId().value(),
        manifest.status().word(),
        manifest.trigger().word(),
        manifest.safetyFor().map(RunId::value).orElse(null),
        manifest.requested().stream().map(ComponentName::value).toList(),
        manifest.startedAt(),
        manifest.finishedAt().orElse(null),
        manifest.receivedAt().orElse(null),
        manifest.installation().map(InstallationName::value).orElse(null),
        manifest.host(),
        manifest.softwareVersion(),
        manifest.compression(),
        manifest.sizeBytes(),
        manifest.components().stream().map(Documents::component).toList(),
        failure(manifest.failure()));
  }

  public static BackupSummaryJson summary(BackupEntry entry) {
    return switch (entry) {
      case BackupEntry.Readable(var manifest, long stored) ->
          new BackupSummaryJson(
              manifest.runId().value(),
              null,
              manifest.backupId().value(),
              manifest.status().word(),
              manifest.trigger().word(),
              manifest.safetyFor().map(RunId::value).orElse(null),
              manifest.installation().map(InstallationName::value).orElse(null),
              manifest.startedAt(),
              manifest.finishedAt().orElse(null),
              manifest.receivedAt().orElse(null),
              manifest.compression(),
              manifest.sizeBytes(),
              stored < 0 ? null : stored,
              manifest.components().stream().map(c -> c.name().value()).toList(),
              failure(manifest.failure()));
      case BackupEntry.Corrupt corrupt ->
          new BackupSummaryJson(
              corrupt.runId().value(),
              null,
              null,
              corrupt.unsupported() ? "unsupported" : "corrupt",
              corrupt.trigger().map(Trigger::word).orElse(null),
              null,
              corrupt.installation().map(InstallationName::value).orElse(null),
              null,
              null,
              null,
              null,
              null,
              corrupt.storedBytes() < 0 ? null : corrupt.storedBytes(),
              null,
              new FailureJson(
                  corrupt.unsupported() ? "FORMAT_UNSUPPORTED" : "MANIFEST_CORRUPT",
                  corrupt.reason(),
                  null));
    };
  }

  /**
   * What may be a backup and is too damaged to tell which: it stands in lists too, so that nobody
   * thinks it gone.
   */
  public static BackupSummaryJson summary(RepositoryProblem unreadable) {
    String subject = unreadable.subject();
    return new BackupSummaryJson(
        null,
        subject.substring(subject.lastIndexOf('/') + 1),
        null,
        unreadable.code() == ErrorCode.FORMAT_UNSUPPORTED ? "unsupported" : "corrupt",
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        new FailureJson(unreadable.code().name(), subject + " " + unreadable.message(), null));
  }

  public static RestoreJson restore(RestoreRequest request, RestoreOutcome outcome) {
    return new RestoreJson(
        RestoreJson.SCHEMA,
        outcome.run().value(),
        outcome.backup().runId().value(),
        outcome.backup().backupId().value(),
        outcome.dryRun(),
        outcome.status().word(),
        outcome.startedAt(),
        outcome.finishedAt(),
        request.destination().map(Object::toString).orElse(null),
        outcome.components().stream()
            .map(name ->
                new RestoredComponentJson(
                    name.value(),
                    outcome.changes().getOrDefault(name, List.of()).stream()
                        .map(Documents::change)
                        .toList()))
            .toList(),
        outcome.safetyBackup().map(m -> m.backupId().value()).orElse(null),
        outcome.safetyBackup().map(m -> m.runId().value()).orElse(null),
        outcome.warnings(),
        failure(outcome.failure()));
  }

  /**
   * A restore of which only its record is left, because the process that made it was killed before
   * it could answer.
   *
   * @param backup what was restored from, if it is still there
   * @param safety the safety backup, if there is one
   */
  public static RestoreAnswerJson restored(
      RestoreRecord record, Optional<Manifest> backup, Optional<Manifest> safety) {
    List<String> names = record.parts().stream().map(part -> part.name().value()).sorted().toList();
    String backupId = backup.map(manifest -> manifest.backupId().value()).orElse("");
    String safetyId = safety.map(manifest -> manifest.backupId().value()).orElse(null);
    return new RestoreAnswerJson(
        record.run().value(),
        backupId,
        names,
        safetyId,
        true,
        new RestoreJson(
            RestoreJson.SCHEMA,
            record.run().value(),
            record.backup().value(),
            backupId,
            false,
            record.status().word(),
            record.startedAt(),
            record.finishedAt().orElse(record.startedAt()),
            null,
            names.stream().map(name -> new RestoredComponentJson(name, List.of())).toList(),
            safetyId,
            record.safetyBackup().map(RunId::value).orElse(null),
            List.of(),
            null));
  }

  /**
   * The component to blame for a backup that published nothing, or not all; the rule of {@link
   * Manifest#cause}.
   */
  public static Optional<ComponentJson> culprit(BackupJson backup) {
    return backup.components().stream()
        .filter(c -> c.failure() != null && !c.status().equals(ComponentStatus.ABSENT.word()))
        .min(
            Comparator.comparing(
                    (ComponentJson c) -> c.status().equals(ComponentStatus.CANCELLED.word()))
                .thenComparing(c -> !c.critical()));
  }

  /**
   * A component of the configuration.
   *
   * @param newest the newest backup that holds it, if there is one
   * @param nextRun when a schedule includes it next, if there is one
   */
  public static ConfiguredComponentJson component(
      Component component, Optional<Manifest> newest, Optional<Instant> nextRun) {
    return new ConfiguredComponentJson(
        component.name().value(),
        component.kind(),
        component.critical(),
        component.group().orElse(null),
        component.missing().name().toLowerCase(Locale.ROOT),
        component.timeout().toSeconds(),
        component.handler().source(),
        newest.map(manifest -> manifest.runId().value()).orElse(null),
        newest
            .flatMap(manifest -> manifest.component(component.name()))
            .flatMap(ComponentRecord::instant)
            .orElse(null),
        nextRun.orElse(null));
  }

  public static ProblemJson problem(RepositoryProblem problem) {
    return new ProblemJson(
        problem.code().name(),
        problem.run().map(RunId::value).orElse(null),
        problem.subject(),
        problem.message());
  }

  public static ErrorJson error(HoldfastException error, int exitCode) {
    return new ErrorJson(
        ErrorJson.SCHEMA,
        error.code().name(),
        error.message(),
        orNull(error.guidance()),
        error.code().retryable(),
        exitCode,
        error.context(),
        error.getCause() instanceof InvalidSettings invalid
            ? invalid.problems().stream().map(Documents::settingProblem).toList()
            : null);
  }

  private static ComponentJson component(ComponentRecord component) {
    return new ComponentJson(
        component.name().value(),
        component.kind(),
        component.status().word(),
        component.critical(),
        component.group().orElse(null),
        component.instant().orElse(null),
        component.startedAt(),
        component.finishedAt().orElse(null),
        component.sizeBytes(),
        component.source(),
        component.artifacts().stream().map(Documents::artifact).toList(),
        component.warnings(),
        failure(component.failure()));
  }

  private static ArtifactJson artifact(Artifact artifact) {
    return new ArtifactJson(
        artifact.name(),
        artifact.type().word(),
        artifact.sizeBytes(),
        artifact.files(),
        artifact.sha256(),
        artifact.checks().stream().map(Documents::check).toList());
  }

  private static CheckJson check(CheckResult check) {
    return new CheckJson(check.name(), check.ok(), orNull(check.detail()));
  }

  private static ChangeJson change(Change change) {
    return new ChangeJson(change.action().word(), change.subject(), orNull(change.detail()));
  }

  private static SettingProblemJson settingProblem(Problem problem) {
    return new SettingProblemJson(
        problem.file(),
        problem.line() == 0 ? null : problem.line(),
        problem.column() == 0 ? null : problem.column(),
        orNull(problem.key()),
        problem.found(),
        problem.allowed());
  }

  private static @Nullable FailureJson failure(Optional<ComponentRecord.Failure> failure) {
    return failure
        .map(f -> new FailureJson(f.code().name(), f.message(), orNull(f.guidance())))
        .orElse(null);
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
