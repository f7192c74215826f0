package io.holdfast.server.notify;

import io.holdfast.server.event.EventName;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pings an address while all is well, and says nothing while it is not: whoever watches the address
 * raises the alarm when pings stay out, and so also when this process, its machine or its network
 * is gone. Thread-safe.
 */
public final class Heartbeat implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Settings settings;
  private final BooleanSupplier healthy;
  private final Clock clock;
  private final Wire wire;
  private final RetryPlan plan;
  private final Thread thread = Thread.ofVirtual().name("holdfast-heartbeat").unstarted(this::beat);
  private volatile HeartbeatState state = new HeartbeatState(0, 0, 0, Optional.empty());

  /**
   * What to ping.
   *
   * @param url asked with GET; may hold a secret, and is not told
   * @param interval from one ping to the next
   * @param timeout how long one attempt may take
   */
  public record Settings(URI url, Duration interval, Duration timeout) {
    /**
     * @throws IllegalArgumentException if one of them is none; the address is not told
     */
    public Settings {
      HttpAddress.check(url);
      if (!interval.isPositive() || !timeout.isPositive()) {
        throw new IllegalArgumentException("the heartbeat's interval and timeout must be positive");
      }
    }

    /** Without the address. */
    @Override
    public String toString() {
      return "heartbeat every " + interval;
    }
  }

  /**
   * Begins at once, with a ping if all is well.
   *
   * @param healthy whether all is well; asked before each ping, on a thread of the heartbeat's own.
   *     One that hangs or throws means that it is not
   */
  public Heartbeat(Settings settings, BooleanSupplier healthy, Clock clock) {
    this.settings = settings;
    this.healthy = healthy;
    this.clock = clock;
    this.wire = new Wire(clock);
    Duration interval = settings.interval();
    // Within the interval, so that no ping meets the next.
    this.plan =
        new RetryPlan(3, interval.dividedBy(20), interval.dividedBy(5), interval.dividedBy(2));
    thread.start();
  }

  private void beat() {
    long next = System.nanoTime();
    try {
      while (true) {
        ping();
        next = Math.max(next + settings.interval().toNanos(), System.nanoTime());
        Thread.sleep(Duration.ofNanos(next - System.nanoTime()));
      }
    } catch (InterruptedException closing) {
      // Only close() interrupts.
    }
  }

  private void ping() throws InterruptedException {
    HeartbeatState before = state;
    if (!isHealthy()) {
      state =
          new HeartbeatState(
              before.sent(), before.failed(), before.withheld() + 1, before.lastSent());
      return;
    }
    Answer answer = answer();
    if (answer instanceof Answer.Accepted) {
      state =
          new HeartbeatState(
              before.sent() + 1, before.failed(), before.withheld(), Optional.of(clock.instant()));
    } else {
      state =
          new HeartbeatState(
              before.sent(), before.failed() + 1, before.withheld(), before.lastSent());
      LOG.atWarn()
          .addKeyValue("event", EventName.HEARTBEAT_FAILED)
          .log("the heartbeat did not get through: {}", answer.reason());
    }
  }

  private boolean isHealthy() {
    try {
      return healthy.getAsBoolean();
    } catch (Throwable unknown) {
      return false;
    }
  }

  private Answer answer() throws InterruptedException {
    try {
      return wire.send(this::request, plan);
    } catch (RuntimeException | Error defect) {
      return new Answer.Refused(defect.getClass().getSimpleName());
    }
  }

  private HttpRequest request() {
    return HttpRequest.newBuilder(settings.url())
        .timeout(settings.timeout())
        .header("User-Agent", "Holdfast")
        .GET()
        .build();
  }

  /** How it stands. */
  public HeartbeatState state() {
    return state;
  }

  /** Pings no more. Returns within about a second, whatever hangs. */
  @Override
  public void close() {
    thread.interrupt();
    wire.close();
    try {
      if (!thread.join(PATIENCE)) {
        LOG.warn("the question whether all is well is still unanswered");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
