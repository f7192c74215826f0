package io.holdfast.server.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.server.http.ProblemException;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.local.LocalBackend;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuotaTest {
  @TempDir Path directory;
  private LocalBackend files;
  private Instant now = Instant.parse("2026-11-21T12:00:00Z");

  @BeforeEach
  void create() throws IOException {
    files =
        new LocalBackend(
            PosixFileLayer.create(), FilePath.of(directory.resolve("t")), new SecureRandom());
    files.create();
  }

  @AfterEach
  void close() throws IOException {
    files.close();
  }

  private Quota quota(long most) {
    return new Quota(
        OptionalLong.of(most),
        files,
        new Clock() {
          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return now;
          }
        });
  }

  private FileId store(int size) throws IOException {
    byte[] content = new byte[size];
    FileId file = FileId.of(FileType.PACK, ContentId.of(content));
    files.write(file, ByteBuffer.wrap(content));
    return file;
  }

  private static void keep(Quota quota, long bytes) throws IOException {
    try (var room = quota.room()) {
      room.grow(bytes);
      room.keep();
    }
  }

  private static void assertFull(Quota quota, long bytes) {
    assertThatThrownBy(() -> keep(quota, bytes))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().code().status()).isEqualTo(507));
  }

  @Test
  void countsWhatIsThereAndWhatComes() throws Exception {
    store(600);
    Quota quota = quota(1000);
    assertThat(quota.used()).isEmpty();
    keep(quota, 400);
    assertThat(quota.used()).hasValue(1000);
    assertFull(quota, 1);
    keep(quota, 0);
    quota.freed(300);
    keep(quota, 300);
    assertFull(quota, 1);
  }

  @Test
  void whatIsOnItsWayTakesRoomAndGivesItBackUnlessItIsKept() throws Exception {
    Quota quota = quota(1000);
    var coming = quota.room();
    coming.reach(700);
    coming.reach(500);
    assertFull(quota, 301);
    keep(quota, 300);
    assertThatThrownBy(() -> coming.reach(701)).isInstanceOf(ProblemException.class);
    coming.close();
    coming.close();
    keep(quota, 700);
    assertFull(quota, 1);
  }

  @Test
  void whoMakesRoomMayGoALittleBeyond() throws Exception {
    Quota quota = quota(1000);
    keep(quota, 1000);
    try (var lock = quota.reserved()) {
      lock.grow(Quota.RESERVE);
      assertFull(quota, 1);
      assertThatThrownBy(() -> lock.grow(1)).isInstanceOf(ProblemException.class);
      lock.keep();
    }
    assertFull(quota, 1);
    quota.freed(Quota.RESERVE + 500);
    keep(quota, 500);
  }

  @Test
  void whatWasPrunedOnTheDiskIsFoundBeforeAnythingIsRefusedButNotTooOften() throws Exception {
    FileId large = store(900);
    Quota quota = quota(1000);
    assertFull(quota, 200);
    files.delete(large);
    // It has just been counted.
    assertFull(quota, 200);
    now = now.plus(Duration.ofSeconds(61));
    keep(quota, 200);
    assertThat(quota.used()).hasValue(200);
    store(950);
    // What others add is not seen until something is to be refused.
    keep(quota, 200);
    now = now.minus(Duration.ofDays(1));
    assertFull(quota, 700);
    assertThat(quota.used()).hasValue(950);
  }

  @Test
  void withoutALimitNothingIsCounted() throws Exception {
    var quota = new Quota(OptionalLong.empty(), files, Clock.systemUTC());
    keep(quota, Long.MAX_VALUE);
    keep(quota, Long.MAX_VALUE);
    quota.freed(5);
    assertThat(quota.used()).isEmpty();
  }

  @Test
  @DisplayName("a file that many delete at once is counted as gone once")
  void deletedOnce() throws Exception {
    FileId file = store(100);
    store(300);
    Quota quota = quota(1000);
    keep(quota, 0);
    assertThat(quota.used()).isEqualTo(OptionalLong.of(400));
    var succeeded = new AtomicInteger();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        threads.execute(() -> {
          try {
            quota.delete(file);
            succeeded.incrementAndGet();
          } catch (IOException goneAlready) {
            // As it should be.
          }
        });
      }
    }

    assertThat(succeeded).hasValue(1);
    assertThat(quota.used()).isEqualTo(OptionalLong.of(300));
  }
}
