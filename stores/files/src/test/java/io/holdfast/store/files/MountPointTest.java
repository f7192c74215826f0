package io.holdfast.store.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.engine.component.Finding;
import io.holdfast.engine.component.StagedRestore;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTime;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.restore.FileSwaps;
import io.holdfast.testkit.handler.DirectorySink;
import io.holdfast.testkit.handler.TestCaptureContext;
import io.holdfast.testkit.handler.TestRestoreContext;
import io.holdfast.testkit.tree.TreeFixture;
import io.holdfast.testkit.tree.TreeSnapshot;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mount point can be neither renamed nor removed; a restore leaves it where it is. */
class MountPointTest {
  @TempDir Path temporary;
  private Live live;

  @BeforeEach
  void makeLive() throws Exception {
    live = new Live(temporary).directories("");
  }

  @AfterEach
  void clean() throws Exception {
    live.close();
  }

  private void fill() throws Exception {
    live.file("a", "a").file("sub/b", "b").file("sub/more/c", "c");
    live.files.setMode(live.root, 0750);
    live.files.setModified(live.root, new FileTime(1_200_000_000, 12));
  }

  private void spoil() throws Exception {
    FileTrees.deleteTree(live.files, live.at("sub"));
    live.file("added", "added").file("a2/x", "x");
    live.files.setMode(live.root, 0700);
  }

  @Test
  @DisplayName("what is mounted in a tree that is removed is not entered")
  void isNeverEmptied() throws Exception {
    live.file("tree/a", "a").file("tree/disk/none", "");
    FileTrees.deleteTree(live.files, live.at("tree/disk/none"));
    try (var mount = new TestMount(live.at("tree/disk"), "1m")) {
      live.file("tree/disk/precious", "precious");
      assertThat(catchThrowable(() -> FileTrees.deleteTree(live.files, live.at("tree"))))
          .hasMessageContaining("tree/disk")
          .hasMessageContaining("unmount");
      assertThat(live.read("tree/disk/precious")).isEqualTo("precious");
    }
    FileTrees.deleteTree(live.files, live.at("tree"));
    assertThat(live.exists("tree")).isFalse();
  }

  @Test
  @DisplayName("what is in a mount point is restored name by name, with the root's own metadata")
  void targetIsAMountPoint() throws Exception {
    try (var mount = new TestMount(live.root, "16m")) {
      fill();
      DirectorySink sink = live.capture();
      TreeSnapshot before = live.snapshot();
      spoil();
      live.restore(sink);
      before.assertSame(live.snapshot());
      assertThat(live.handler().inspect()).noneMatch(f -> f.severity() == Finding.Severity.ERROR);
    }
  }

  @Test
  @Tag("P4")
  @DisplayName(
      "P4: a restore into a mount point rolls back at every rename, and after a crash there")
  void rollBackInAMountPoint() throws Exception {
    try (var mount = new TestMount(live.root, "16m")) {
      fill();
      DirectorySink sink = live.capture();
      spoil();
      live.files.setModified(live.root, new FileTime(1_300_000_000, 13));
      TreeSnapshot before = live.snapshot();
      for (int k = 1; ; k++) {
        var failing = new RenameFailure(live.files);
        TestRestoreContext context = live.restoring();
        StagedRestore staged = live.handler(failing).stage(sink.source(), context);
        var observed = new FileSwaps(live.files, context.records().getLast()).observe();
        failing.failAt(k);
        Throwable failure = catchThrowable(staged::commit);
        if (k % 2 == 0) {
          failing.failAt(0);
          staged.rollBack();
        } else {
          new FileSwaps(live.files, context.records().getLast(), observed).rollBack();
          live.handler().recover(context.records().getLast(), live.restoring());
        }
        before.assertSame(live.snapshot());
        if (failure == null) {
          assertThat(k).isGreaterThan(5);
          return;
        }
      }
    }
  }

