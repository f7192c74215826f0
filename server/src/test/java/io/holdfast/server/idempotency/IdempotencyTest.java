package io.holdfast.server.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.run.RunId;
import io.holdfast.server.state.IdempotencyStore.Answer;
import io.holdfast.server.state.StateDatabase;
import io.holdfast.server.state.StateDatabases;
import io.holdfast.server.state.StateLocation;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("P10")
class IdempotencyTest {
  private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
  private static final byte[] BODY = {1, 2, 3};
  private static final Answer ANSWER = new Answer(201, "{\"done\":true}");
  private static final RunId RUN = RunId.of(NOON, 7);

  /** Gives up at once: whoever waits in a test waits for something else. */
  private static final Patience NONE = () -> () -> false;

  @TempDir Path dir;
  private StateDatabase state;

  @BeforeEach
  void open() {
    state =
        StateDatabases.open(
                new StateLocation.Sqlite(FilePath.of(dir.resolve("state.db"))),
                PosixFileLayer.create(),
                at(NOON))
            .database();
  }

  @AfterEach
  void close() {
    state.close();
  }

  @Test
  @DisplayName(
      "P10: of a hundred requests at once with one key, one does the work and all get its answer")
  void oneOfAHundred() throws Exception {
    var idempotency =
        new Idempotency(
            state.idempotency(),
            Clock.systemUTC(),
            "a",
            Patience.upTo(Duration.ofSeconds(30)),
            run -> new RunFate.Nothing());
    var together = new CountDownLatch(1);
    var workers = new ArrayList<Future<Boolean>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 100; i++) {
        workers.add(
            threads.submit(() -> {
              together.await();
              switch (idempotency.claim("backup", "key", BODY)) {
                case KeyOutcome.Mine(var claim) -> {
                  claim.started(RUN);
                  claim.answered(ANSWER);
                  return true;
                }
                case KeyOutcome.Done(var answer) -> {
                  assertThat(answer).isEqualTo(ANSWER);
                  return false;
                }
                case KeyOutcome other -> throw new AssertionError(other);
              }
            }));
      }
      together.countDown();
      int worked = 0;
      for (Future<Boolean> worker : workers) {
        worked += worker.get() ? 1 : 0;
      }
      assertThat(worked).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("the same key with another body is told apart; in another scope it is another key")
  void otherBody() throws Exception {
    Idempotency idempotency = at("a", NOON);
    mine(idempotency).answered(ANSWER);
    assertThat(idempotency.claim("backup", "key", new byte[] {9}))
        .isInstanceOf(KeyOutcome.OtherBody.class);
    assertThat(idempotency.claim("restore", "key", new byte[] {9}))
        .isInstanceOf(KeyOutcome.Mine.class);
  }

  @Test
  @DisplayName("a failure is not kept: the same key may try again")
  void failure() throws Exception {
    Idempotency idempotency = at("a", NOON);
    mine(idempotency).release();
    mine(idempotency).answered(ANSWER);
    assertThat(idempotency.claim("backup", "key", BODY)).isEqualTo(new KeyOutcome.Done(ANSWER));
  }

  @Test
  @DisplayName("a twin of one that is at work is told of its run when its patience ends")
  void twin() throws Exception {
    Idempotency idempotency = at("a", NOON);
    mine(idempotency).started(RUN);
    assertThat(idempotency.claim("backup", "key", BODY))
        .isEqualTo(new KeyOutcome.Busy(Optional.of(RUN)));
  }

  @Test
  @DisplayName("an answer is kept for a day and no longer")
  void expiry() throws Exception {
    mine(at("a", NOON)).answered(ANSWER);
    Instant late = NOON.plus(Idempotency.KEPT).minusSeconds(1);
    assertThat(at("a", late).claim("backup", "key", BODY)).isEqualTo(new KeyOutcome.Done(ANSWER));
    assertThat(at("a", late.plusSeconds(2)).claim("backup", "key", BODY))
        .isInstanceOf(KeyOutcome.Mine.class);
  }

