package io.holdfast.server.security;

import io.holdfast.server.state.AuditLog;
import io.holdfast.server.state.AuditLog.Act;
import io.holdfast.server.state.StateException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Acts on their way to the state database. While that does not answer they wait here, in their
 * order. Thread-safe.
 */
final class ActMemory {
  private static final int MOST_WAITING = 300;

  private final AuditLog log;
  private final Deque<Act> waiting = new ArrayDeque<>();

  /** Held by the one who writes. */
  private final Lock writing = new ReentrantLock();

  ActMemory(AuditLog log) {
    this.log = log;
  }

  /**
   * Lets an act wait to be stored.
   *
   * @return whether there was room: those that wait stay, so that nobody who goes on acting can
   *     push out what he did first
   */
  boolean add(Act act) {
    synchronized (waiting) {
      return waiting.size() < MOST_WAITING && waiting.add(act);
    }
  }

  /**
   * Stores what waits; one writes for all, who looks again before he believes that he is done.
   *
   * @throws StateException if the state database does not answer; what waits goes on waiting
   */
  void store() {
    while (next() != null && writing.tryLock()) {
      try {
        for (Act next = next(); next != null; next = next()) {
          log.append(next);
          synchronized (waiting) {
            waiting.removeFirst();
          }
        }
      } finally {
        writing.unlock();
      }
    }
  }

  private @Nullable Act next() {
    synchronized (waiting) {
      return waiting.peekFirst();
    }
  }
}
