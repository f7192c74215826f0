package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.json.SettingShowJson;
import io.holdfast.cli.json.SettingsJson;
import io.holdfast.cli.remote.RemoteServer;
import io.holdfast.cli.terminal.SafeText;
import io.holdfast.cli.terminal.Table;
import io.holdfast.server.document.SettingJson;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code settings}. */
@Command(
    name = "settings",
    description = "Look at the settings of a server, and change them while it runs.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      SettingsCommand.ListAll.class,
      SettingsCommand.Get.class,
      SettingsCommand.Change.class,
      SettingsCommand.Reset.class
    })
final class SettingsCommand extends GroupCommand {

  /** {@code settings list}. */
  @Command(name = "list", description = "List all settings, and where their values come from.")
  static final class ListAll extends Operation {
    @Override
    ExitCode run(Session session) {
      try (RemoteServer server = Targets.server(session)) {
        List<SettingJson> settings = server.settings();
        session.answer(
            new SettingsJson(SettingsJson.SCHEMA, settings), () -> tell(session, settings));
        return ExitCode.OK;
      }
    }

    private static void tell(Session session, List<SettingJson> settings) {
      var table = new Table("SETTING", "VALUE", "FROM", "DEFAULT", "ALLOWED");
      for (SettingJson setting : settings) {
        table.row(
            setting.key(),
            orDash(setting.value()),
            setting.source(),
            orDash(setting.otherwise()),
            setting.allowed() + (setting.restartRequired() ? "; needs a restart" : ""));
      }
      session.table(table);
    }

    private static String orDash(String value) {
      return value.isEmpty() ? "-" : value;
    }
  }

  /** {@code settings get}. */
  @Command(name = "get", description = "Print the value of a setting.")
  static final class Get extends Operation {
    @Parameters(paramLabel = "KEY", description = "A setting, such as schedule_hours.")
    private String key;

    @Override
    ExitCode run(Session session) {
      try (RemoteServer server = Targets.server(session)) {
        SettingJson setting = server.setting(key);
        session.answer(
            new SettingShowJson(SettingShowJson.SCHEMA, setting),
            () -> session.line(SafeText.line(setting.value())));
        return ExitCode.OK;
      }
    }
  }

  /** {@code settings set}. */
  @Command(name = "set", description = "Give a setting another value, which the server keeps.")
  static final class Change extends Operation {
    @Parameters(index = "0", paramLabel = "KEY", description = "A setting.")
    private String key;

    @Parameters(index = "1", paramLabel = "VALUE", description = "Its new value.")
    private String value;

    @Override
    ExitCode run(Session session) {
      try (RemoteServer server = Targets.server(session)) {
        return changed(session, server.set(key, value));
      }
    }
  }

  /** {@code settings reset}. */
  @Command(
      name = "reset",
      description =
          "Take back what was set: the environment, the file or the default counts again.")
  static final class Reset extends Operation {
    @Parameters(paramLabel = "KEY", description = "A setting.")
    private String key;

    @Override
    ExitCode run(Session session) {
      try (RemoteServer server = Targets.server(session)) {
        return changed(session, server.reset(key));
      }
    }
  }

  private static ExitCode changed(Session session, SettingJson setting) {
    session.confirm(
        new SettingShowJson(SettingShowJson.SCHEMA, setting),
        () ->
            session.line(
                SafeText.line(
                    setting.key()
                        + " is "
                        + (setting.value().isEmpty() ? "empty" : setting.value())
                        + " ("
                        + setting.source()
                        + ")"
                        + (setting.restartRequired()
                            ? ", from the next start of the server on"
                            : ""))));
    return ExitCode.OK;
  }
}
