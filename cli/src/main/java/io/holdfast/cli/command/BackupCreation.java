package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.target.Target;
import io.holdfast.cli.terminal.Formats;
import io.holdfast.cli.terminal.SafeText;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.run.Trigger;
import io.holdfast.server.document.BackupCreateJson;
import io.holdfast.server.document.BackupJson;
import io.holdfast.server.document.BackupOrderJson;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a backup and tells how it went. */
final class BackupCreation {
  /** Those that somebody may ask for; the others are the server's own. */
  private static final List<Trigger> TRIGGERS =
      List.of(Trigger.MANUAL, Trigger.PRE_MIGRATION, Trigger.PRE_UPDATE);

  @Mixin private ComponentOption components;

  @Option(
      names = "--compression",
      paramLabel = "none|gzip|zstd",
      description = "How to store it, instead of what the configuration says.")
  private @Nullable Compression compression;

  @Option(
      names = "--trigger",
      paramLabel = "manual|pre_migration|pre_update",
      description =
          "Why it is made; pre_migration and pre_update are for tools that wait for it, and"
              + " retention keeps such backups.")
  private @Nullable String trigger;

  ExitCode run(Session session) throws Exception {
    var order =
        new BackupOrderJson(
            components.names(), compression == null ? null : compression.word(), trigger());
    try (Target target = Targets.configured(session)) {
      BackupCreateJson made;
      try (var watch = new RunWatch(session)) {
        target.recover(watch);
        made = target.backUp(order, watch);
      }
      made.warnings().forEach(session::warn);
      session.confirm(made, () -> tell(session, target, made));
      return BackupEnding.of(session, made.backup());
    }
  }

  private @Nullable String trigger() {
    if (trigger != null && TRIGGERS.stream().noneMatch(known -> known.word().equals(trigger))) {
      throw new HoldfastException(
          ErrorCode.USAGE,
          "--trigger cannot be '" + trigger + "'",
          "Use " + String.join(", ", TRIGGERS.stream().map(Trigger::word).toList()) + ".");
    }
    return trigger;
  }

  private static void tell(Session session, Target target, BackupCreateJson made) {
    BackupJson backup = made.backup();
    session.line(
        "backup "
            + SafeText.line(backup.runId())
            + " "
            + BackupText.status(backup.status(), session.style())
            + " in "
            + BackupText.took(backup.startedAt(), backup.finishedAt())
            + ": "
            + Formats.size(backup.sizeBytes())
            + " of "
            + Formats.count(backup.components().size(), "component"));
    session.line("");
    session.table(BackupText.components(backup));
    session.line("");
    if (BackupText.isPublished(backup.status())) {
      session.line(
          SafeText.line(
              "It is in "
                  + target.repository()
                  + ", stored as "
                  + backup.compression()
                  + "; its backup id is "
                  + backup.backupId()
                  + "."));
    }
    if (!made.pruned().isEmpty()) {
      session.line(
          "Retention removed " + Formats.count(made.pruned().size(), "older backup") + ".");
    }
  }
}
