package io.holdfast.testkit.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactSource;
import io.holdfast.engine.artifact.BytesContent;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.repository.BackupReader;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.repository.Repository.BackupStart;
import io.holdfast.engine.repository.directory.DirectoryRepository;
import io.holdfast.engine.run.BackupId;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.engine.run.Trigger;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Flips bits, cuts files short and removes them, everywhere in a small backup. */
@Tag("P5")
class DamageTest {
  private static final ComponentName ALPHA = new ComponentName("alpha");
  private static final BackupStart START_PLAIN = start(Compression.NONE);
  private static final int BITS = Boolean.getBoolean("holdfast.campaign") ? 8 : 1;

  private final FileLayer files = PosixFileLayer.create();

  @TempDir Path temporary;

  private static BackupStart start(Compression compression) {
    return new BackupStart(
        RunId.of(TestManifests.START, 1),
        new BackupId("0123456789ab"),
        Trigger.MANUAL,
        compression);
  }

  private FilePath room() {
    return FilePath.of(temporary);
  }

  private Repository repository() {
    return new DirectoryRepository(
        files, RepositoryContract.CLOCK, room().resolve("repository"), 3);
  }

  /** A small backup of everything; answers where it lies. */
  private Path backup(Compression compression) throws Exception {
    Path live =
        Files.createDirectories(temporary.resolve("live/sub/empty")).getParent().getParent();
    Files.write(live.resolve("text"), RepositoryContract.bytes("some text, and some more of it"));
    Files.write(live.resolve("nothing"), new byte[0]);
    Files.write(live.resolve("sub/noise"), RepositoryContract.noise(1, 100));
    Files.createLink(live.resolve("z-link"), live.resolve("text"));
    Files.createSymbolicLink(live.resolve("symlink"), Path.of("text"));
    try (var sparse = new RandomAccessFile(live.resolve("sparse").toFile(), "rw")) {
      sparse.setLength(40_000);
      sparse.seek(20_000);
      sparse.write(1);
    }
    Repository repository = repository();
    repository.create();
    BackupStart start = start(compression);
    try (var writer = repository.begin(start)) {
      List<Artifact> artifacts;
      try (var component = writer.component(ALPHA, new Cancellation(), b -> {})) {
        component.sink().file("data", new BytesContent(RepositoryContract.noise(2, 150)));
        try (var tree = component.sink().tree("files")) {
          LiveTree.capture(files, FilePath.of(live), tree);
          tree.finish();
        }
        artifacts = component.artifacts();
      }
      writer.verify(new Cancellation(), b -> {});
      writer.publish(TestManifests.of(start, RunStatus.COMPLETED, Map.of(ALPHA, artifacts)));
    }
    try (Stream<Path> found = Files.list(temporary.resolve("repository/completed"))) {
      return found.findFirst().orElseThrow();
    }
  }

  /** What verification finds: problems, or an error that says damage. */
  private List<String> complaints() throws IOException {
    try (BackupReader reader = repository().open(START_PLAIN.run())) {
      return reader.verify(List.of(ALPHA), new Cancellation(), b -> {}).stream()
          .map(problem -> problem.subject() + ": " + problem.message())
          .toList();
    } catch (HoldfastException failure) {
      assertThat(failure.code().kind())
          .as(failure.toString())
          .isIn(ErrorCode.Kind.CORRUPT, ErrorCode.Kind.NOT_FOUND);
      return List.of(failure.message());
    }
  }

  /** Everything that a restore would get, as far as it gets. */
  private List<String> restored() throws IOException {
    var seen = new ArrayList<String>();
    try (BackupReader reader = repository().open(START_PLAIN.run())) {
      ArtifactSource source = reader.artifacts(ALPHA, new Cancellation(), b -> {});
      seen.add("data " + digest(source.file("data")));
      source.tree(
          "files",
          new ArtifactSource.TreeVisitor() {
            @Override
            public void entry(TreeEntry entry) {
              seen.add(
                  entry instanceof TreeEntry.Symlink link
                      ? link.path() + " -> " + FilePath.display(link.target())
                      : entry.toString());
            }

            @Override
            public void file(TreeEntry.RegularFile entry, Content content) throws IOException {
              seen.add(entry + " " + digest(content));
            }
          });
      seen.add("all");
    } catch (HoldfastException damage) {
      assertThat(damage.code().kind())
          .as(damage.toString())
          .isIn(ErrorCode.Kind.CORRUPT, ErrorCode.Kind.NOT_FOUND);
    }
    return seen;
  }

