package io.holdfast.server.notify;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent to one webhook, in order. When it is full, the oldest of the lowest
 * severity goes, so that a flood of good news does not wash out the bad.
 */
final class Outbox {
  private final int capacity;
  private final Deque<Notification> waiting = new ArrayDeque<>();
  private boolean closed;
  private long dropped;

  Outbox(int capacity) {
    this.capacity = capacity;
  }

  /**
   * Takes it in without ever waiting.
   *
   * @return whether one had to go, which may be this one
   */
  synchronized boolean offer(Notification notification) {
    if (!closed) {
      waiting.addLast(notification);
      notifyAll();
    }
    boolean tooMany = closed || waiting.size() > capacity;
    if (tooMany) {
      dropped++;
    }
    if (waiting.size() > capacity) {
      dropLeast();
    }
    return tooMany;
  }

  private void dropLeast() {
    Severity lowest =
        waiting.stream().map(Notification::severity).min(Severity::compareTo).orElseThrow();
    for (Iterator<Notification> oldestFirst = waiting.iterator(); oldestFirst.hasNext(); ) {
      if (oldestFirst.next().severity() == lowest) {
        oldestFirst.remove();
        return;
      }
    }
  }

  /** The oldest, which is then no longer in it; waits for one; null when closed and empty. */
  synchronized @Nullable Notification take() throws InterruptedException {
    while (waiting.isEmpty() && !closed) {
      wait();
    }
    return waiting.pollFirst();
  }

  /** Takes in no more. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Drops the rest. */
  synchronized int clear() {
    int rest = waiting.size();
    dropped += rest;
    waiting.clear();
    return rest;
  }

  synchronized int size() {
    return waiting.size();
  }

  synchronized long dropped() {
    return dropped;
  }
}
