package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.target.FailureCodes;
import io.holdfast.cli.terminal.Formats;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.server.document.BackupJson;
import io.holdfast.server.document.ComponentJson;
import io.holdfast.server.document.Documents;
import io.holdfast.server.document.FailureJson;
import java.util.Optional;

/** Where the end of a backup run leads: its exit code, and the error if it published nothing. */
final class BackupEnding {
  private BackupEnding() {}

  /** Tells what was left out or went wrong. */
  static ExitCode of(Session session, BackupJson backup) {
    return switch (backup.status()) {
      case "completed" -> ExitCode.OK;
      case "partial" -> {
        backup.components().stream()
            .filter(BackupEnding::isMissing)
            .forEach(component -> warn(session, component));
        yield ExitCode.PARTIAL;
      }
      default -> session.fail(failure(backup));
    };
  }

  /** Whether it failed; one that is absent did not, though it says why it is not there. */
  private static boolean isMissing(ComponentJson component) {
    return component.failure() != null && !component.status().equals("absent");
  }

  private static void warn(Session session, ComponentJson component) {
    FailureJson failure = component.failure();
    if (failure != null) {
      session.warn(
          "optional component "
              + component.name()
              + " is not in the backup: "
              + failure.message()
              + (failure.guidance() == null ? "" : "\n" + failure.guidance()));
    }
  }

  /** The failure of a run that published nothing: its own, or that of the component to blame. */
  private static HoldfastException failure(BackupJson backup) {
    String head = "backup " + backup.runId() + " " + Formats.ended(backup.status());
    if (backup.status().equals("cancelled")) {
      return new HoldfastException(
          ErrorCode.CANCELLED, head + "; nothing was published", "Earlier backups are untouched.");
    }
    boolean timeout = backup.status().equals("timeout");
    Optional<ComponentJson> culprit = Documents.culprit(backup);
    Optional<FailureJson> why =
        Optional.ofNullable(backup.failure())
            .or(() -> culprit.flatMap(component -> Optional.ofNullable(component.failure())));
    String whose =
        backup.failure() != null
            ? ""
            : culprit.map(component -> "component " + component.name() + ": ").orElse("");
    return new HoldfastException(
            timeout ? ErrorCode.TIMEOUT : why.map(FailureCodes::of).orElse(ErrorCode.INTERNAL),
            head + why.map(failure -> ": " + whose + failure.message()).orElse(""),
            why.map(FailureJson::guidance).orElse(""))
        .with("run", backup.runId());
  }
}
