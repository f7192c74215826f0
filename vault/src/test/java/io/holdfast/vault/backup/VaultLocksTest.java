package io.holdfast.vault.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.repository.UnusedLimit;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.format.LockFile;
import io.holdfast.vault.format.Timestamp;
import io.holdfast.vault.lock.LockOwner;
import io.holdfast.vault.lock.LockRole;
import io.holdfast.vault.lock.VaultLock;
import io.holdfast.vault.lock.VaultLocks;
import io.holdfast.vault.restic.ResticProgram;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Locks of Holdfast and of restic on one vault. */
class VaultLocksTest {
  private static final LockOwner HERE = new LockOwner("host", "user", 100);

  @TempDir Path temporary;

  private final FileLayer files = PosixFileLayer.create();
  private ResticProgram restic;
  private TestVault setting;
  private Vault vault;

  @BeforeEach
  void vault() throws IOException {
    ResticProgram.assumeInstalled();
    restic = new ResticProgram(temporary, QuickVault.PASSWORD.getBytes(UTF_8));
    setting = new TestVault(files, FilePath.of(restic.repository()));
    vault = setting.open(true);
  }

  @AfterEach
  void close() throws IOException {
    vault.close();
  }

  private VaultLocks locks(long... alive) {
    return new VaultLocks(
        vault,
        HERE,
        Scene.CLOCK,
        pid -> java.util.Arrays.stream(alive).anyMatch(other -> other == pid));
  }

  private void put(String host, long pid, Instant time, boolean exclusive) throws IOException {
    vault.writeDocument(
        FileType.LOCK,
        new LockFile(Timestamp.of(time, ZoneOffset.UTC), exclusive, host, "somebody", pid, 0, 0)
            .encode());
  }

  private Path content() throws IOException {
    return Files.writeString(temporary.resolve("content"), "something");
  }

  @Test
  @Tag("P3")
  @DisplayName("P3: while a prune goes on, restic begins nothing, and goes on when it has ended")
  void resticRespectsAPrune() throws Exception {
    String file = content().toString();
    try (VaultLock prune = locks().prune()) {
      prune.require();
      assertThat(restic.succeeds("backup", file)).isFalse();
    }
    restic.run("backup", file);
  }

  @Test
  void resticGoesOnBesideABackup() throws Exception {
    try (VaultLock backup = locks().share(LockRole.BACKUP)) {
      restic.run("backup", content().toString());
      assertThat(restic.succeeds("prune")).isFalse();
      backup.require();
    }
  }

  @Test
  @Timeout(120)
  @Tag("P3")
  @DisplayName("P3: while restic backs up, nothing is pruned")
  void aPruneRespectsRestic() throws Exception {
    restic.run("backup", content().toString());
    var command =
        new ProcessBuilder(
            "restic",
            "--no-cache",
            "--repo",
            restic.repository().toString(),
            "--password-file",
            temporary.resolve("password").toString(),
            "backup",
            "--stdin");
    command.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    command.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process backup = command.start();
    try (OutputStream content = backup.getOutputStream();
        var repository =
            new VaultRepository(
                setting, files, Scene.CLOCK, FilePath.of(temporary.resolve("state")))) {
      while (locks().list().held().isEmpty() && backup.isAlive()) {
        Thread.onSpinWait();
      }
      assertThatThrownBy(() ->
              repository
                  .maintenance()
                  .orElseThrow()
                  .prune(UnusedLimit.DEFAULT, false, new Cancellation(), bytes -> {}))
          .isInstanceOfSatisfying(
              HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUSY));
      content.write(new byte[1000]);
      content.close();
      assertThat(backup.waitFor()).isZero();
      repository
          .maintenance()
          .orElseThrow()
          .prune(UnusedLimit.DEFAULT, false, new Cancellation(), bytes -> {});
    } finally {
      backup.destroyForcibly();
    }
    restic.run("check", "--read-data");
    assertThat(restic.run("snapshots")).contains("2 snapshots");
  }

  @Test
  void unlockRemovesWhatResticCallsStale() throws IOException {
    Instant now = Scene.CLOCK.instant();
    put("host", 1, now, false); // Dead.
    put("host", 2, now, false);
    put("far", 3, now.minus(Duration.ofMinutes(29)), true);
    put("far", 4, now.minus(Duration.ofMinutes(31)), false);

    assertThat(locks(2).unlock(false)).hasSize(2);
    assertThat(locks(2).list().held())
        .extracting(held -> held.lock().pid())
        .containsExactlyInAnyOrder(2L, 3L);
    assertThat(locks(2).unlock(true)).hasSize(2);
    assertThat(locks().list().held()).isEmpty();
  }

  @Test
  void oneThatCannotBeReadForbidsAPruneAndGoesWithAll() throws IOException {
    vault.writeDocument(FileType.LOCK, "{}".getBytes(UTF_8));

    assertThatThrownBy(() -> locks().prune()).hasMessageContaining("cannot be read");
    locks().share(LockRole.BACKUP).close();
    assertThat(locks().unlock(false)).isEmpty();
    assertThat(locks().unlock(true)).hasSize(1);
    locks().prune().close();
  }

  @Test
  void theLocksOfTheDeadAreRemovedByAPrune() throws IOException {
    put("host", 1, Scene.CLOCK.instant(), false);
    try (VaultLock prune = locks().prune()) {
      assertThat(locks().others(prune).held()).isEmpty();
      assertThat(locks().list().held()).hasSize(1);
    }
  }

  @Test
  @Tag("P3")
  @DisplayName("P3: who is not at work any more by the word of others notices")
  void aLockThatWasTakenAwayIsLost() throws IOException {
    VaultLock backup = locks().share(LockRole.BACKUP);
    locks().unlock(true);

    assertThatThrownBy(backup::require)
        .isInstanceOfSatisfying(
            HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERRUPTED));
    backup.close();
    assertThat(locks().list().held()).isEmpty();
  }
}
