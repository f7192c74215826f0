package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.target.FailureCodes;
import io.holdfast.cli.terminal.Formats;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.server.document.FailureJson;
import io.holdfast.server.document.RestoreJson;
import java.util.Optional;

/** Where the end of a restore leads: its exit code, and the error if it failed. */
final class RestoreEnding {
  private RestoreEnding() {}

  /** Tells what went wrong. */
  static ExitCode of(Session session, RestoreJson restore) {
    return restore.failure() == null && restore.status().equals("completed")
        ? ExitCode.OK
        : session.fail(failure(restore));
  }

  private static HoldfastException failure(RestoreJson restore) {
    ErrorCode byStatus =
        switch (restore.status()) {
          case "cancelled" -> ErrorCode.CANCELLED;
          case "timeout" -> ErrorCode.TIMEOUT;
          default -> ErrorCode.INTERNAL;
        };
    Optional<FailureJson> why = Optional.ofNullable(restore.failure());
    return new HoldfastException(
            why.map(FailureCodes::of).orElse(byStatus),
            (restore.dryRun() ? "dry run of restore " : "restore ")
                + restore.runId()
                + " from backup "
                + restore.backupRunId()
                + " "
                + Formats.ended(restore.status())
                + why.map(failure -> ": " + failure.message()).orElse(""),
            why.map(FailureJson::guidance).orElse(""))
        .with("run", restore.runId())
        .with("backup", restore.backupRunId());
  }
}
