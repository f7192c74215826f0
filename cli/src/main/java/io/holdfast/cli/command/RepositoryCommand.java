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
      RepositoryCopyCommand.class,
      RepositoryPruneCommand.class,
      RepositoryStatsCommand.class,
      RepositoryUnlockCommand.class,
      RepositoryAcknowledgeCommand.class,
      RepositoryKeyCommand.class
    })
final class RepositoryCommand extends GroupCommand {}
