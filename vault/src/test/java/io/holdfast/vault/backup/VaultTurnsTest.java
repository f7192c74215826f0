package io.holdfast.vault.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.backend.BackendException.Reason;
import io.holdfast.vault.backend.BackendFault;
import io.holdfast.vault.backend.FaultyBackend;
import io.holdfast.vault.backend.MemoryBackend;
import io.holdfast.vault.backend.Waiter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One who has patience with a storage that is away keeps nobody else who is cancelled. */
class VaultTurnsTest {
  private static final Set<Thread.State> WAITS =
      Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING, Thread.State.TERMINATED);

  @TempDir Path temporary;

  private final MemoryBackend.Storage storage = new MemoryBackend.Storage();
  private Scene scene;

  /** Waits as long as it is told to, and tells when somebody begins. */
  private record Patience(CountDownLatch begun) implements Waiter {
    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public void pause(Duration time, Cancellation cancellation) throws InterruptedException {
      begun.countDown();
      Waiter.real().pause(time, cancellation);
    }
  }

  @BeforeEach
  void backups() throws IOException {
    scene = new Scene(temporary);
    try (var repository = scene.repository(storage)) {
      repository.create();
      repository.prepare();
      Scene.publish(repository, 1, 1, 2);
      Scene.publish(repository, 2, 1, 3);
    }
  }

  @Test
  @Tag("P9")
  @DisplayName("P9: who is cancelled ends, at whatever somebody else waits for the storage")
  void endsBesideThePatient() throws Exception {
    boolean struck = true;
    int stuck = 0;
    for (long k = 1; struck; k++) {
      var faulty =
          new FaultyBackend(
              new MemoryBackend(storage), BackendFault.failBefore(k, Reason.TRANSIENT).forGood());
      var begun = new CountDownLatch(1);
      var end = new Cancellation();
      try (var base = scene.repository(new PatientVault(storage, faulty, new Patience(begun)))) {
        var patient = new FutureTask<@Nullable ErrorCode>(() -> look(base.under(end)));
        Thread waiting = Thread.ofPlatform().start(patient);
        await().until(() -> begun.getCount() == 0 || patient.isDone());
        struck = faulty.struck();
        if (struck) {
          stuck++;
          requireEnd(base, k);
        }
        end.cancel(Cancellation.Reason.CANCELLED);
        waiting.join();
        assertThat(patient.get()).isEqualTo(struck ? ErrorCode.CANCELLED : null);
      }
    }
    assertThat(stuck).isGreaterThan(5);
  }

  private static void requireEnd(VaultRepository base, long k) throws Exception {
    var wish = new Cancellation();
    var work = new FutureTask<@Nullable ErrorCode>(() -> look(base.under(wish)));
    Thread worker = Thread.ofPlatform().daemon().start(work);
    await().until(() -> WAITS.contains(worker.getState()));
    wish.cancel(Cancellation.Reason.CANCELLED);
    assertThat(work.get(1, TimeUnit.MINUTES)).as("at " + k).isEqualTo(ErrorCode.CANCELLED);
  }

  /** Null if it comes to its end. */
  private static @Nullable ErrorCode look(VaultRepository repository) throws IOException {
    try {
      repository.unreadable();
      repository.list();
      return null;
    } catch (HoldfastException e) {
      return e.code();
    }
  }
}
