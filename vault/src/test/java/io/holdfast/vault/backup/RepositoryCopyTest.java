package io.holdfast.vault.backup;

import static io.holdfast.vault.backup.Copying.ALPHA;
import static io.holdfast.vault.backup.Copying.start;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.artifact.BytesContent;
import io.holdfast.engine.artifact.CheckResult;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.copy.CopyOutcome;
import io.holdfast.engine.copy.CopyOutcome.Result;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.event.RunEvent;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunPhase;
import io.holdfast.testkit.repository.LiveTree;
import io.holdfast.testkit.tree.TreeFixture;
import io.holdfast.testkit.tree.TreeSnapshot;
import io.holdfast.vault.backup.Copying.Filling;
import io.holdfast.vault.backup.Copying.Kind;
import io.holdfast.vault.restic.ResticProgram;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Copies of backups between repositories. */
class RepositoryCopyTest {
  private static final ComponentName BETA = new ComponentName("beta");

  @TempDir Path temporary;

  private final FileLayer files = PosixFileLayer.create();

  private FilePath room() {
    return FilePath.of(temporary);
  }

  private Repository repository(Kind kind, String name) throws IOException {
    Repository repository = kind.at(files, room().resolve(name));
    repository.create();
    repository.prepare();
    return repository;
  }

  private static Map<ComponentName, Filling> simple(String text) {
    return Map.of(ALPHA, sink -> sink.file("data", new BytesContent(text.getBytes(UTF_8))));
  }

  private static CopyOutcome copy(Repository source, Repository target, RunId... runs) {
    return Copying.copy(source, target, List.of(runs), RunMonitor.silent());
  }

