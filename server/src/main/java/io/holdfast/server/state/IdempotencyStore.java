package io.holdfast.server.state;

import io.holdfast.engine.run.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Idempotency keys: one key yields exactly one run (P10). A key is claimed by one insertion, so
 * that of many at once, in this process or another, one wins.
 *
 * <p>Keys and bodies are stored as digests only.
 */
public interface IdempotencyStore {
  /**
   * One key.
   *
   * @param scope which operation it belongs to; the same key in another scope is another key
   * @param key SHA-256 of the key, in hexadecimal
   */
  record Key(String scope, String key) {}

  /**
   * What is known of a key.
   *
   * @param body SHA-256 of the request's body, in hexadecimal
   * @param server the server process that claimed it
   * @param run the run that it led to, once that has its name
   * @param answer the answer, once there is one
   */
  record Entry(
      Key key,
      String body,
      String server,
      Instant claimedAt,
      Optional<RunId> run,
      Optional<Answer> answer) {}

  /** A stored response. */
  record Answer(int status, String document) {}

  /**
   * Claims a key.
   *
   * <p>When this throws, the claim may stand all the same, if the connection broke at the very end:
   * an open entry of this server that nothing in it works on is such a claim, and may be released.
   *
   * @param notBefore entries claimed before are forgotten first, if they have an answer; a claim
   *     without one never is, since its run may be under way
   * @return empty if it is the caller's now; else what is known of it
   */
  Optional<Entry> claim(Key key, String body, String server, Instant now, Instant notBefore);

  Optional<Entry> find(Key key);

  /**
   * Remembers the run that a claimed key led to, before that run does anything.
   *
   * @throws StateException also if nobody holds a claim of the key: the run must not begin
   */
  void started(Key key, RunId run);

  /**
   * Ends a claim with its answer.
   *
   * @throws StateException also if nobody holds a claim of the key
   */
  void answered(Key key, Answer answer);

  /**
   * Ends a claim without an answer: the key may be claimed again. Does nothing where there is no
   * claim, or an answer.
   */
  void release(Key key);

  /** Claims without an answer, of whatever server, oldest first. */
  List<Entry> open();
}
