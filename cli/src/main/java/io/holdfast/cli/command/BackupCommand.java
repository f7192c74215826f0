package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code backup}: makes one, if no command follows. */
@Command(
    name = "backup",
    description = "Make a backup now; or list, show, validate or delete backups.",
    synopsisSubcommandLabel = "[COMMAND]",
    subcommands = {
      BackupCommand.Create.class,
      BackupListCommand.class,
      BackupShowCommand.class,
      BackupValidateCommand.class,
      BackupDeleteCommand.class
    })
final class BackupCommand extends Operation {
  @Mixin private BackupCreation creation;

  @Override
  ExitCode run(Session session) throws Exception {
    return creation.run(session);
  }

  /** {@code backup create}. */
  @Command(name = "create", description = "Make a backup now.")
  static final class Create extends Operation {
    @Mixin private BackupCreation creation;

    @Override
    ExitCode run(Session session) throws Exception {
      return creation.run(session);
    }
  }
}
