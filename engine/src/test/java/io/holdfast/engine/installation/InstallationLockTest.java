package io.holdfast.engine.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer.HeldLock;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.run.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationLockTest {
  @TempDir Path dir;

  private final PosixFileLayer files = PosixFileLayer.create();

  private InstallationLock lock() {
    return new InstallationLock(files, FilePath.of(dir.resolve("state")));
  }

  @Test
  void isHeldByOneAtATimeInThisProcessAndSaysByWhom() throws IOException {
    try (HeldLock held = lock().acquire("a backup, process 1 on here")) {
      assertThatThrownBy(() -> lock().acquire("another"))
          .isInstanceOfSatisfying(
              HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUSY))
          .hasMessageContaining("a backup, process 1 on here");
      assertThat(lock().tryAcquire()).isEmpty();
    }
    lock().acquire("another").close();
  }

  @Test
  @DisplayName("a repository that fails while it is locked leaves nothing locked behind")
  void failureAtTheRepository() throws IOException {
    Path obstacle = Files.writeString(dir.resolve("repository"), "in the way");
    var lock =
        new InstallationLock(
            files,
            FilePath.of(dir.resolve("state")),
            Optional.of(FilePath.of(obstacle.resolve(".state"))));
    assertThatThrownBy(() -> lock.acquire("a backup")).isInstanceOf(IOException.class);
    assertThatThrownBy(lock::tryAcquire).isInstanceOf(IOException.class);
    Files.delete(obstacle);
    lock.acquire("a backup").close();
  }

  @Test
  @DisplayName(
      "a lock file that a dead process left behind, with the pid of a living one, blocks nobody")
  void trustsNoPid() throws IOException {
    Files.createDirectories(dir.resolve("state"));
    Files.writeString(dir.resolve("state/lock"), "");
    Files.writeString(
        dir.resolve("state/lock.owner"), "a backup, process " + ProcessHandle.current().pid());
    lock().acquire("a restore").close();
  }

  @Test
  @DisplayName("a lock ends with its process, killed without a chance to clean up")
  void endsWithItsProcess() throws Exception {
    lock().acquire("warm up").close();
    Process holder =
        new ProcessBuilder(
                "flock",
                "-x",
                dir.resolve("state/lock").toString(),
                "sh",
                "-c",
                "echo held; exec cat")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(holder.inputReader().readLine()).isEqualTo("held");
    assertThatThrownBy(() -> lock().acquire("another")).isInstanceOf(HoldfastException.class);
    // flock and its child share the lock: both have to die for it to end.
    List<ProcessHandle> children = holder.descendants().toList();
    children.forEach(ProcessHandle::destroyForcibly);
    holder.destroyForcibly();
    for (ProcessHandle child : children) {
      child.onExit().get(30, TimeUnit.SECONDS);
    }
    assertThat(holder.waitFor(30, TimeUnit.SECONDS)).isTrue();
    lock().acquire("another").close();
  }

  @Test
  void sequenceNumbersAreNeverUsedTwice() throws IOException {
    Instant start = Instant.parse("2026-11-20T14:30:00Z");
    FilePath state = FilePath.of(dir.resolve("state"));
    Files.createDirectories(dir.resolve("state"));
    var sequence = new RunSequence(files, state, Clock.fixed(start, ZoneOffset.UTC));
    assertThat(sequence.next(0)).hasToString("20261120-143000-000001");
    assertThat(sequence.next(0)).hasToString("20261120-143000-000002");
    assertThat(sequence.next(41)).hasToString("20261120-143000-000042");
    // The clock jumps back: the next run still comes later.
    var before =
        new RunSequence(
            files, state, Clock.fixed(start.minus(Duration.ofDays(400)), ZoneOffset.UTC));
    RunId next = before.next(0);
    assertThat(next)
        .hasToString("20251016-143000-000043")
        .isGreaterThan(new RunId("20261120-143000-000042"));
    // The file is damaged: what other traces say counts.
    Files.writeString(dir.resolve("state/sequence"), "\0garbage");
    assertThat(before.next(43)).hasToString("20251016-143000-000044");
    Files.writeString(dir.resolve("state/sequence"), "999999");
    assertThatThrownBy(() -> before.next(0)).hasMessageContaining("reached its end");
  }
}
