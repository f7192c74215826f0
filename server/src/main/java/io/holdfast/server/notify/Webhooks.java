package io.holdfast.server.notify;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Tells webhooks what happened. Thread-safe.
 *
 * <p>{@link #tell} never waits and never throws. Each webhook has an outbox and a thread of its
 * own, so one that hangs delays no other. Notifications reach a webhook in order, each signed;
 * whether one arrives is not certain, and it may arrive twice, with the same delivery id.
 */
public final class Webhooks implements AutoCloseable {
  /** How many notifications may wait for one webhook. */
  public static final int CAPACITY = 256;

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final List<Courier> couriers;
  private final Wire wire;
  private volatile boolean closed;

  /**
   * Ready to deliver.
   *
   * @param random makes delivery ids; must be thread-safe
   */
  public Webhooks(List<Webhook> webhooks, RetryPlan plan, Clock clock, RandomGenerator random) {
    this.wire = new Wire(clock);
    this.couriers =
        webhooks.stream()
            .map(webhook -> new Courier(webhook, plan, CAPACITY, wire, clock, random))
            .toList();
    couriers.forEach(Courier::start);
  }

  /** Sends it to the webhooks that want it, some time soon. */
  public void tell(Notification notification) {
    if (closed) {
      // What comes after the end is for the log.
      return;
    }
    for (Courier courier : couriers) {
      courier.offer(notification);
    }
  }

  /** How they stand, in the order of the configuration. */
  public List<WebhookState> states() {
    return couriers.stream().map(Courier::state).toList();
  }

  /** As {@link #close(Duration)} with five seconds. */
  @Override
  public void close() {
    close(PATIENCE);
  }

  /**
   * Takes no further notification, gives what is waiting so much time, and drops the rest.
   *
   * @param patience for all webhooks together
   */
  public void close(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    closed = true;
    couriers.forEach(Courier::close);
    try {
      for (Courier courier : couriers) {
        courier.finish(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      wire.close();
    }
  }
}
