package io.holdfast.testkit.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.BytesContent;
import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.file.FileType;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.repository.Repository.BackupStart;
import io.holdfast.engine.repository.directory.DirectoryRepository;
import io.holdfast.engine.run.BackupId;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.engine.run.Trigger;
import io.holdfast.testkit.tree.TreeFixture;
import io.holdfast.testkit.tree.TreeSnapshot;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code tar}, {@code zstd}, {@code gzip}, {@code sha256sum} and {@code cp} judge what is stored.
 */
@Tag("P11")
@DisplayName("P11: a backup is usable without Holdfast")
class PlainToolsTest {
  private static final ComponentName ALPHA = new ComponentName("alpha");
  private static final RunId RUN = RunId.of(TestManifests.START, 1);

  private final FileLayer files = PosixFileLayer.create();

  @TempDir Path temporary;

  private FilePath room() {
    return FilePath.of(temporary);
  }

  @AfterEach
  void clear() throws IOException {
    // The fixture has modes and names that the JDK cannot delete.
    for (byte[] name : files.list(room())) {
      FileTrees.deleteTree(files, room().resolve(name));
    }
  }

  /** Publishes the hard tree and two files, and answers where the backup lies. */
  private Path backup(Compression compression) throws IOException {
    TreeFixture.make(files, room().resolve("live"));
    var repository =
        new DirectoryRepository(files, RepositoryContract.CLOCK, room().resolve("repository"), 3);
    repository.create();
    var start = new BackupStart(RUN, new BackupId("0123456789ab"), Trigger.MANUAL, compression);
    try (var writer = repository.begin(start)) {
      List<Artifact> artifacts;
      try (var component = writer.component(ALPHA, new Cancellation(), b -> {})) {
        component.sink().file("one.db", new BytesContent(RepositoryContract.noise(1, 9_000_000)));
        try (var tree = component.sink().tree("files")) {
          LiveTree.capture(files, room().resolve("live"), tree);
          tree.finish();
        }
        component.sink().file("two.db", new BytesContent(new byte[0]));
        artifacts = component.artifacts();
      }
      writer.verify(new Cancellation(), b -> {});
      writer.publish(TestManifests.of(start, RunStatus.COMPLETED, Map.of(ALPHA, artifacts)));
    }
    return temporary
        .resolve("repository/completed")
        .resolve(
            RUN
                + "_manual"
                + switch (compression) {
                  case NONE -> "";
                  case GZIP -> ".tar.gz";
                  case ZSTD -> ".tar.zst";
                });
  }

  private TreeSnapshot snapshot(String name, Predicate<TreePath> filter) throws IOException {
    return TreeSnapshot.of(files, room().resolve(name), filter);
  }

  private static final String TAR =
      "tar --warning=no-timestamp --xattrs --xattrs-include='*' -xp -C out -f ";

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  @DisplayName("tar restores an archive, and sha256sum verifies it")
  void archives(Compression compression) throws Exception {
    Path archive = backup(compression);
    Files.createDirectory(temporary.resolve("out"));
    String tool = compression == Compression.ZSTD ? "zstd" : "gzip";
    assertThat(run(tool + " -q -t < " + archive)).isEmpty();
    assertThat(run(TAR + archive)).as("tar has nothing to remark").isEmpty();
    requireSame();
    assertThat(run(tool + " -dc < " + archive + " | tar -t -f -"))
        .contains("alpha/one.db", "alpha/files.tree", "manifest.json", "SHA256SUMS");
  }

  @Test
  @DisplayName("cp restores a plain backup, and sha256sum verifies it")
  void plain() throws Exception {
    Path backup = backup(Compression.NONE);
    run("cp -a " + backup + " out");
    // The owner may read and write every copy; what it was else stands in the listing.
    run("find live -type f -exec chmod u+rw {} + ; find live -type d -exec chmod u+rwx {} +");
    requireSame();
  }

  private void requireSame() throws Exception {
    assertThat(run("cd out && sha256sum --strict -c manifest.json.sha256"))
        .isEqualTo("manifest.json: OK\n");
    String checked = run("cd out && sha256sum --strict -c SHA256SUMS");
    assertThat(checked).contains("alpha/one.db: OK", "alpha/files.tree: OK", "alpha/two.db: OK");
    assertThat(checked.lines()).allMatch(line -> line.endsWith(": OK"));
    // Every regular file but the backup's own three, further names of hard-linked files aside.
    long inodes = run("cd out && find alpha -type f -printf '%i\\n' | sort -u").lines().count();
    assertThat(run("cd out && wc -l < SHA256SUMS").strip()).isEqualTo(Long.toString(inodes));

    TreeSnapshot live = snapshot("live", path -> !isSocket("live", path));
    TreeSnapshot restored = snapshot("out/alpha/files", path -> !isSocket("out/alpha/files", path));
    live.assertSame(restored);
  }

  /** Tar knows no sockets. */
  private boolean isSocket(String root, TreePath path) {
    try {
      return files
          .find(path.under(room().resolve(root)))
          .filter(stat -> stat.type() == FileType.SOCKET)
          .isPresent();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private String run(String command) throws Exception {
    var builder = new ProcessBuilder(List.of("sh", "-c", command));
    builder.directory(temporary.toFile());
    builder.redirectErrorStream(true);
    builder.redirectInput(new File("/dev/null"));
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertThat(process.waitFor()).as(command + "\n" + output).isZero();
    return output;
  }
}
