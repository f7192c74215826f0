package io.holdfast.cli.remote;

import io.holdfast.cli.target.Watch;
import io.holdfast.engine.event.RunEvent;
import io.holdfast.server.document.BackupJson;
import io.holdfast.server.document.ComponentJson;
import io.holdfast.server.document.FailureJson;
import io.holdfast.server.document.RestoreJson;
import io.holdfast.server.document.RestoredComponentJson;
import java.util.List;
import java.util.Optional;

/**
 * Tells whoever waits what an engine here would have told on the way, and a stream does not: what
 * the documents of the end hold of it.
 */
final class Told {
  private Told() {}

  static void of(BackupJson backup, Watch watch) {
    warnings(backup, watch);
    for (ComponentJson component : backup.components()) {
      watch.tell(
          new RunEvent.ComponentFinished(
              component.name(),
              component.status(),
              Optional.ofNullable(component.failure()).map(FailureJson::message)));
    }
  }

  /** The warnings of a backup: those of one that a restore takes are told as its own. */
  static void warnings(BackupJson backup, Watch watch) {
    for (ComponentJson component : backup.components()) {
      List<String> warnings = component.warnings();
      // The last one of a component that is absent says why it is; that is no warning to anybody.
      int told = warnings.size() - (component.status().equals("absent") ? 1 : 0);
      warnings.stream()
          .limit(Math.max(0, told))
          .forEach(
              warning -> watch.tell(new RunEvent.Warning(Optional.of(component.name()), warning)));
    }
  }

  static void of(RestoreJson restore, Watch watch) {
    for (String warning : restore.warnings()) {
      Optional<String> whose =
          restore.restoredComponents().stream()
              .map(RestoredComponentJson::name)
              .filter(name -> warning.startsWith(head(name)))
              .findFirst();
      watch.tell(
          new RunEvent.Warning(
              whose, whose.map(name -> warning.substring(head(name).length())).orElse(warning)));
    }
    if (restore.status().equals("completed") && !restore.dryRun()) {
      restore
          .restoredComponents()
          .forEach(component ->
              watch.tell(
                  new RunEvent.ComponentFinished(component.name(), "restored", Optional.empty())));
    }
  }

  private static String head(String component) {
    return "component " + component + ": ";
  }
}
