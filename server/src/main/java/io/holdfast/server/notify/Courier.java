package io.holdfast.server.notify;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.server.event.EventName;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries notifications to one webhook, one after the other, on a thread of its own. */
final class Courier implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
  private static final int DROPS_PER_LOG_LINE = 100;

  private final Webhook webhook;
  private final RetryPlan plan;
  private final Wire wire;
  private final Clock clock;
  private final RandomGenerator random;
  private final Outbox outbox;
  private final Thread thread;
  private final AtomicLong delivered = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private volatile @Nullable Instant lastDelivered;
  private volatile @Nullable String lastFailure;

  Courier(
      Webhook webhook,
      RetryPlan plan,
      int capacity,
      Wire wire,
      Clock clock,
      RandomGenerator random) {
    this.webhook = webhook;
    this.plan = plan;
    this.wire = wire;
    this.clock = clock;
    this.random = random;
    this.outbox = new Outbox(capacity);
    this.thread = Thread.ofVirtual().name("holdfast-webhook-" + webhook.name()).unstarted(this);
  }

  void start() {
    thread.start();
  }

  void offer(Notification notification) {
    if (webhook.wants(notification) && outbox.offer(notification)) {
      long dropped = outbox.dropped();
      if (dropped % DROPS_PER_LOG_LINE == 1) {
        LOG.atWarn()
            .addKeyValue("event", EventName.NOTIFICATION_DROPPED)
            .log("{} does not keep up: {} notifications dropped so far", webhook, dropped);
      }
    }
  }

  @Override
  public void run() {
    try {
      for (Notification next = outbox.take(); next != null; next = outbox.take()) {
        deliver(next);
      }
    } catch (InterruptedException closing) {
      // Only finish() interrupts, when the time for what was left is over.
    }
  }

  private void deliver(Notification notification) throws InterruptedException {
    String outcome;
    try {
      var id = new byte[16];
      random.nextBytes(id);
      String delivery = HexFormat.of().formatHex(id);
      byte[] body = NotificationJson.bytes(notification, delivery);
      outcome = wire.send(() -> request(notification, delivery, body), plan).reason();
    } catch (InterruptedException closing) {
      failed.incrementAndGet();
      throw closing;
    } catch (HoldfastException e) {
      outcome = e.message();
    } catch (Throwable defect) {
      // Its message is not told: it may be that of whatever reads the secret.
      outcome = defect.getClass().getSimpleName();
    }
    if (outcome.isEmpty()) {
      lastDelivered = clock.instant();
      lastFailure = null;
      delivered.incrementAndGet();
    } else {
      lastFailure = outcome;
      failed.incrementAndGet();
      LOG.atWarn()
          .addKeyValue("event", EventName.NOTIFICATION_FAILED)
          .log("{} did not take {}: {}", webhook, notification.event(), outcome);
    }
  }

  private HttpRequest request(Notification notification, String delivery, byte[] body) {
    String timestamp = String.valueOf(clock.instant().getEpochSecond());
    var request =
        HttpRequest.newBuilder(webhook.url())
            .timeout(webhook.timeout())
            .header("Content-Type", "application/json")
            .header("User-Agent", "Holdfast")
            .header("X-Holdfast-Event", notification.event().text())
            .header("X-Holdfast-Delivery", delivery)
            .header("X-Holdfast-Timestamp", timestamp)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    webhook
        .secret()
        .ifPresent(secret ->
            request.header("X-Holdfast-Signature", Signature.of(key(secret), timestamp, body)));
    return request.build();
  }

  private byte[] key(Supplier<byte[]> secret) {
    byte[] key = secret.get();
    if (key.length == 0) {
      throw new HoldfastException(
          ErrorCode.CONFIGURATION_INVALID,
          "the secret of " + webhook + " is empty",
          "Put a secret there that the receiver knows too.");
    }
    return key;
  }

  /** Takes in no more, and goes on with what is left. */
  void close() {
    outbox.close();
  }

  /** Waits for the rest to be carried, for so long at most; then gives it up. */
  void finish(Duration atMost) throws InterruptedException {
    if (!thread.join(atMost)) {
      thread.interrupt();
    }
    int rest = outbox.clear();
    if (rest > 0) {
      LOG.atWarn()
          .addKeyValue("event", EventName.NOTIFICATION_DROPPED)
          .log("{} was too slow: {} notifications were dropped at the end", webhook, rest);
    }
  }

  WebhookState state() {
    return new WebhookState(
        webhook.name(),
        delivered.get(),
        failed.get(),
        outbox.dropped(),
        outbox.size(),
        Optional.ofNullable(lastDelivered),
        Optional.ofNullable(lastFailure));
  }
}
