package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.json.RepositoryKeyChangeJson;
import io.holdfast.cli.json.RepositoryKeysJson;
import io.holdfast.cli.local.Opened;
import io.holdfast.cli.terminal.SafeText;
import io.holdfast.cli.terminal.Table;
import io.holdfast.engine.repository.RepositoryKeys;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code repository key}. */
@Command(
    name = "key",
    description = "Look after the passwords of a vault, each of which opens it.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RepositoryKeyCommand.ListAll.class,
      RepositoryKeyCommand.Add.class,
      RepositoryKeyCommand.Remove.class,
      RepositoryKeyCommand.Passwd.class
    })
final class RepositoryKeyCommand extends GroupCommand {
  private static final int SHOWN = 8;

  /** {@code repository key list}. */
  @Command(name = "list", description = "List the keys; the one in use is marked with a star.")
  static final class ListAll extends Operation {
    @Mixin private RepositoryOption repository;

    @Override
    ExitCode run(Session session) throws Exception {
      try (Opened opened = Targets.here(session, repository.path())) {
        List<RepositoryKeys.Key> keys = opened.engine().upkeep().keys(RepositoryKeys::list);
        session.answer(
            new RepositoryKeysJson(
                RepositoryKeysJson.SCHEMA,
                opened.installation().repository().location(),
                keys.stream().map(ListAll::document).toList()),
            () -> {
              var table = new Table("", "ID", "USER", "HOST", "CREATED");
              for (RepositoryKeys.Key key : keys) {
                table.row(
                    key.current() ? "*" : "",
                    key.id().substring(0, SHOWN),
                    SafeText.line(key.username()),
                    SafeText.line(key.hostname()),
                    key.created().map(Instant::toString).orElse("-"));
              }
              session.table(table);
            });
        return ExitCode.OK;
      }
    }

    private static RepositoryKeysJson.Key document(RepositoryKeys.Key key) {
      return new RepositoryKeysJson.Key(
          key.id(), key.current(), key.username(), key.hostname(), key.created().orElse(null));
    }
  }

  /** {@code repository key add}. */
  @Command(name = "add", description = "Add a password; those that there are go on to open it.")
  static final class Add extends Operation {
    @Mixin private NewPasswordOption password;
    @Mixin private RepositoryOption repository;

    @Override
    ExitCode run(Session session) throws Exception {
      try (Opened opened = Targets.here(session, repository.path())) {
        // Before anybody is asked for a password that cannot be used.
        var unused = opened.engine().upkeep().keys(RepositoryKeys::list);
        byte[] secret = password.read(session);
        try {
          String added = opened.engine().upkeep().keys(keys -> keys.add(secret));
          tell(session, opened, added, null, "key " + added.substring(0, SHOWN) + " added");
        } finally {
          Arrays.fill(secret, (byte) 0);
        }
        return ExitCode.OK;
      }
    }
  }

  /** {@code repository key remove}. */
  @Command(
      name = "remove",
      description = "Remove a password, which opens nothing from then on. Not the one in use.")
  static final class Remove extends Operation {
    @Parameters(paramLabel = "ID", description = "The id of its key, or how it begins.")
    private String id;

    @Mixin private RepositoryOption repository;

    @Override
    ExitCode run(Session session) throws Exception {
      try (Opened opened = Targets.here(session, repository.path())) {
        String removed = opened.engine().upkeep().keys(keys -> keys.remove(id));
        tell(session, opened, null, removed, "key " + removed.substring(0, SHOWN) + " removed");
        return ExitCode.OK;
      }
    }
  }

  /** {@code repository key passwd}. */
  @Command(
      name = "passwd",
      description = "Put a new password in the place of the one in use, which opens nothing then.")
  static final class Passwd extends Operation {
    @Mixin private NewPasswordOption password;
    @Mixin private RepositoryOption repository;

    @Override
    ExitCode run(Session session) throws Exception {
      try (Opened opened = Targets.here(session, repository.path())) {
        // Before anybody is asked for a password that cannot be used.
        var unused = opened.engine().upkeep().keys(RepositoryKeys::list);
        byte[] secret = password.read(session);
        try {
          Optional<String> before =
              opened
                  .engine()
                  .upkeep()
                  .keys(keys ->
                      keys.list().stream()
                          .filter(RepositoryKeys.Key::current)
                          .map(RepositoryKeys.Key::id)
                          .findFirst());
          String added = opened.engine().upkeep().keys(keys -> keys.change(secret));
          tell(
              session,
              opened,
              added,
              before.orElse(null),
              "the password was changed; put the new one where the configuration reads it");
        } finally {
          Arrays.fill(secret, (byte) 0);
        }
        return ExitCode.OK;
      }
    }
  }

  private static void tell(
      Session session,
      Opened opened,
      @Nullable String added,
      @Nullable String removed,
      String what) {
    String location = opened.installation().repository().location();
    session.confirm(
        new RepositoryKeyChangeJson(RepositoryKeyChangeJson.SCHEMA, location, added, removed),
        () -> session.line(SafeText.line(location) + ": " + what));
  }
}
