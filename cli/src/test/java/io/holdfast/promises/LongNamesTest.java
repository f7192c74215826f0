package io.holdfast.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.Engine;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.restore.RestoreOutcome;
import io.holdfast.engine.restore.RestoreRequest;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Targets whose names leave no room for anything to be added to them. */
class LongNamesTest {
  private static final String TREE = "t".repeat(255);

  /** As long as SQLite allows beside its {@code -journal}. */
  private static final String DATABASE = "d".repeat(244) + ".db";

  @TempDir Path dir;

  @Test
  @Tag("P4")
  @DisplayName("P4: targets with the longest names are restored, and rolled back without a trace")
  void areRestoredAndRolledBack() throws Exception {
    Platform platform = Platform.create(dir.resolve("platform"));
    Path live = platform.root().resolve("live");
    Files.move(live.resolve("memory"), live.resolve(TREE));
    Files.move(live.resolve("app.db"), live.resolve(DATABASE));
    String all = platform.configuration();
    String configuration =
        all.substring(0, all.indexOf("components:"))
            + """
            components:
              database: {kind: sqlite, path: live/%s}
              tree: {kind: directory, path: live/%s}
            """
                .formatted(DATABASE, TREE);
    try (Engine engine = platform.open(PosixFileLayer.create(), configuration)) {
      RunId backup = Platform.backup(engine, Compression.ZSTD).manifest().runId();
      Files.writeString(live.resolve(TREE).resolve("notes.txt"), "changed");
      assertThat(restore(engine, backup, true)).isEqualTo(RunStatus.COMPLETED);
      assertThat(live.resolve(TREE).resolve("notes.txt")).hasContent("changed");
      assertThat(platform.rubbish()).isEmpty();
      FileTrees.deleteTree(PosixFileLayer.create(), FilePath.of(live.resolve(DATABASE)));
      assertThat(restore(engine, backup, false)).isEqualTo(RunStatus.COMPLETED);
      assertThat(live.resolve(TREE).resolve("notes.txt")).hasContent("notes of first");
      assertThat(live.resolve(DATABASE)).isNotEmptyFile();
      assertThat(platform.rubbish()).isEmpty();
    }
  }

  private static RunStatus restore(Engine engine, RunId backup, boolean dryRun) {
    RestoreOutcome outcome =
        engine.restore(
            new RestoreRequest(backup, List.of(), Optional.empty(), dryRun), RunMonitor.silent());
    assertThat(outcome.failure()).isEmpty();
    return outcome.status();
  }
}
