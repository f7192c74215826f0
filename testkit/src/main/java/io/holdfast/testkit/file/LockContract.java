package io.holdfast.testkit.file;

import static io.holdfast.testkit.file.Refusal.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.file.FileLayer.HeldLock;
import io.holdfast.engine.file.FileLayerException.Reason;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Locks between handles, between processes, and across the death of their holder. */
interface LockContract extends FileLayerFixture {
  @Test
  default void aLockExcludesASecondHandleInTheSameProcess() throws IOException {
    try (HeldLock held = files().tryLock(at("lock")).orElseThrow()) {
      assertThat(held).isNotNull();
      assertThat(files().tryLock(at("lock"))).isEmpty();
      assertThat(files().tryLock(at("lock"))).isEmpty();
    }
    files().tryLock(at("lock")).orElseThrow().close();
    assertThat(mode(at("lock"))).isEqualTo(0600);
  }

  @Test
  default void closingTwiceDoesNotFreeTheNextHoldersLock() throws IOException {
    var first = files().tryLock(at("lock")).orElseThrow();
    first.close();
    try (var second = files().tryLock(at("lock")).orElseThrow()) {
      first.close();
      assertThat(second).isNotNull();
      assertThat(files().tryLock(at("lock"))).isEmpty();
    }
  }

  @Test
  @DisplayName("a lock survives that the same process opens and closes the file")
  default void readingTheLockedFileFreesNothing() throws IOException {
    write("lock", "");
    try (var held = files().tryLock(at("lock")).orElseThrow()) {
      assertThat(held).isNotNull();
      files().open(at("lock")).close();
      files().sync(at("lock"));
      assertThat(files().tryLock(at("lock"))).isEmpty();
    }
  }

  @Test
  default void anExistingFileKeepsItsContentAndMode() throws IOException {
    write("lock", "content");
    files().tryLock(at("lock")).orElseThrow().close();
    assertThat(content(at("lock"))).isEqualTo("content");
    assertThat(mode(at("lock"))).isEqualTo(0644);
  }

  @Test
  default void aDeletedLockFileIsNotTheLockOfTheName() throws IOException {
    try (var old = files().tryLock(at("lock")).orElseThrow()) {
      assertThat(old).isNotNull();
      files().delete(at("lock"));
      try (var fresh = files().tryLock(at("lock")).orElseThrow()) {
        assertThat(fresh).isNotNull();
        assertThat(files().tryLock(at("lock"))).isEmpty();
      }
    }
  }

  @Test
  default void onlyRegularFilesAreLocked() throws IOException {
    directory("directory");
    symlink("link", "elsewhere");
    refused(Reason.IS_A_DIRECTORY, at("directory"), () -> files().tryLock(at("directory")));
    refused(Reason.SYMLINK, at("link"), () -> files().tryLock(at("link")));
    refused(Reason.NOT_FOUND, at("no/lock"), () -> files().tryLock(at("no/lock")));
    assertThat(exists(at("elsewhere"))).isFalse();
  }

  @Test
  default void aLockExcludesOtherProcessesAndIsExcludedByThem() throws IOException {
    try (var held = files().tryLock(at("lock")).orElseThrow();
        var child = LockingProcess.start(at("lock"))) {
      assertThat(held).isNotNull();
      assertThat(child.answer()).isEqualTo(LockingProcess.BUSY);
    }
    try (var child = LockingProcess.start(at("lock"))) {
      assertThat(child.answer()).isEqualTo(LockingProcess.HELD);
      assertThat(files().tryLock(at("lock"))).isEmpty();
    }
    files().tryLock(at("lock")).orElseThrow().close();
  }

  @Test
  @DisplayName("a holder that is killed with SIGKILL leaves the lock free")
  default void aKilledHolderFreesTheLock() throws Exception {
    try (var child = LockingProcess.start(at("lock"))) {
      assertThat(child.answer()).isEqualTo(LockingProcess.HELD);
      assertThat(files().tryLock(at("lock"))).isEmpty();
      child.kill();
      try (var held = files().tryLock(at("lock")).orElseThrow()) {
        assertThat(held).isNotNull();
      }
    }
  }
}
