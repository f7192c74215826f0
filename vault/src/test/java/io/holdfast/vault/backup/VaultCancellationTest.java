package io.holdfast.vault.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.copy.CopyOutcome;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.repository.BackupReader;
import io.holdfast.engine.repository.DataPart;
import io.holdfast.engine.repository.UnusedLimit;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.backend.BackendException.Reason;
import io.holdfast.vault.backend.BackendFault;
import io.holdfast.vault.backend.FaultyBackend;
import io.holdfast.vault.backend.MemoryBackend;
import io.holdfast.vault.backend.Waiter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Work that is cancelled while it waits for a storage that has gone for good: it ends, and waits
 * for nothing else.
 */
class VaultCancellationTest {
  @TempDir Path temporary;

  private final MemoryBackend.Storage pristine = new MemoryBackend.Storage();
  private Scene scene;

  /** What waits for storage. */
  private enum Work {
    LIST(Scenery::list),
    RESTORE(Scenery::restore),
    STRUCTURE(vault -> vault.here().checkStructure(new Cancellation())),
    DATA(vault ->
        vault
            .here()
            .dataChecks()
            .orElseThrow()
            .check(DataPart.ALL, new Cancellation(), bytes -> {})),
    PRUNE(vault ->
        vault
            .here()
            .maintenance()
            .orElseThrow()
            .prune(new UnusedLimit(0), false, new Cancellation(), bytes -> {})),
    STATS(vault -> vault.here().maintenance().orElseThrow().stats(new Cancellation())),
    UNLOCK(vault -> vault.here().maintenance().orElseThrow().unlock(false)),
    KEYS(vault -> vault.here().keys().orElseThrow().list()),
    FOREIGN(vault -> vault.here().foreign().list()),
    BACKUP(Scenery::backUp),
    COPY_TO(Scenery::copyTo),
    COPY_FROM(Scenery::copyFrom),
    DELETE(vault -> vault.here().delete(Scene.run(1)));

    private final Step step;

    Work(Step step) {
      this.step = step;
    }
  }

  @FunctionalInterface
  private interface Step {
    void run(Scenery scenery) throws IOException;
  }

  /**
   * A vault that goes away, and another one that does not.
   *
   * @param here as seen by one who may cancel
   * @param wish his
   */
  private record Scenery(VaultRepository here, VaultRepository other, Cancellation wish) {
    void list() throws IOException {
      here.list();
      here.index().runs();
      here.unreadable();
      here.highestSequence();
    }

    void restore() throws IOException {
      try (BackupReader reader = here.open(Scene.run(2))) {
        reader.verify(List.of(Scene.ALPHA), new Cancellation(), bytes -> {});
        reader.storedBytes();
      }
    }

    void backUp() throws IOException {
      here.create();
      here.prepare();
      try (var writer = Scene.write(here, 9, new HashMap<>(), 1, 7)) {
        writer.verify(new Cancellation(), bytes -> {});
      }
    }

    void copyTo() throws IOException {
      here.create();
      here.prepare();
      requireCopied(Copying.copy(other, here, other.index().runs(), monitor()));
    }

    void copyFrom() throws IOException {
      other.create();
      other.prepare();
      requireCopied(Copying.copy(here, other, here.index().runs(), monitor()));
    }

    private RunMonitor monitor() {
      var monitor = RunMonitor.silent();
      wish.onCancel(() -> monitor.cancellation().cancel(Cancellation.Reason.CANCELLED));
      return monitor;
    }

    private static void requireCopied(CopyOutcome outcome) {
      outcome
          .failure()
          .ifPresent(failure -> {
            throw new HoldfastException(failure.code(), failure.message(), failure.guidance());
          });
    }
  }

  /**
   * Cancels the work in its first pause.
   *
   * @param wish whose cancellation has to end every pause
   * @param inVain pauses that it does not
   */
  private record Cancels(Cancellation wish, AtomicInteger inVain) implements Waiter {
    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public void pause(Duration time, Cancellation cancellation) {
      wish.cancel(Cancellation.Reason.CANCELLED);
      if (!cancellation.isCancelled()) {
        inVain.incrementAndGet();
        throw new IllegalStateException("waits " + time + " after it was cancelled");
      }
    }
  }

  @BeforeEach
  void backups() throws IOException {
    scene = new Scene(temporary);
    try (var repository = scene.repository(pristine)) {
      repository.create();
      repository.prepare();
      Scene.publish(repository, 1, 1, 2);
      Scene.publish(repository, 2, 1, 3);
      Scene.publish(repository, 3, 4);
      repository.delete(Scene.run(3));
    }
  }

  @ParameterizedTest
  @EnumSource(Work.class)
  @Tag("P9")
  @DisplayName("P9: cancelled at any operation of a storage that is away, all work ends at once")
  void endsAtOnce(Work work) throws Exception {
    int cancelled = 0;
    boolean struck = true;
    for (long k = 1; struck; k++) {
      String where = work + " at " + k;
      var wish = new Cancellation();
      var inVain = new AtomicInteger();
      var storage = pristine.copy();
      var faulty =
          new FaultyBackend(
              new MemoryBackend(storage), BackendFault.failBefore(k, Reason.TRANSIENT).forGood());
      var others = pristine.copy();
      try (var other = scene.repository(others);
          var base =
              scene.repository(new PatientVault(storage, faulty, new Cancels(wish, inVain)))) {
        if (work == Work.COPY_FROM) {
          other.delete(Scene.run(1));
        } else if (work == Work.COPY_TO) {
          other.create();
          other.prepare();
          Scene.publish(other, 4, 1, 8);
        }
        work.step.run(new Scenery(base.under(wish), other, wish));
      } catch (HoldfastException e) {
        if (isPublishing(faulty)) {
          break;
        }
        assertThat(e.code()).as(where + ": " + e).isEqualTo(ErrorCode.CANCELLED);
        cancelled++;
      }
      struck = faulty.struck();
      assertThat(inVain).as(where).hasValue(0);
      // Sound, and with all that it had: who is cancelled has done nothing by halves.
      try (var after = scene.repository(storage)) {
        assertThat(after.checkStructure(new Cancellation())).as(where).isEmpty();
        Scene.requireWhole(after, 2, 1, 3);
      }
    }
    assertThat(cancelled).isPositive();
  }

  /** Too late to be cancelled: whether the backup is there has to be found out. */
  private static boolean isPublishing(FaultyBackend backend) {
    return backend.trace().stream().anyMatch(done -> done.startsWith("write snapshots/"));
  }
}
