package io.holdfast.cli.command;

import io.holdfast.cli.terminal.Formats;
import io.holdfast.cli.terminal.SafeText;
import io.holdfast.cli.terminal.Style;
import io.holdfast.cli.terminal.Table;
import io.holdfast.server.document.ArtifactJson;
import io.holdfast.server.document.BackupJson;
import io.holdfast.server.document.ComponentJson;
import io.holdfast.server.document.FailureJson;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How backups are shown to people. */
final class BackupText {
  private static final String COMPLETED = "completed";

  private BackupText() {}

  /** A word for a status in the colour that it deserves. */
  static String status(String word, Style style) {
    return switch (word) {
      case COMPLETED -> style.good(word);
      case "partial", "cancelled" -> style.warning(word);
      case "failed", "timeout" -> style.bad(word);
      default -> SafeText.line(word);
    };
  }

  /** Whether a backup of this status is one that can be restored. */
  static boolean isPublished(String status) {
    return status.equals(COMPLETED) || status.equals("partial");
  }

  /** Why a backup was made; a safety backup says so. */
  static String trigger(BackupJson backup) {
    return backup.safetyFor() != null ? "safety" : backup.trigger();
  }

  static String age(BackupJson backup, Instant now) {
    Instant received = backup.receivedAt();
    return Formats.age(received != null ? received : backup.startedAt(), now);
  }

  static String took(Instant from, @Nullable Instant to) {
    return to == null ? "-" : Formats.duration(Duration.between(from, to));
  }

  /** Whether a run ended without a backup, so that what was complete of it is gone. */
  private static boolean isLost(String status) {
    return !isPublished(status) && !status.equals("running");
  }

  /** One row for each component. */
  static Table components(BackupJson backup) {
    var table = new Table("COMPONENT", "KIND", "STATUS", ">SIZE", ">FILES", ">TIME", "NOTE");
    for (ComponentJson component : backup.components()) {
      boolean completed = component.status().equals(COMPLETED);
      table.row(
          component.name(),
          component.kind(),
          completed && isLost(backup.status()) ? "not kept" : component.status(),
          completed ? Formats.size(component.sizeBytes()) : "-",
          completed ? files(component) : "-",
          took(component.startedAt(), component.finishedAt()),
          note(component));
    }
    return table;
  }

  private static String files(ComponentJson component) {
    return String.valueOf(component.artifacts().stream().mapToLong(ArtifactJson::files).sum());
  }

  private static String note(ComponentJson component) {
    String optional = component.critical() ? "" : "optional";
    String warnings =
        component.warnings().isEmpty() ? "" : Formats.count(component.warnings().size(), "warning");
    String separator = optional.isEmpty() || warnings.isEmpty() ? "" : ", ";
    return optional + separator + warnings;
  }

  /** Everything that a manifest says. */
  static void show(Session session, BackupJson backup) {
    fact(session, "run", backup.runId());
    fact(session, "backup id", backup.backupId());
    session.line(label("status") + status(backup.status(), session.style()));
    fact(session, "trigger", trigger(backup));
    if (backup.safetyFor() != null) {
      fact(session, "safety for", "restore " + backup.safetyFor());
    }
    fact(
        session,
        "made",
        backup.startedAt()
            + " ("
            + age(backup, session.now())
            + "), in "
            + took(backup.startedAt(), backup.finishedAt()));
    if (backup.installation() != null) {
      fact(session, "installation", backup.installation());
    }
    fact(session, "on", backup.host() + ", by holdfast " + backup.softwareVersion());
    fact(
        session,
        "content",
        Formats.size(backup.sizeBytes()) + ", stored as " + backup.compression());
    FailureJson failure = backup.failure();
    if (failure != null) {
      fact(session, "failure", failure.message());
    }
    session.line("");
    session.table(components(backup));
    artifacts(session, backup);
    for (ComponentJson component : backup.components()) {
      FailureJson why = component.failure();
      if (why != null) {
        note(session, component, "failed", why.message());
      }
      component.warnings().forEach(warning -> note(session, component, "warning", warning));
    }
  }

  private static void artifacts(Session session, BackupJson backup) {
    var table = new Table("COMPONENT", "ARTIFACT", "TYPE", ">SIZE", "SHA-256", "CHECKS");
    for (ComponentJson component : backup.components()) {
      for (ArtifactJson artifact : component.artifacts()) {
        table.row(
            component.name(),
            artifact.name(),
            artifact.type(),
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

  private static void note(Session session, ComponentJson component, String what, String message) {
    session.line("");
    session.line(SafeText.line(component.name() + ": " + what + ": " + message));
  }

  static void fact(Session session, String label, String value) {
    session.line(label(label) + SafeText.line(value));
  }

  static String label(String label) {
    return String.format("%-12s", label);
  }
}
