package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** {@code completion}. */
@Command(
    name = "completion",
    description = "Print a script that completes commands: source <(holdfast completion)")
final class CompletionCommand extends Operation {
  @Override
  ExitCode run(Session session) {
    session.surroundings().out().print(AutoComplete.bash("holdfast", spec().root().commandLine()));
    return ExitCode.OK;
  }
}
