package io.holdfast.server.lifecycle;

import io.holdfast.server.event.EventName;
import io.holdfast.server.event.ServerEvent;
import io.holdfast.server.event.ServerEvents;
import io.holdfast.server.state.StateDatabase;
import io.holdfast.server.state.StateException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Forgets old runs and acts, at the first event and once a day. Whatever makes the tables grow is
 * an event, so they are bounded without a thread that waits for the day to pass. Thread-safe.
 */
final class Housekeeping {
  /** What is older is of interest to nobody, and a page is to stay quick. */
  static final Duration REMEMBERED = Duration.ofDays(400);

  private static final Duration DAY = Duration.ofDays(1);

  private final StateDatabase state;
  private final ServerEvents events;
  private final Clock clock;
  private final AtomicReference<Instant> last = new AtomicReference<>(Instant.EPOCH);

  Housekeeping(StateDatabase state, ServerEvents events, Clock clock) {
    this.state = state;
    this.events = events;
    this.clock = clock;
  }

  /** Something has happened. Returns at once. */
  void heard(ServerEvent event) {
    Instant now = clock.instant();
    Instant before = last.get();
    boolean due = now.isBefore(before) || !now.isBefore(before.plus(DAY));
    if (due && last.compareAndSet(before, now)) {
      Thread.ofVirtual().name("holdfast-housekeeping").start(() -> forget(now));
    }
  }

  private void forget(Instant now) {
    try {
      Instant before = now.minus(REMEMBERED);
      state.runs().prune(before);
      state.audit().prune(before);
    } catch (StateException e) {
      events.publish(
          ServerEvent.warning(
              EventName.STATE_FAILED, "old runs and acts stay for a day more: " + e.getMessage()));
    }
  }
}