  @Test
  @DisplayName("P10: killed between claim and answer, a key leads to what became of its run")
  void killed() throws Exception {
    Idempotency before = at("a", NOON);
    claim(before, "published").started(RUN);
    claim(before, "unpublished").started(RunId.of(NOON, 8));
    claim(before, "never started");
    Idempotency after =
        at("b", run -> run.equals(RUN) ? new RunFate.Led(ANSWER) : new RunFate.Nothing());
    assertThat(after.recover()).isZero();
    assertThat(state.idempotency().open()).isEmpty();
    assertThat(after.claim("backup", "published", BODY)).isEqualTo(new KeyOutcome.Done(ANSWER));
    assertThat(after.claim("backup", "unpublished", BODY)).isInstanceOf(KeyOutcome.Mine.class);
    assertThat(after.claim("backup", "never started", BODY)).isInstanceOf(KeyOutcome.Mine.class);
  }

  @Test
  @DisplayName("a claim that somebody works on is left alone when others are settled")
  void ownClaims() throws Exception {
    Idempotency own = at("a", NOON);
    mine(own);
    assertThat(own.recover()).isZero();
    assertThat(own.claim("backup", "key", BODY)).isInstanceOf(KeyOutcome.Busy.class);
  }

  @Test
  @DisplayName("P10: while it is unknown what a run did its key stays taken; then it leads there")
  void unknown() throws Exception {
    mine(at("a", NOON)).started(RUN);
    var fate = new AtomicReference<RunFate>(new RunFate.Unknown(new RuntimeException("away")));
    Idempotency after = at("b", run -> fate.get());
    assertThat(after.recover()).isEqualTo(1);
    assertThat(after.claim("backup", "key", BODY))
        .isEqualTo(new KeyOutcome.Unsettled(Optional.of(RUN)));
    fate.set(new RunFate.Led(ANSWER));
    assertThat(after.claim("backup", "key", BODY)).isEqualTo(new KeyOutcome.Done(ANSWER));
  }

  @Test
  @DisplayName("P10: a claim of this very server that nobody works on goes by what its run did")
  void left() throws Exception {
    Idempotency own = at("a", run -> new RunFate.Led(ANSWER));
    Claim claim = claim(own, "key");
    claim.started(RUN);
    claim.leave();
    assertThat(own.claim("backup", "key", BODY)).isEqualTo(new KeyOutcome.Done(ANSWER));
    claim.release();
    assertThat(own.claim("backup", "key", BODY)).isEqualTo(new KeyOutcome.Done(ANSWER));
  }

  @Test
  @DisplayName("neither keys nor bodies are stored as they are")
  void digestsOnly() throws Exception {
    claim(at("a", NOON), "a key of my own");
    assertThat(state.idempotency().open())
        .allSatisfy(entry -> {
          assertThat(entry.key().key()).matches("[0-9a-f]{64}");
          assertThat(entry.body()).matches("[0-9a-f]{64}");
        });
    assertThat(List.copyOf(state.idempotency().open())).hasSize(1);
  }

  private static Claim mine(Idempotency idempotency) throws InterruptedException {
    return claim(idempotency, "key");
  }

  private static Claim claim(Idempotency idempotency, String key) throws InterruptedException {
    return ((KeyOutcome.Mine) idempotency.claim("backup", key, BODY)).claim();
  }

  private Idempotency at(String server, Instant now) {
    return new Idempotency(
        state.idempotency(), at(now), server, NONE, run -> new RunFate.Nothing());
  }

  private Idempotency at(String server, Function<RunId, RunFate> fates) {
    return new Idempotency(state.idempotency(), at(NOON), server, NONE, fates);
  }

  private static Clock at(Instant now) {
    return Clock.fixed(now, ZoneOffset.UTC);
  }
}