  private static int digest(Content content) throws IOException {
    return java.util.Arrays.hashCode(RepositoryContract.read(content));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("P5: a flipped bit anywhere is detected, and nothing wrong is handed out")
  void everyByte(Compression compression) throws Exception {
    Path backup = backup(compression);
    List<String> intact = restored();
    assertThat(intact).last().isEqualTo("all");
    assertThat(complaints()).isEmpty();
    var random = new Random(42);
    for (Path file : regularFiles(backup)) {
      long size = Files.size(file);
      for (long at = 0; at < size; at++) {
        int first = random.nextInt(8);
        for (int bit = 0; bit < BITS; bit++) {
          String where = file.getFileName() + " byte " + at + " bit " + (first + bit) % 8;
          flip(file, at, 1 << (first + bit) % 8);
          assertThat(complaints()).as(where).isNotEmpty();
          assertPrefix(restored(), intact, where);
          flip(file, at, 1 << (first + bit) % 8);
        }
      }
    }
    assertThat(complaints()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("P5: a file that is cut off anywhere, or has more than it should, is detected")
  void everyLength(Compression compression) throws Exception {
    Path backup = backup(compression);
    List<String> intact = restored();
    for (Path file : regularFiles(backup)) {
      byte[] whole = Files.readAllBytes(file);
      for (int length = 0; length < whole.length; length++) {
        Files.write(file, java.util.Arrays.copyOf(whole, length));
        String where = file.getFileName() + " cut to " + length;
        assertThat(complaints()).as(where).isNotEmpty();
        assertPrefix(restored(), intact, where);
      }
      Files.write(file, java.util.Arrays.copyOf(whole, whole.length + 1));
      assertThat(complaints()).as(file + " with one byte more").isNotEmpty();
      Files.write(file, whole);
    }
    assertThat(complaints()).isEmpty();
  }

  @Test
  @DisplayName("P5: what is missing, added or replaced in a plain backup is detected")
  void everyFile() throws Exception {
    Path backup = backup(Compression.NONE);
    List<Path> all;
    try (Stream<Path> walk = Files.walk(backup)) {
      all = walk.filter(path -> !path.equals(backup)).toList();
    }
    Path aside = temporary.resolve("aside");
    for (Path path : all) {
      Files.move(path, aside);
      assertThat(complaints()).as(path + " is missing").isNotEmpty();
      Files.createSymbolicLink(path, aside);
      assertThat(complaints()).as(path + " is a symlink to what it was").isNotEmpty();
      Files.delete(path);
      Files.move(aside, path);
    }
    for (String extra : List.of("extra", "alpha/extra", "alpha/files/extra", "alpha/files/sub/x")) {
      Files.createFile(backup.resolve(extra));
      assertThat(complaints()).as(extra).isNotEmpty();
      Files.delete(backup.resolve(extra));
      Files.createDirectory(backup.resolve(extra));
      assertThat(complaints()).as(extra).isNotEmpty();
      Files.delete(backup.resolve(extra));
    }
    assertThat(complaints()).isEmpty();
  }

  /** A restore may get the first of what there is, and then an error; never anything else. */
  private static void assertPrefix(List<String> restored, List<String> intact, String where) {
    assertThat(restored.size()).as(where).isLessThanOrEqualTo(intact.size());
    assertThat(restored).as(where).isEqualTo(intact.subList(0, restored.size()));
  }

  private static List<Path> regularFiles(Path backup) throws IOException {
    try (Stream<Path> walk = Files.walk(backup)) {
      return walk.filter(path -> Files.isRegularFile(path, java.nio.file.LinkOption.NOFOLLOW_LINKS))
          .filter(path -> !path.getFileName().toString().equals("sparse"))
          .toList();
    }
  }

  private static void flip(Path file, long at, int bit) throws IOException {
    try (var open = new RandomAccessFile(file.toFile(), "rw")) {
      open.seek(at);
      int old = open.read();
      open.seek(at);
      open.write(old ^ bit);
    }
  }
}