  private static List<Result> results(CopyOutcome outcome) {
    return outcome.backups().stream().map(CopyOutcome.Backup::result).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "DIRECTORY, NONE, VAULT",
    "DIRECTORY, ZSTD, VAULT",
    "DIRECTORY, GZIP, DIRECTORY",
    "VAULT, ZSTD, DIRECTORY",
    "VAULT, NONE, DIRECTORY",
    "VAULT, ZSTD, VAULT"
  })
  @DisplayName("a copy has the same manifest to the byte, and all hard cases of trees")
  void everything(Kind from, Compression compression, Kind to) throws Exception {
    FilePath live = room().resolve("live");
    TreeFixture.make(files, live);
    var start = start(1, compression);
    try (Repository source = repository(from, "source");
        Repository target = repository(to, "target")) {
      Copying.publish(
          source,
          start,
          Map.of(
              ALPHA,
              sink -> {
                try (var tree = sink.tree("tree")) {
                  LiveTree.capture(files, live, tree);
                  tree.finish();
                }
                sink.checked("tree", CheckResult.passed("tree_reads", "all of it"));
              },
              BETA,
              sink -> {
                sink.file("large", new BytesContent(Copying.noise(3, 9 << 20)));
                sink.file("empty", new BytesContent(new byte[0]));
              }));

      assertThat(copy(source, target, start.run()).isComplete()).isTrue();

      assertThat(Copying.manifest(target, start.run()))
          .isEqualTo(Copying.manifest(source, start.run()));
      assertThat(Copying.problems(target, start.run())).isEmpty();
      assertThat(target.checkStructure(new Cancellation())).isEmpty();
      FilePath restored = room().resolve("restored");
      Copying.rebuild(target, start.run(), "tree", files, restored);
      assertThat(TreeSnapshot.of(files, live).differences(TreeSnapshot.of(files, restored)))
          .isEmpty();
    }
    if (to == Kind.VAULT) {
      resticAgrees(live);
    }
  }

  private void resticAgrees(FilePath live) throws Exception {
    Path own = Files.createDirectory(temporary.resolve("restic"));
    Files.createSymbolicLink(own.resolve("repository"), temporary.resolve("target"));
    var restic = new ResticProgram(own, ("of " + temporary.resolve("target")).getBytes(UTF_8));
    ResticProgram.assumeInstalled();
    restic.run("check", "--read-data");
    restic.run("restore", "latest", "--target", own.resolve("restored").toString());
    FilePath restored = FilePath.of(own.resolve("restored/alpha/tree"));
    // Names of one file are one file again: the copy has told them apart from others.
    assertThat(
            TreeSnapshot.of(files, live, path -> isForRestic(path.toString()))
                .differences(
                    TreeSnapshot.of(files, restored, path -> isForRestic(path.toString()))))
        .isEmpty();
  }

  private static boolean isForRestic(String path) {
    return !path.startsWith("sparse/") && !path.equals("links/not-text");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @DisplayName("what the target has is passed over, and what it lacks is copied")
  void idempotent(Kind to) throws Exception {
    try (Repository source = repository(Kind.DIRECTORY, "source");
        Repository target = repository(to, "target")) {
      RunId one = start(1, Compression.NONE).run();
      RunId two = start(2, Compression.ZSTD).run();
      Copying.publish(source, start(1, Compression.NONE), simple("one"));
      assertThat(results(copy(source, target, one))).containsExactly(Result.COPIED);
      Copying.publish(source, start(2, Compression.ZSTD), simple("two"));

      assertThat(results(copy(source, target, two, one)))
          .containsExactly(Result.PRESENT, Result.COPIED);
      assertThat(results(copy(source, target, one, two)))
          .containsExactly(Result.PRESENT, Result.PRESENT);
      assertThat(target.list().stream().map(BackupEntry::runId)).containsExactly(two, one);
      assertThat(target.highestSequence()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @DisplayName("another backup of the same run is neither overwritten nor taken for the same")
  void sameRunOfAnother(Kind to) throws Exception {
    try (Repository source = repository(Kind.DIRECTORY, "source");
        Repository target = repository(to, "target")) {
      var mine = start(1, Compression.NONE);
      var other =
          new Repository.BackupStart(
              mine.run(),
              new io.holdfast.engine.run.BackupId("ffffffffffff"),
              mine.trigger(),
              Compression.NONE);
      Copying.publish(source, mine, simple("mine"));
      Copying.publish(source, start(2, Compression.NONE), simple("next"));
      Copying.publish(target, other, simple("other"));

      CopyOutcome outcome = copy(source, target, mine.run(), start(2, Compression.NONE).run());

      assertThat(results(outcome)).containsExactly(Result.FAILED, Result.COPIED);
      assertThat(outcome.backups().getFirst().failure().orElseThrow().code())
          .isEqualTo(ErrorCode.NAME_TAKEN);
      assertThat(Copying.manifest(target, mine.run())).contains("ffffffffffff");
    }
  }

  @ParameterizedTest
  @CsvSource({"DIRECTORY, VAULT", "VAULT, DIRECTORY"})
  @Tag("P5")
  @Tag("P2")
  @DisplayName(
      "P2 P5: what is damaged in the source is not completed in the target; the next one is")
  void damaged(Kind from, Kind to) throws Exception {
    try (Repository source = repository(from, "source");
        Repository target = repository(to, "target")) {
      Copying.publish(
          source,
          start(1, Compression.NONE),
          Map.of(ALPHA, sink -> sink.file("data", new BytesContent(Copying.noise(1, 1 << 20)))));
      flip(largest(temporary.resolve("source")));
      Copying.publish(source, start(2, Compression.NONE), simple("sound"));

      CopyOutcome outcome =
          copy(source, target, start(1, Compression.NONE).run(), start(2, Compression.NONE).run());

      assertThat(results(outcome)).containsExactly(Result.FAILED, Result.COPIED);
      assertThat(outcome.backups().getFirst().failure().orElseThrow().code())
          .isEqualTo(ErrorCode.ARTIFACT_CORRUPT);
      assertThat(target.list()).hasSize(1);
      assertThat(target.listFailed()).isEmpty();
      assertThat(target.hasRunsUnderWay()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Tag("P9")
  @DisplayName("P9: a cancelled copy leaves what it had copied and nothing of the rest")
  void cancelled(Kind to) throws Exception {
    try (Repository source = repository(Kind.DIRECTORY, "source");
        Repository target = repository(to, "target")) {
      Copying.publish(source, start(1, Compression.NONE), simple("one"));
      Copying.publish(source, start(2, Compression.NONE), simple("two"));
      List<RunId> runs =
          List.of(start(1, Compression.NONE).run(), start(2, Compression.NONE).run());
      var monitor = new RunMonitor[1];
      var verified = new int[1];
      monitor[0] =
          new RunMonitor(event -> {
            if (event instanceof RunEvent.PhaseStarted(var phase)
                && phase == RunPhase.VERIFY
                && ++verified[0] == 2) {
              monitor[0].cancellation().cancel(Cancellation.Reason.CANCELLED);
            }
          });

      CopyOutcome outcome = Copying.copy(source, target, runs, monitor[0]);

      assertThat(outcome.failure().orElseThrow().code()).isEqualTo(ErrorCode.CANCELLED);
      assertThat(results(outcome)).containsExactly(Result.COPIED, Result.FAILED);
      assertThat(target.list().stream().map(BackupEntry::runId)).containsExactly(runs.getFirst());
      assertThat(target.listFailed()).isEmpty();
      assertThat(target.hasRunsUnderWay()).isFalse();
    }
  }

  @Test
  @DisplayName("a backup that is gone is told of, and the others are copied")
  void gone() throws Exception {
    try (Repository source = repository(Kind.DIRECTORY, "source");
        Repository target = repository(Kind.VAULT, "target")) {
      Copying.publish(source, start(2, Compression.NONE), simple("two"));

      CopyOutcome outcome =
          copy(source, target, start(1, Compression.NONE).run(), start(2, Compression.NONE).run());

      assertThat(results(outcome)).containsExactly(Result.FAILED, Result.COPIED);
      assertThat(outcome.backups().getFirst().failure().orElseThrow().code())
          .isEqualTo(ErrorCode.BACKUP_NOT_FOUND);
    }
  }

  private static Path largest(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile)
          .max(Comparator.comparing(path -> path.toFile().length()))
          .orElseThrow();
    }
  }

  private static void flip(Path file) throws IOException {
    assertThat(file.toFile().setWritable(true)).isTrue();
    try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(bytes.length() / 2);
      int old = bytes.read();
      bytes.seek(bytes.length() / 2);
      bytes.write(old ^ 1);
    }
  }
}
