package io.holdfast.store.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.engine.component.StagedRestore;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.testkit.file.Privileges;
import io.holdfast.testkit.handler.DirectorySink;
import io.holdfast.testkit.handler.TestRestoreContext;
import io.holdfast.testkit.tree.TreeFixture;
import io.holdfast.testkit.tree.TreeSnapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody who is not root can and cannot do. */
class WithoutPrivilegesTest {
  @TempDir Path temporary;
  private Live live;

  @BeforeEach
  void openToAll() throws Exception {
    live = new Live(temporary);
    for (Path path : new Path[] {temporary, temporary.resolve("live")}) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
    }
  }

  @AfterEach
  void clean() throws Exception {
    live.close();
  }

  @Test
  @DisplayName(
      "one's own tree is captured and restored whole, directories that may not be written included")
  void ownTree() throws Exception {
    Privileges.asNobody(() -> {
      TreeFixture.make(live.files, live.root);
      DirectorySink sink = live.capture();
      TreeSnapshot before = live.snapshot();
      live.file("added", "added");
      live.files.setMode(live.at("empty"), 0600);
      TestRestoreContext context = live.restoring();
      StagedRestore staged = live.handler().stage(sink.source(), context);
      staged.commit();
      staged.finish();
      before.assertSame(live.snapshot());
      assertThat(context.warnings()).isEmpty();
      assertThat(live.surroundings().size()).isEqualTo(before.size());
      return null;
    });
  }

  @Test
  @DisplayName("another's tree is restored as one's own, with one warning, and without setuid bits")
  void anothersTree() throws Exception {
    live.file("a", "a").file("b", "b");
    live.files.setMode(live.at("a"), 06755);
    DirectorySink sink = live.capture();
    Privileges.asNobody(() -> {
      var destination = FilePath.of(live.directory("destination"));
      var context =
          new TestRestoreContext(
              Live.RUN, FilePath.of(live.directory("scratch")), destination, r -> {});
      StagedRestore staged = live.handler().stage(sink.source(), context);
      staged.commit();
      staged.finish();
      var a = live.files.find(destination.resolve("a")).orElseThrow();
      assertThat(a.uid()).isEqualTo(Privileges.NOBODY);
      assertThat(a.mode()).isEqualTo(0755);
      assertThat(context.warnings())
          .hasSize(2)
          .anyMatch(w -> w.contains("could not be given to their owners"))
          .anyMatch(w -> w.contains("no setuid or setgid bit"));
      return null;
    });
  }

  @Test
  @DisplayName("what one may not read fails as SOURCE_UNREADABLE")
  void unreadable() throws Exception {
    live.file("secret", "secret");
    live.files.setMode(live.at("secret"), 0600);
    Privileges.asNobody(() -> {
      var failure = catchThrowableOfType(HoldfastException.class, () -> live.capture());
      assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_UNREADABLE);
      assertThat(failure.message()).contains("secret");
      return null;
    });
  }

  @Test
  @Tag("P4")
  @DisplayName("P4: a target beside which one may not write fails as TARGET_UNWRITABLE, untouched")
  void unwritable() throws Exception {
    live.file("a", "a");
    DirectorySink sink = live.capture();
    TreeSnapshot before = live.surroundings();
    Files.setPosixFilePermissions(
        temporary.resolve("live"), PosixFilePermissions.fromString("rwxr-xr-x"));
    Privileges.asNobody(() -> {
      var failure = catchThrowableOfType(HoldfastException.class, () -> live.stage(sink));
      assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_UNWRITABLE);
      assertThat(failure.guidance()).contains("--to");
      return null;
    });
    before.assertSame(live.surroundings());
  }
}