  @Test
  @Tag("P8")
  @DisplayName("P8: a full target fails as TARGET_FULL, and all that was staged is removed")
  void targetIsFull() throws Exception {
    fill();
    TreeFixture.write(live.files, live.at("large"), new byte[3 << 20]);
    DirectorySink sink = live.capture();
    FileTrees.deleteTree(live.files, live.root);
    live.directories("");
    try (var mount = new TestMount(live.root, "2m")) {
      live.file("precious", "precious");
      TreeSnapshot before = live.snapshot();
      for (var source :
          new io.holdfast.engine.artifact.ArtifactSource[] {
            sink.source(), sink.source().streaming()
          }) {
        var failure =
            catchThrowableOfType(
                HoldfastException.class, () -> live.handler().stage(source, live.restoring()));
        assertThat(failure).isNotNull();
        assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_FULL);
        before.assertSame(live.snapshot());
      }
    }
  }

  @Test
  @DisplayName(
      "one_file_system leaves a nested mount out, with a warning, and a restore leaves it mounted")
  void nestedMountLeftOut() throws Exception {
    fill();
    live.directories("sub/volume").with("one_file_system", "true");
    try (var mount = new TestMount(live.at("sub/volume"), "1m")) {
      live.file("sub/volume/own", "own");
      var context = new TestCaptureContext();
      DirectorySink sink = live.capture(live.handler(), context);
      assertThat(context.warnings()).singleElement().asString().contains("sub/volume");
      assertThat(sink.entries("files").stream().map(e -> e.path().toString()))
          .contains("sub/volume")
          .doesNotContain("sub/volume/own");
      TreeSnapshot before = live.snapshot();
      live.files.delete(live.at("sub/b"));
      live.file("sub/added", "added");
      live.restore(sink);
      assertThat(before.differences(live.snapshot()))
          .allMatch(d -> d.contains(" sub\n") || d.contains(" .\n"));
      assertThat(live.read("sub/volume/own")).isEqualTo("own");
      assertThat(live.read("sub/b")).isEqualTo("b");
      assertThat(live.exists("sub/added")).isFalse();
    }
  }

  @Test
  @DisplayName(
      "without one_file_system a nested mount is backed up, and a restore over it is refused")
  void nestedMountTaken() throws Exception {
    fill();
    live.directories("sub/volume");
    try (var mount = new TestMount(live.at("sub/volume"), "1m")) {
      live.file("sub/volume/own", "own");
      DirectorySink sink = live.capture();
      assertThat(sink.entries("files").stream().map(e -> e.path().toString()))
          .contains("sub/volume/own");
      TreeSnapshot before = live.surroundings();
      var failure = catchThrowableOfType(HoldfastException.class, () -> live.stage(sink));
      assertThat(failure).isNotNull();
      assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_UNSUITABLE);
      assertThat(failure.guidance()).contains("--to");
      before.assertSame(live.surroundings());
      assertThat(live.handler().inspect()).anyMatch(f -> f.severity() == Finding.Severity.WARNING);
    }
  }

  @Test
  @DisplayName("an excluded mount survives a restore where it is mounted")
  void excludedMount() throws Exception {
    fill();
    live.directories("sub/volume").with("exclude", "/sub/volume");
    try (var mount = new TestMount(live.at("sub/volume"), "1m")) {
      live.file("sub/volume/own", "own");
      DirectorySink sink = live.capture();
      live.files.delete(live.at("sub/b"));
      live.restore(sink);
      assertThat(live.read("sub/volume/own")).isEqualTo("own");
      assertThat(live.read("sub/b")).isEqualTo("b");
    }
  }

  @Test
  void parsesTheKernelsTable() {
    MountPoints mounts =
        MountPoints.parse(
            """
            21 1 254:0 / / rw,relatime - ext4 /dev/vda rw
            30 21 0:25 / /mnt/with\\040space rw - tmpfs tmpfs rw
            31 21 0:26 / /mnt/a-b rw - tmpfs tmpfs rw
            32 21 0:27 / /mnt/a/b rw - tmpfs tmpfs rw
            """);
    assertThat(mounts.isMountPoint(FilePath.of("/mnt/with space"))).isTrue();
    assertThat(mounts.isMountPoint(FilePath.of("/mnt/with"))).isFalse();
    assertThat(mounts.anyBelow(FilePath.of("/"))).isTrue();
    assertThat(mounts.anyBelow(FilePath.of("/mnt"))).isTrue();
    assertThat(mounts.anyBelow(FilePath.of("/mnt/a"))).isTrue();
    assertThat(mounts.anyBelow(FilePath.of("/mnt/a-b"))).isFalse();
    assertThat(mounts.anyBelow(FilePath.of("/mnt/a-"))).isFalse();
    assertThat(mounts.anyBelow(FilePath.of("/mnt/a/b"))).isFalse();
  }
}
