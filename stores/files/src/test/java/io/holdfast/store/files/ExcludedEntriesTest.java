package io.holdfast.store.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.component.Change;
import io.holdfast.engine.component.StagedRestore;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileTime;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.file.FileType;
import io.holdfast.engine.restore.FileSwaps;
import io.holdfast.testkit.handler.DirectorySink;
import io.holdfast.testkit.handler.TestRestoreContext;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is no part of the component stays out of the backup, and survives a restore. */
class ExcludedEntriesTest {
  @TempDir Path temporary;
  private Live live;

  @BeforeEach
  void makeTree() throws Exception {
    live = new Live(temporary).with("exclude", "cache/", "*.tmp", "/sub/own");
    live.file("a", "a").file("sub/b", "b").file("cache/c1", "c").file("sub/x.tmp", "x");
    live.file("sub/own/database", "of another component").file("deep/er/cache/c2", "c");
    live.files.setModified(live.at("sub"), new FileTime(1_111_111_111, 11));
    live.files.setModified(live.root, new FileTime(1_222_222_222, 22));
  }

  @AfterEach
  void clean() throws Exception {
    live.close();
  }

  @Test
  void areNotInTheBackup() throws Exception {
    assertThat(live.capture().entries("files").stream().map(e -> e.path().toString()))
        .containsExactly(".", "a", "deep", "deep/er", "sub", "sub/b");
  }

  @Test
  @DisplayName("survive a restore as they are, with the restored times of their directories")
  void survive() throws Exception {
    DirectorySink sink = live.capture();
    var before = live.snapshot();
    live.files.delete(live.at("a"));
    live.file("sub/more", "to be removed");
    live.files.setMode(live.at("sub"), 0700);
    live.restore(sink);
    before.assertSame(live.snapshot());
    assertThat(live.surroundings().size()).isEqualTo(before.size());
  }

  @Test
  @DisplayName("survive with the directories that lead to them, where the backup holds none")
  void surviveInDirectoriesThatTheBackupLacks() throws Exception {
    DirectorySink sink = live.capture();
    live.file("new/inner/keep.tmp", "kept").file("new/inner/gone", "removed");
    live.files.setMode(live.at("new/inner"), 0711);
    live.files.setModified(live.at("new/inner"), new FileTime(1_333_333_333, 33));
    live.restore(sink);
    assertThat(live.read("new/inner/keep.tmp")).isEqualTo("kept");
    assertThat(live.exists("new/inner/gone")).isFalse();
    var inner = live.files.find(live.at("new/inner")).orElseThrow();
    assertThat(inner.mode()).isEqualTo(0711);
    assertThat(inner.modified()).isEqualTo(new FileTime(1_333_333_333, 33));
  }

