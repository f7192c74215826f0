package io.holdfast.cli.command;

import picocli.CommandLine.Command;

/** {@code repository}. */
@Command(
    name = "repository",
    description = "Look after the place where backups are kept.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RepositoryInitCommand.class,
      RepositoryCheckCommand.class,
      RepositoryPruneCommand.class,
      RepositoryStatsCommand.class,
      RepositoryUnlockCommand.class,
      RepositoryKeyCommand.class,
      RepositoryCopyCommand.class
    })
final class RepositoryCommand extends GroupCommand {}
