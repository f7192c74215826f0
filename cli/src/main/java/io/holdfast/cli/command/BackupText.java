package io.holdfast.cli.command;

import io.holdfast.cli.terminal.Formats;
import io.holdfast.cli.terminal.SafeText;
import io.holdfast.cli.terminal.Style;
import io.holdfast.cli.terminal.Table;
import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.manifest.ComponentStatus;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How backups are shown to people. */
final class BackupText {
  private BackupText() {}

  /** A word for a status in the colour that it deserves. */
  static String status(RunStatus status, Style style) {
    return switch (status) {
      case COMPLETED -> style.good(status.word());
      case RUNNING -> status.word();
      case PARTIAL, CANCELLED -> style.warning(status.word());
      case FAILED, TIMEOUT -> style.bad(status.word());
    };
  }

  /** Why a backup was made; a safety backup says so. */
  static String trigger(Manifest manifest) {
    return manifest.isSafetyBackup() ? "safety" : manifest.trigger().word();
  }

  static String age(Manifest manifest, Instant now) {
    return Formats.age(manifest.receivedAt().orElse(manifest.startedAt()), now);
  }

  static String took(Instant from, Optional<Instant> to) {
    return to.map(end -> Formats.duration(Duration.between(from, end))).orElse("-");
  }

  /** One row for each component. */
  static Table components(Manifest manifest) {
    var table = new Table("COMPONENT", "KIND", "STATUS", ">SIZE", ">FILES", ">TIME", "NOTE");
    for (ComponentRecord component : manifest.components()) {
      boolean completed = component.status() == ComponentStatus.COMPLETED;
      table.row(
          component.name().value(),
          component.kind(),
          component.status().word(),
          completed ? Formats.size(component.sizeBytes()) : "-",
          completed ? files(component) : "-",
          took(component.startedAt(), component.finishedAt()),
          note(component));
    }
    return table;
  }

  private static String files(ComponentRecord component) {
    return String.valueOf(component.artifacts().stream().mapToLong(Artifact::files).sum());
  }

  private static String note(ComponentRecord component) {
    String optional = component.critical() ? "" : "optional";
    String warnings =
        component.warnings().isEmpty() ? "" : Formats.count(component.warnings().size(), "warning");
    String separator = optional.isEmpty() || warnings.isEmpty() ? "" : ", ";
    return optional + separator + warnings;
  }

  /** Everything that a manifest says. */
  static void show(Session session, Manifest manifest) {
    fact(session, "run", manifest.runId().value());
    fact(session, "backup id", manifest.backupId().value());
    session.line(label("status") + status(manifest.status(), session.style()));
    fact(session, "trigger", trigger(manifest));
    manifest.safetyFor().ifPresent(run -> fact(session, "safety for", "restore " + run));
    fact(
        session,
        "made",
        manifest.startedAt()
            + " ("
            + age(manifest, session.now())
            + "), in "
            + took(manifest.startedAt(), manifest.finishedAt()));
    fact(session, "on", manifest.host() + ", by holdfast " + manifest.softwareVersion());
    fact(
        session,
        "content",
        Formats.size(manifest.sizeBytes()) + ", stored as " + manifest.compression());
    manifest.failure().ifPresent(failure -> fact(session, "failure", failure.message()));
    session.line("");
    session.table(components(manifest));
    artifacts(session, manifest);
    for (ComponentRecord component : manifest.components()) {
      component
          .failure()
          .ifPresent(failure -> note(session, component, "failed", failure.message()));
      component.warnings().forEach(warning -> note(session, component, "warning", warning));
    }
  }

  private static void artifacts(Session session, Manifest manifest) {
    var table = new Table("COMPONENT", "ARTIFACT", "TYPE", ">SIZE", "SHA-256", "CHECKS");
    for (ComponentRecord component : manifest.components()) {
      for (Artifact artifact : component.artifacts()) {
        table.row(
            component.name().value(),
            artifact.name(),
            artifact.type().word(),
            Formats.size(artifact.sizeBytes()),
            artifact.sha256(),
            String.join(
                ", ",
                artifact.checks().stream()
                    .map(check -> check.name() + (check.ok() ? " ok" : " FAILED"))
                    .toList()));
      }
    }
    if (!table.isEmpty()) {
      session.line("");
      session.table(table);
    }
  }

  private static void note(
      Session session, ComponentRecord component, String what, String message) {
    session.line("");
    session.line(SafeText.line(component.name() + ": " + what + ": " + message));
  }

  private static void fact(Session session, String label, String value) {
    session.line(label(label) + SafeText.line(value));
  }

  private static String label(String label) {
    return String.format("%-12s", label);
  }
}
