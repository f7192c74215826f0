package io.holdfast.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.Engine;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.installation.Environment;
import io.holdfast.engine.installation.InstallationReader;
import io.holdfast.engine.installation.Kinds;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.restore.RestoreOutcome;
import io.holdfast.engine.restore.RestoreRequest;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.testkit.tree.TreeSnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A repository of format version 1, as the first release wrote it, stays readable to the byte. Its
 * archive is never made anew; a later format gets one of its own beside it.
 */
class GoldenRepositoryTest {
  @TempDir Path dir;

  @Test
  @Tag("P6")
  @Tag("P11")
  @DisplayName("P6 P11: a repository of format version 1 lists, checks and restores")
  void readsFormatVersionOne() throws Exception {
    unpack("/io/holdfast/testkit/golden/format-1.tar.gz");
    FileLayer files = PosixFileLayer.create();
    Kinds kinds = Kinds.onPath();
    var environment =
        new Environment(files, Clock.systemUTC(), new SplittableRandom(), "test", "test");
    var installation =
        new InstallationReader(kinds, files, Clock.systemUTC())
            .ofRepository(FilePath.of(dir.resolve("repository")));
    try (Engine engine = new Engine(environment, installation, kinds)) {
      assertThat(engine.upkeep().check(true, RunMonitor.silent())).isEmpty();
      List<Manifest> manifests =
          engine.list().stream().map(entry -> ((BackupEntry.Readable) entry).manifest()).toList();
      assertThat(
              manifests.stream()
                  .map(m -> m.runId().sequence() + " " + m.compression() + " " + m.status().word()))
          .containsExactly(
              "4 zstd partial", "3 zstd completed", "2 gzip completed", "1 none completed");
      assertThat(engine.listFailed()).hasSize(1);

      String expected = null;
      for (Manifest manifest : manifests) {
        Path out = dir.resolve("out" + manifest.runId().sequence());
        RestoreOutcome outcome =
            engine.restore(
                new RestoreRequest(
                    manifest.runId(),
                    List.of(
                        new ComponentName("app-db"),
                        new ComponentName("config"),
                        new ComponentName("memory")),
                    Optional.of(FilePath.of(out)),
                    false),
                RunMonitor.silent());
        assertThat(outcome.status()).as("%s", outcome.failure()).isEqualTo(RunStatus.COMPLETED);
        assertThat(rows(out.resolve("app-db/app.db"))).isEqualTo("first0 first19 20");
        String tree =
            TreeSnapshot.of(files, FilePath.of(out.resolve("memory"))).entries().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining("\n"));
        assertThat(tree).contains("notes.txt").contains("fixture");
        assertThat(expected == null || expected.equals(tree))
            .as("all ways of storing give the same tree")
            .isTrue();
        expected = tree;
      }
    }
  }

  private static String rows(Path database) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select (select word from rows where id=1), (select word from rows where id=20), count(*) from rows")) {
      row.next();
      return row.getString(1) + " " + row.getString(2) + " " + row.getInt(3);
    }
  }

  private void unpack(String resource) throws IOException, InterruptedException {
    Path archive = dir.resolve("golden.tar.gz");
    try (InputStream in = GoldenRepositoryTest.class.getResourceAsStream(resource)) {
      assertThat(in).as(resource).isNotNull();
      Files.copy(in, archive);
    }
    Process tar =
        new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", dir.toString())
            .inheritIO()
            .start();
    assertThat(tar.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(tar.exitValue()).isZero();
  }
}
