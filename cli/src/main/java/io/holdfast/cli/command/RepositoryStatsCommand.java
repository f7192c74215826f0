package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.json.RepositoryStatsJson;
import io.holdfast.cli.local.Monitored;
import io.holdfast.cli.local.Opened;
import io.holdfast.cli.terminal.Formats;
import io.holdfast.cli.terminal.SafeText;
import io.holdfast.engine.repository.RepositoryStats;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code repository stats}. */
@Command(name = "stats", description = "Tell what the repository holds, and what that takes.")
final class RepositoryStatsCommand extends Operation {
  @Mixin private RepositoryOption repository;

  @Override
  ExitCode run(Session session) throws Exception {
    try (Opened opened = Targets.here(session, repository.path())) {
      RepositoryStats stats;
      try (var watch = new RunWatch(session);
          var monitored = new Monitored(watch)) {
        stats = opened.engine().upkeep().stats(monitored.monitor());
      }
      RepositoryStatsJson document =
          document(
              opened.installation().repository().location(),
              opened.installation().repository().kind(),
              stats);
      session.answer(document, () -> tell(session, document));
      return ExitCode.OK;
    }
  }

  private static RepositoryStatsJson document(String location, String kind, RepositoryStats stats) {
    boolean shares = stats.uniqueBytes() >= 0;
    return new RepositoryStatsJson(
        RepositoryStatsJson.SCHEMA,
        location,
        kind,
        stats.backups(),
        stats.otherSnapshots(),
        stats.files(),
        stats.logicalBytes(),
        shares ? stats.uniqueBytes() : null,
        stats.storedBytes(),
        shares ? ratio(stats.logicalBytes(), stats.uniqueBytes()) : null,
        ratio(
            shares ? stats.uniqueBytes() : stats.logicalBytes(),
            stats.storedBytes() - stats.unusedBytes()),
        stats.packs(),
        stats.indexes(),
        stats.unusedBytes());
  }

  /** To two digits; none where there is nothing to compare. */
  private static @Nullable Double ratio(long bytes, long of) {
    return bytes <= 0 || of <= 0 ? null : Math.round(100.0 * bytes / of) / 100.0;
  }

  private static void tell(Session session, RepositoryStatsJson stats) {
    session.line(SafeText.line(stats.repository()) + " (" + stats.kind() + ")");
    session.line(
        "backups: "
            + stats.backups()
            + (stats.otherSnapshots() == 0
                ? ""
                : ", and " + SnapshotText.others(stats.otherSnapshots())));
    session.line(
        "content: "
            + Formats.count(stats.files(), "file")
            + " with "
            + Formats.size(stats.logicalBytes()));
    if (stats.uniqueBytes() != null) {
      session.line(
          "different: "
              + Formats.size(stats.uniqueBytes())
              + times(stats.deduplication(), "deduplicated"));
    }
    session.line(
        "stored: " + Formats.size(stats.storedBytes()) + times(stats.compression(), "compressed"));
    if (stats.packs() > 0) {
      session.line(
          "in "
              + Formats.count(stats.packs(), "pack")
              + " and "
              + (stats.indexes() == 1 ? "1 index" : stats.indexes() + " indexes")
              + ", unused: "
              + Formats.size(stats.unusedBytes()));
    }
  }

  private static String times(@Nullable Double ratio, String how) {
    return ratio == null ? "" : String.format(Locale.ROOT, ", %s %.2f times", how, ratio);
  }
}
