package io.holdfast.server.lifecycle;

import io.holdfast.engine.configuration.SecretSource;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.server.configuration.ServerSettings;
import io.holdfast.server.event.EventName;
import io.holdfast.server.event.ServerEvent;
import io.holdfast.server.event.ServerEvents;
import io.holdfast.server.notify.EventPattern;
import io.holdfast.server.notify.Heartbeat;
import io.holdfast.server.notify.HeartbeatState;
import io.holdfast.server.notify.Notification;
import io.holdfast.server.notify.RetryPlan;
import io.holdfast.server.notify.Severity;
import io.holdfast.server.notify.Webhook;
import io.holdfast.server.notify.WebhookState;
import io.holdfast.server.notify.Webhooks;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Whom the server tells of what happens, outside of itself. */
final class Notifications implements AutoCloseable {
  private static final Duration PING = Duration.ofSeconds(10);

  private final Optional<ServerSettings.Heartbeat> wanted;
  private final Clock clock;
  private final Webhooks webhooks;
  private @Nullable Heartbeat heartbeat;

  private Notifications(Optional<ServerSettings.Heartbeat> wanted, Clock clock, Webhooks webhooks) {
    this.wanted = wanted;
    this.clock = clock;
    this.webhooks = webhooks;
  }

  /** Begins to tell webhooks. */
  static Notifications begin(
      ServerPlan plan, FileLayer files, RandomGenerator random, Clock clock, ServerEvents events) {
    List<Webhook> hooks =
        plan.settings().webhooks().stream().map(hook -> webhook(hook, plan, files)).toList();
    plan.settings().webhooks().forEach(hook -> tellOfSecret(hook, plan, files, events));
    var webhooks = new Webhooks(hooks, RetryPlan.DEFAULT, clock, random);
    events.listen(event -> tell(webhooks, event, clock));
    return new Notifications(plan.settings().heartbeat(), clock, webhooks);
  }

  /** At once, since a webhook that cannot sign would otherwise only be missed when it matters. */
  private static void tellOfSecret(
      ServerSettings.Webhook hook, ServerPlan plan, FileLayer files, ServerEvents events) {
    try {
      hook.secret().ifPresent(secret -> secret.fetch(files, plan.variables()));
    } catch (HoldfastException e) {
      events.publish(
          ServerEvent.error(
              EventName.NOTIFICATION_FAILED,
              "webhook "
                  + hook.name()
                  + " cannot be told of anything until its secret is there: "
                  + e.message(),
              null));
    }
  }

  private static Webhook webhook(ServerSettings.Webhook hook, ServerPlan plan, FileLayer files) {
    Optional<SecretSource> source = hook.secret();
    Optional<Supplier<byte[]>> secret =
        source.map(
            from -> () -> from.fetch(files, plan.variables()).getBytes(StandardCharsets.UTF_8));
    return new Webhook(
        hook.name(),
        hook.url(),
        hook.events().stream().map(EventPattern::new).toList(),
        secret,
        hook.timeout());
  }

  private static void tell(Webhooks webhooks, ServerEvent event, Clock clock) {
    if (!event.name().isDelivered()) {
      return;
    }
    Severity severity =
        switch (event.severity()) {
          case DETAIL, INFO -> Severity.INFO;
          case WARNING -> Severity.WARNING;
          case ERROR -> Severity.ERROR;
        };
    webhooks.tell(
        new Notification(event.name(), clock.instant(), severity, event.facts(), event.text()));
  }

  /** Begins the heartbeat: pings only while the server is ready and says that all is well. */
  void watch(Server server) {
    heartbeat =
        wanted
            .map(ping ->
                new Heartbeat(
                    new Heartbeat.Settings(ping.url(), ping.every(), shorter(ping.every())),
                    () -> server.isReady() && server.health().status().equals("ok"),
                    clock))
            .orElse(null);
  }

  private static Duration shorter(Duration every) {
    return every.compareTo(PING) < 0 ? every : PING;
  }

  List<WebhookState> webhooks() {
    return webhooks.states();
  }

  Optional<HeartbeatState> heartbeat() {
    return Optional.ofNullable(heartbeat).map(Heartbeat::state);
  }

  @Override
  public void close() {
    if (heartbeat != null) {
      heartbeat.close();
    }
    webhooks.close();
  }
}
