package io.holdfast.vault.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.backend.BackendException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The backend that sweeps are made with strikes where it says, and nowhere else. */
class FaultyBackendTest {
  private final MemoryBackend.Storage storage = new MemoryBackend.Storage();

  private static FileId file(long seed) {
    byte[] name = new byte[ContentId.LENGTH];
    new Random(seed).nextBytes(name);
    return FileId.of(FileType.PACK, ContentId.fromBytes(name, 0));
  }

  private static void write(Backend backend, long seed) throws IOException {
    backend.write(file(seed), ByteBuffer.allocate(10));
  }

  private FaultyBackend with(BackendFault fault) {
    return new FaultyBackend(new MemoryBackend(storage), fault);
  }

  @Test
  @DisplayName("before means that nothing was done, after that it was")
  void moments() {
    assertThatThrownBy(() -> write(with(BackendFault.failBefore(1, Reason.FULL)), 1))
        .hasMessageContaining("no space")
        .hasMessageContaining("injected, number 1");
    assertThat(storage.files()).isEmpty();
    assertThatThrownBy(() -> write(with(BackendFault.failAfter(1, Reason.TRANSIENT)), 1))
        .isInstanceOf(BackendException.class);
    assertThat(storage.files()).containsKey(file(1));
    assertThatThrownBy(() -> write(with(BackendFault.crashBefore(1)), 2))
        .isInstanceOf(BackendCrash.class);
    assertThat(storage.files()).hasSize(1);
    assertThatThrownBy(() -> write(with(BackendFault.crashAfter(1)), 2))
        .isInstanceOf(BackendCrash.class)
        .hasMessageContaining("AFTER operation 1, write data/");
    assertThat(storage.files()).hasSize(2);
  }

  @Test
  @DisplayName("the operation with that number is struck, once or from then on")
  void numbers() throws IOException {
    var once = with(BackendFault.failBefore(3, Reason.OTHER));
    write(once, 1);
    once.size(file(1));
    assertThat(once.struck()).isFalse();
    assertThatThrownBy(() -> once.list(FileType.PACK)).isInstanceOf(BackendException.class);
    assertThat(once.struck()).isTrue();
    assertThat(once.list(FileType.PACK)).hasSize(1);
    assertThat(once.trace()).hasSize(4).last().isEqualTo("list data");

    var lasting = with(BackendFault.failBefore(2, Reason.OTHER).forGood());
    lasting.size(file(1));
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> lasting.size(file(1))).isInstanceOf(BackendException.class);
    }
  }

  @Test
  @DisplayName("if only changes count, reading is never struck")
  void mutating() throws IOException {
    var backend = with(BackendFault.crashBefore(2).countingMutating());
    write(backend, 1);
    backend.size(file(1));
    backend.list(FileType.PACK);
    backend.readAll(file(1));
    assertThatThrownBy(() -> backend.delete(file(1))).isInstanceOf(BackendCrash.class);
    assertThat(backend.trace()).hasSize(2);
  }

  @Test
  @DisplayName("the dead do nothing any more, and can be cleared away")
  void dead() throws IOException {
    var backend = with(BackendFault.crashAfter(1));
    assertThatThrownBy(() -> write(backend, 1)).isInstanceOf(BackendCrash.class);
    assertThatThrownBy(() -> write(backend, 2)).isInstanceOf(BackendCrash.class);
    assertThatThrownBy(() -> backend.delete(file(1))).isInstanceOf(BackendCrash.class);
    assertThatThrownBy(() -> backend.list(FileType.PACK)).isInstanceOf(BackendCrash.class);
    assertThat(storage.files()).containsOnlyKeys(file(1));
    backend.close();
  }

  private static List<LongFunction<BackendFault>> crashes() {
    return List.of(BackendFault::crashBefore, BackendFault::crashAfter);
  }

  @ParameterizedTest
  @MethodSource("crashes")
  @DisplayName("when the first thread learns of the death, no other is still writing")
  void deathStopsAllThreads(LongFunction<BackendFault> crash) throws Exception {
    for (int round = 0; round < 20; round++) {
      storage.files().clear();
      var backend = with(crash.apply(100));
      var start = new CountDownLatch(1);
      var seen = new ArrayList<Future<Set<FileId>>>();
      try (var pool = Executors.newFixedThreadPool(6)) {
        for (int thread = 0; thread < 6; thread++) {
          long first = 1_000_000L * thread;
          seen.add(
              pool.submit(() -> {
                start.await();
                return writeUntilDead(backend, first);
              }));
        }
        start.countDown();
      }
      for (var atDeath : seen) {
        assertThat(atDeath.get()).isEqualTo(storage.files().keySet());
      }
    }
  }

  private Set<FileId> writeUntilDead(Backend backend, long first) throws IOException {
    try {
      for (long i = first; ; i++) {
        write(backend, i);
      }
    } catch (BackendCrash crash) {
      return Set.copyOf(storage.files().keySet());
    }
  }
}
