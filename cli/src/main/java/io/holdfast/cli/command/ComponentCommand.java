package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.target.ComponentListing;
import io.holdfast.cli.target.ListedComponent;
import io.holdfast.cli.target.Target;
import io.holdfast.cli.terminal.Formats;
import io.holdfast.cli.terminal.Table;
import io.holdfast.server.document.ComponentListJson;
import io.holdfast.server.document.ConfiguredComponentJson;
import java.util.List;
import java.util.Objects;
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
      try (Target target = Targets.configured(session)) {
        try (var watch = new RunWatch(session)) {
          target.recover(watch);
        }
        ComponentListing listing = target.components();
        listing.warnings().forEach(session::warn);
        var document =
            new ComponentListJson(
                ComponentListJson.SCHEMA,
                listing.components().stream().map(ListedComponent::document).toList());
        session.answer(document, () -> tell(session, listing.components()));
        return ExitCode.OK;
      }
    }

    private static void tell(Session session, List<ListedComponent> components) {
      var table = new Table("COMPONENT", "KIND", "CRITICAL", "GROUP", "LAST BACKUP", "PLACE");
      for (ListedComponent listed : components) {
        ConfiguredComponentJson component = listed.document();
        table.row(
            component.name(),
            component.kind(),
            component.critical() ? "yes" : "no",
            Objects.requireNonNullElse(component.group(), "-"),
            listed.lastBackup().map(at -> Formats.age(at, session.now())).orElse("never"),
            String.join(", ", listed.places()));
      }
      session.table(table);
    }
  }
}
