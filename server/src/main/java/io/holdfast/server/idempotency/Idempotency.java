package io.holdfast.server.idempotency;

import io.holdfast.engine.repository.directory.transfer.Sha256;
import io.holdfast.engine.run.RunId;
import io.holdfast.server.state.IdempotencyStore;
import io.holdfast.server.state.IdempotencyStore.Answer;
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
 *   <li>Before the run does anything its name stands beside the key. A server that finds a claim
 *       without an answer at its start looks up what became of that run: a backup that was
 *       published is the answer, anything else frees the key.
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

  /**
   * @param server names this server process
   * @param patience how to wait for a twin
   */
  public Idempotency(IdempotencyStore store, Clock clock, String server, Patience patience) {
    this.store = store;
    this.clock = clock;
    this.server = server;
    this.patience = patience;
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
      Instant now = clock.instant();
      Optional<Entry> other = store.claim(hashed, digest, server, now, now.minus(KEPT));
      if (other.isEmpty()) {
        return new KeyOutcome.Mine(new Claim(store, hashed));
      }
      Entry entry = other.get();
      if (!entry.body().equals(digest)) {
        return new KeyOutcome.OtherBody();
      }
      if (entry.answer().isPresent()) {
        return new KeyOutcome.Done(entry.answer().get());
      }
      if (!wait.again()) {
        return new KeyOutcome.Busy(entry.run());
      }
    }
  }

  /**
   * Ends the claims that a server left open when it died. Called at start, before requests are
   * accepted.
   *
   * @param answers the answer that a run led to, if it published
   * @return how many claims were found
   */
  public int recover(Function<RunId, Optional<Answer>> answers) {
    int found = 0;
    for (Entry entry : store.open()) {
      if (entry.server().equals(server)) {
        continue;
      }
      found++;
      Optional<Answer> answer = entry.run().flatMap(answers);
      if (answer.isPresent()) {
        store.answered(entry.key(), answer.get());
      } else {
        store.release(entry.key());
      }
    }
    return found;
  }
}
