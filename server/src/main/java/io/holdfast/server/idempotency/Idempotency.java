package io.holdfast.server.idempotency;

import io.holdfast.engine.repository.transfer.Sha256;
import io.holdfast.engine.run.RunId;
import io.holdfast.server.state.IdempotencyStore;
import io.holdfast.server.state.IdempotencyStore.Entry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Sees to it that one key yields one run (P10), however many requests carry it, and whenever the
 * server is killed.
 *
 * <ul>
 *   <li>A key is claimed by one insertion; who loses waits for the winner's answer, half a minute
 *       at most.
 *   <li>Before the run does anything its name stands beside the key. A claim without an answer that
 *       nobody works on any more, because its server died or could not store the answer, ends by
 *       what became of that run: a backup that was published is the answer, a run that did nothing
 *       frees the key. While that cannot be found out, the key stays taken.
 *   <li>A failure is not kept. An answer is kept for a day.
 * </ul>
 *
 * Thread-safe.
 */
public final class Idempotency {
  /** How long an answer is kept. */
  public static final Duration KEPT = Duration.ofHours(24);

  private final IdempotencyStore store;
  private final Clock clock;
  private final String server;
  private final Patience patience;
  private final Function<RunId, RunFate> fates;
  private final OpenClaims open;

  /**
   * @param server names this server process, which is the only one that uses the store
   * @param patience how to wait for a twin
   * @param fates what became of a run that is not under way any more
   */
  public Idempotency(
      IdempotencyStore store,
      Clock clock,
      String server,
      Patience patience,
      Function<RunId, RunFate> fates) {
    this.store = store;
    this.clock = clock;
    this.server = server;
    this.patience = patience;
    this.fates = fates;
    this.open = new OpenClaims(store);
  }

  /**
   * Claims a key, or finds out what became of it; waits while a twin is at work.
   *
   * @param scope which operation
   * @param key as the client sent it
   * @param body of the request
   */
  public KeyOutcome claim(String scope, String key, byte[] body) throws InterruptedException {
    var hashed =
        new IdempotencyStore.Key(scope, Sha256.hexOf(key.getBytes(StandardCharsets.UTF_8)));
    String digest = Sha256.hexOf(body);
    Patience.Wait wait = patience.begin();
    while (true) {
      KeyOutcome outcome = open.alone(hashed, () -> attempt(hashed, digest));
      if (!(outcome instanceof KeyOutcome.Busy) || !wait.again()) {
        // The database has just answered, so it may take what it did not take before.
        open.storeAll();
        return outcome;
      }
    }
  }

  private KeyOutcome attempt(IdempotencyStore.Key key, String digest) {
    open.store(key);
    while (true) {
      Instant now = clock.instant();
      Optional<Entry> other = store.claim(key, digest, server, now, now.minus(KEPT));
      if (other.isEmpty()) {
        open.began(key);
        return new KeyOutcome.Mine(new Claim(store, open, key));
      }
      Entry entry = other.get();
      if (entry.answer().isEmpty() && !open.isAtWork(key)) {
        if (!settled(entry)) {
          return new KeyOutcome.Unsettled(entry.run());
        }
      } else if (!entry.body().equals(digest)) {
        return new KeyOutcome.OtherBody();
      } else {
        return entry
            .answer()
            .<KeyOutcome>map(KeyOutcome.Done::new)
            .orElseGet(() -> new KeyOutcome.Busy(entry.run()));
      }
    }
  }

  /**
   * Ends the claims without an answer that nobody works on, as far as it can be found out what
   * became of their runs. Called at start, before requests are accepted, and for those that are
   * left whenever there is a chance.
   *
   * @return how many are left
   */
  public int recover() {
    int left = 0;
    for (Entry entry : store.open()) {
      boolean settled =
          open.alone(
              entry.key(),
              () -> {
                open.store(entry.key());
                Optional<Entry> now = store.find(entry.key());
                return now.isEmpty()
                    || now.get().answer().isPresent()
                    || open.isAtWork(entry.key())
                    || settled(now.get());
              });
      left += settled ? 0 : 1;
    }
    return left;
  }

  /** Ends a claim that nobody works on; false if it cannot be told how. */
  private boolean settled(Entry entry) {
    RunFate fate = entry.run().map(fates).orElseGet(RunFate.Nothing::new);
    switch (fate) {
      case RunFate.Led(var answer) -> store.answered(entry.key(), answer);
      case RunFate.Nothing() -> store.release(entry.key());
      case RunFate.Unknown _ -> {
        return false;
      }
    }
    return true;
  }
}
