package io.holdfast.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.engine.run.Trigger;
import io.holdfast.server.event.ServerEvents;
import io.holdfast.server.state.RunRecord;
import io.holdfast.server.state.RunRecord.Operation;
import io.holdfast.server.state.RunStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is remembered of runs while the state database takes its time. */
@Timeout(60)
class RunMemoryTest {
  private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

  private final SlowStore store = new SlowStore();
  private final RunMemory memory = new RunMemory(store, new ServerEvents(), Clock.systemUTC());

  @Test
  @DisplayName("whoever asks for a run does not wait for the database that another run waits for")
  void asking() throws Exception {
    RunRecord first = run(1);
    Thread writer = Thread.ofVirtual().start(() -> memory.begin(first));
    store.writing.await();
    assertThat(memory.find(first.run())).contains(first);
    RunRecord second = run(2);
    // Nor does another run: whoever writes takes its record along.
    memory.begin(second);
    assertThat(memory.find(second.run())).contains(second);
    store.answers.countDown();
    writer.join();
    assertThat(store.stored).containsOnlyKeys(first.run(), second.run());
  }

  @Test
  @DisplayName("of a run that ended while its beginning was written, the end is what stays")
  void endedMeanwhile() throws Exception {
    RunRecord run = run(1);
    Thread writer = Thread.ofVirtual().start(() -> memory.begin(run));
    store.writing.await();
    memory.end(run, new RunResult.Broken(new IllegalStateException("of the test")));
    store.answers.countDown();
    writer.join();
    assertThat(store.stored.get(run.run()).status()).isEqualTo(RunStatus.FAILED);
  }

  private static RunRecord run(int sequence) {
    return new RunRecord(
        RunId.of(NOON, sequence),
        Operation.BACKUP,
        Optional.of(Trigger.MANUAL),
        RunStatus.RUNNING,
        NOON,
        Optional.empty(),
        "somebody",
        "server-1",
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Writes when the test lets it. */
  private static final class SlowStore implements RunStore {
    final CountDownLatch writing = new CountDownLatch(1);
    final CountDownLatch answers = new CountDownLatch(1);
    final Map<RunId, RunRecord> stored = new ConcurrentHashMap<>();

    @Override
    public void put(RunRecord run) {
      writing.countDown();
      try {
        assertThat(answers.await(1, TimeUnit.MINUTES)).isTrue();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      stored.put(run.run(), run);
    }

    @Override
    public Optional<RunRecord> find(RunId run) {
      return Optional.ofNullable(stored.get(run));
    }

    @Override
    public List<RunRecord> page(Set<Operation> operations, Optional<RunId> before, int limit) {
      throw new AssertionError();
    }

    @Override
    public List<RunRecord> running() {
      throw new AssertionError();
    }

    @Override
    public Optional<Instant> lastStarted(Trigger trigger) {
      throw new AssertionError();
    }

    @Override
    public List<Instant> startsSince(Operation operation, String actor, Instant since) {
      throw new AssertionError();
    }

    @Override
    public int prune(Instant before) {
      throw new AssertionError();
    }
  }
}
