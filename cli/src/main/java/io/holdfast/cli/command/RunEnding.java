package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.target.FailureCodes;
import io.holdfast.cli.terminal.Formats;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.server.document.FailureJson;
import io.holdfast.server.document.RunJson;
import java.util.Optional;

/** Where the end of a run leads: to the exit code of the command that would have made it. */
final class RunEnding {
  private RunEnding() {}

  static ExitCode of(Session session, RunJson run) {
    if (run.backup() != null) {
      return BackupEnding.of(session, run.backup().backup());
    }
    if (run.restore() != null) {
      return RestoreEnding.of(session, run.restore());
    }
    if (run.status().equals("completed")) {
      return ExitCode.OK;
    }
    Optional<FailureJson> why = Optional.ofNullable(run.failure());
    return session.fail(
        new HoldfastException(
            why.map(FailureCodes::of).orElse(ErrorCode.INTERRUPTED),
            run.operation().replace('_', ' ')
                + " "
                + run.runId()
                + " "
                + Formats.ended(run.status())
                + why.map(failure -> ": " + failure.message()).orElse(""),
            why.map(FailureJson::guidance).orElse("")));
  }
}