  @Test
  @Tag("P4")
  @DisplayName("P4: stop a restore if they appear between staging and commit, and stay")
  void appearWhileTheRestoreIsPrepared() throws Exception {
    DirectorySink sink = live.capture();
    StagedRestore staged = live.handler().stage(sink.source(), live.restoring());
    live.file("cache/c2", "in a directory that moves along as it is");
    live.file("sub/late.tmp", "late");
    assertThatThrownBy(staged::commit)
        .isInstanceOfSatisfying(
            HoldfastException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_UNSUITABLE))
        .hasMessageContaining("sub/late.tmp");
    staged.rollBack();
    assertThat(live.read("sub/late.tmp")).isEqualTo("late");
    live.restore(sink);
    assertThat(live.read("sub/late.tmp")).isEqualTo("late");
    assertThat(live.read("cache/c2")).startsWith("in a directory");
  }

  @Test
  @DisplayName("sockets are left out with a note, and survive too")
  void socketsSurvive() throws Exception {
    live.files.createSpecial(live.at("sub/app.sock"), FileType.SOCKET, 0600, 0);
    var context = new io.holdfast.testkit.handler.TestCaptureContext();
    DirectorySink sink = live.capture(live.handler(), context);
    assertThat(context.warnings()).singleElement().asString().contains("sub/app.sock is a socket");
    live.restore(sink);
    assertThat(live.files.find(live.at("sub/app.sock")).orElseThrow().type())
        .isEqualTo(FileType.SOCKET);
  }

  @Test
  @Tag("P4")
  @DisplayName("P4: are where they were after a roll back at every rename, and after a crash there")
  void rollBackAtEveryRename() throws Exception {
    DirectorySink sink = live.capture();
    live.file("sub/more", "more");
    live.files.setModified(live.at("sub"), new FileTime(1_444_444_444, 44));
    var before = live.surroundings();
    for (int k = 1; ; k++) {
      var failing = new RenameFailure(live.files);
      TestRestoreContext context = live.restoring();
      StagedRestore staged = live.handler(failing).stage(sink.source(), context);
      before.assertSame(live.surroundings().only(p -> !p.toString().startsWith(".data.holdfast")));
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
      before.assertSame(live.surroundings());
      if (failure == null) {
        assertThat(k).as("renames of a commit").isGreaterThan(4);
        return;
      }
    }
  }

  @Test
  @DisplayName("a dry run tells what changes and leaves them unmentioned")
  void changes() throws Exception {
    DirectorySink sink = live.capture();
    live.files.delete(live.at("a"));
    live.file("sub/more", "more").file("cache/c3", "c");
    live.files.setModified(live.at("sub"), new FileTime(1_111_111_111, 11));
    StagedRestore staged = live.stage(sink);
    List<Change> changes = staged.changes();
    staged.rollBack();
    assertThat(changes)
        .extracting(Change::action, Change::subject)
        .contains(
            org.assertj.core.groups.Tuple.tuple(Change.Action.CREATE, live.at("a").toString()),
            org.assertj.core.groups.Tuple.tuple(
                Change.Action.REMOVE, live.at("sub/more").toString()));
    assertThat(changes).noneMatch(c -> c.subject().contains("cache"));
    assertThat(changes.getLast().action()).isEqualTo(Change.Action.SUMMARY);
    assertThat(changes.getLast().detail()).contains("1 created").contains("1 removed");
  }

  @Test
  @DisplayName(
      "what is excluded by now is not restored from a backup that holds it, and that is said")
  void patternsOfTodayDecide() throws Exception {
    live.without("exclude");
    DirectorySink sink = live.capture();
    live.with("exclude", "cache/");
    FileTrees.deleteTree(live.files, live.at("cache"));
    live.file("cache/today", "precious");
    TestRestoreContext context = live.restoring();
    StagedRestore staged = live.handler().stage(sink.source(), context);
    staged.commit();
    staged.finish();
    assertThat(live.read("cache/today")).isEqualTo("precious");
    assertThat(live.exists("cache/c1")).isFalse();
    assertThat(context.warnings())
        .anyMatch(w -> w.contains("entries of the backup were not restored"));
  }

  @Test
  @DisplayName("a destination gets everything that the backup holds")
  void destinationGetsEverything() throws Exception {
    live.without("exclude");
    DirectorySink sink = live.capture();
    live.with("exclude", "cache/");
    var destination = io.holdfast.engine.file.FilePath.of(live.directory("destination"));
    var context =
        new TestRestoreContext(
            Live.RUN,
            io.holdfast.engine.file.FilePath.of(live.directory("scratch")),
            destination,
            r -> {});
    StagedRestore staged = live.handler().stage(sink.source(), context);
    staged.commit();
    staged.finish();
    live.snapshot().assertSame(io.holdfast.testkit.tree.TreeSnapshot.of(live.files, destination));
  }

  @Test
  @DisplayName("a backup that has a file where the way to something excluded leads is refused")
  void fileInTheWay() throws Exception {
    DirectorySink sink = live.capture();
    live.files.delete(live.at("a"));
    live.file("a/cache/c", "in a directory that was a file");
    var before = live.surroundings();
    var failure = catchThrowableOfType(HoldfastException.class, () -> live.stage(sink));
    assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_UNSUITABLE);
    before.assertSame(live.surroundings());
  }

  @Test
  @DisplayName("with include, only what is named is in the backup, and all else survives")
  void include() throws Exception {
    live.without("exclude").with("include", "*.tmp", "/deep/");
    DirectorySink sink = live.capture();
    assertThat(sink.entries("files").stream().map(e -> e.path().toString()))
        .containsExactly(
            ".", "deep", "deep/er", "deep/er/cache", "deep/er/cache/c2", "sub", "sub/x.tmp");
    var before = live.snapshot();
    live.files.delete(live.at("sub/x.tmp"));
    live.file("deep/er/added", "removed again").file("added.tmp", "removed again");
    live.files.setModified(live.root, new FileTime(1_222_222_222, 22));
    live.files.setModified(live.at("sub"), new FileTime(1_111_111_111, 11));
    live.restore(sink);
    before.assertSame(live.snapshot());
    assertThat(live.surroundings().size()).isEqualTo(before.size());
  }

  @Test
  void coversSaysWhatARestoreReplaces() throws Exception {
    var handler = live.handler();
    assertThat(handler.covers(live.root)).isTrue();
    assertThat(handler.covers(live.at("sub"))).isTrue();
    assertThat(handler.covers(live.at("sub/own"))).isFalse();
    assertThat(handler.covers(live.at("sub/own/database"))).isFalse();
    assertThat(handler.covers(live.at("cache"))).isFalse();
    assertThat(handler.covers(live.at("not/there/yet"))).isTrue();
    assertThat(handler.covers(live.root.parent())).isFalse();
  }

  @Test
  void everyDirectoryOfTheListingComesBeforeWhatIsInIt() throws Exception {
    live.without("exclude");
    assertThat(live.capture().entries("files").getFirst()).isInstanceOf(TreeEntry.Directory.class);
    assertThatThrownBy(() -> live.capture().entries("other")).isInstanceOf(AssertionError.class);
  }
}
