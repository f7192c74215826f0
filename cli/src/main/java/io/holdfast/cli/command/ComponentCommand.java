package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.terminal.Formats;
import io.holdfast.cli.terminal.Table;
import io.holdfast.engine.component.Component;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.server.document.ComponentListJson;
import io.holdfast.server.document.Documents;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code component}. */
@Command(
    name = "component",
    description = "Look at what is protected.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = ComponentCommand.ListAll.class)
final class ComponentCommand extends GroupCommand {

  /** {@code component list}. */
  @Command(
      name = "list",
      description = "List the components of the configuration, with their newest backup.")
  static final class ListAll extends Operation {
    @Override
    ExitCode run(Session session) throws Exception {
      try (Opened opened = Opened.configured(session)) {
        try (var watch = new RunWatch(session)) {
          opened.recovered(watch.monitor());
        }
        List<Component> components = opened.installation().components();
        Map<ComponentName, Manifest> newest = newest(session, opened);
        var document =
            new ComponentListJson(
                ComponentListJson.SCHEMA,
                components.stream()
                    .map(c -> Documents.component(c, Optional.ofNullable(newest.get(c.name()))))
                    .toList());
        session.answer(document, () -> tell(session, components, newest));
        return ExitCode.OK;
      }
    }

    /** The newest backup that holds each component; nothing where the repository is away. */
    private static Map<ComponentName, Manifest> newest(Session session, Opened opened) {
      Map<ComponentName, Manifest> newest = new HashMap<>();
      try {
        for (BackupEntry entry : opened.engine().list()) {
          if (entry instanceof BackupEntry.Readable(var manifest, long stored)
              && !manifest.isSafetyBackup()) {
            manifest.components().stream()
                .filter(ComponentRecord::isRestorable)
                .forEach(component -> newest.putIfAbsent(component.name(), manifest));
          }
        }
      } catch (HoldfastException unavailable) {
        session.warn(unavailable.message());
      }
      return newest;
    }

    private static void tell(
        Session session, List<Component> components, Map<ComponentName, Manifest> newest) {
      var table = new Table("COMPONENT", "KIND", "CRITICAL", "GROUP", "LAST BACKUP", "PLACE");
      for (Component component : components) {
        Manifest last = newest.get(component.name());
        table.row(
            component.name().value(),
            component.kind(),
            component.critical() ? "yes" : "no",
            component.group().orElse("-"),
            last == null ? "never" : Formats.age(last.startedAt(), session.now()),
            String.join(
                ", ", component.handler().places().stream().map(FilePath::toString).toList()));
      }
      session.table(table);
    }
  }
}
