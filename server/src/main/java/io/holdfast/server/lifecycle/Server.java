package io.holdfast.server.lifecycle;

import io.holdfast.engine.Engine;
import io.holdfast.engine.file.FileLayer.HeldLock;
import io.holdfast.engine.installation.Automation;
import io.holdfast.server.api.ServerStatus;
import io.holdfast.server.api.Services;
import io.holdfast.server.document.HealthJson;
import io.holdfast.server.document.ScheduleJson;
import io.holdfast.server.event.EventName;
import io.holdfast.server.event.ServerEvent;
import io.holdfast.server.event.ServerEvents;
import io.holdfast.server.http.HttpServer;
import io.holdfast.server.run.Runs;
import io.holdfast.server.setting.BackupSettings;
import io.holdfast.server.setting.SettingKey;
import io.holdfast.server.target.Targets;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server that is up. Made by {@link Startup}; thread-safe.
 *
 * <p>Its end: no run begins any more and {@code /ready} says no; the schedule stops; what is under
 * way is cancelled, so that a backup publishes nothing and a restore puts every target back; the
 * shutdown backup is made, within its time; requests end; what is to be told is told.
 */
public final class Server implements ServerStatus, AutoCloseable {
  /** How long a run may take to end once it was cancelled; a commit is never cut short. */
  private static final Duration CANCELLATION = Duration.ofMinutes(5);

  private static final Duration REQUESTS = Duration.ofSeconds(5);

  private final Parts parts;
  private final Instant startedAt;
  private @Nullable HttpServer http;
  private volatile boolean ready;
  private boolean closed;

  /**
   * What a server holds, in the order in which it lets go of it.
   *
   * @param lock says that no other server serves this installation
   */
  record Parts(
      Engine engine,
      HeldLock lock,
      Services services,
      ServerEvents events,
      AutomaticBackups automatic,
      ScheduledBackups schedule,
      Health health,
      Notifications notifications,
      Optional<Targets> targets,
      Automation automation,
      Clock clock,
      String version) {
    Runs runs() {
      return services.runs();
    }

    BackupSettings settings() {
      return services.settings();
    }
  }

  Server(Parts parts) {
    this.parts = parts;
    this.startedAt = parts.clock().instant();
  }

  /** Everything has been set right, and the startup backup been made: takes requests. */
  void open(Optional<HttpServer> listener) throws IOException {
    http = listener.orElse(null);
    if (http != null) {
      http.start();
    }
    parts.schedule().start();
    ready = true;
    // Beside the requests: what a killed server left behind harms nobody, and disks may be slow.
    parts
        .targets()
        .ifPresent(targets -> Thread.ofVirtual().name("holdfast-targets").start(targets::begin));
    Thread.ofVirtual()
        .name("holdfast-catalogue")
        .start(() -> {
          try {
            parts.services().catalogue().warm();
          } catch (RuntimeException unreachable) {
            // Whoever asks is told.
          }
        });
    parts
        .events()
        .publish(
            ServerEvent.info(
                    EventName.SERVER_STARTED,
                    Optional.ofNullable(http)
                        .map(bound -> "listening on " + bound.listening())
                        .orElse("started without a listener"))
                .with("version", parts.version()));
  }

  /** Where it listens; empty if it does not. */
  public Optional<URI> address() {
    return Optional.ofNullable(http).map(HttpServer::uri);
  }

  /** All that a request could ask for. */
  public Services services() {
    return parts.services();
  }

  @Override
  public HealthJson health() {
    return parts.health().document();
  }

  @Override
  public boolean isReady() {
    return ready;
  }

  @Override
  public ScheduleJson schedule() {
    return parts.schedule().document();
  }

  @Override
  public Instant startedAt() {
    return startedAt;
  }

  @Override
  public String version() {
    return parts.version();
  }

  /** Ends, as described above; a second call waits for the first. Never throws. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    ready = false;
    parts.runs().end();
    step(() -> tell(ServerEvent.info(EventName.SERVER_STOPPING, "shutting down")));
    step(parts.schedule()::close);
    step(parts.services().looks()::close);
    step(this::lastBackup);
    parts.runs().endAll();
    HttpServer listener = http;
    if (listener != null) {
      step(() -> listener.drain(REQUESTS));
      step(listener::close);
    }
    parts.targets().ifPresent(targets -> step(targets::close));
    step(parts.notifications()::close);
    step(() -> tell(ServerEvent.info(EventName.SERVER_STOPPED, "stopped")));
    step(parts.services().state()::close);
    step(parts.engine()::close);
    // If it cannot be given back, the kernel lets go of it with the process.
    step(parts.lock()::close);
  }

  private void lastBackup() {
    if (!parts.runs().cancelAndWait(CANCELLATION)) {
      tell(
          ServerEvent.warning(
              EventName.SERVER_STOPPING, "a run is still under way and is left to the next start"));
    } else if (parts.settings().flag(SettingKey.ON_SHUTDOWN)
        && !parts.engine().installation().components().isEmpty()) {
      parts.automatic().shutdown(parts.automation().shutdownTimeout());
    }
  }

  private void tell(ServerEvent event) {
    parts.events().publish(event);
  }

  private interface Step {
    void run() throws IOException;
  }

  /** One that fails keeps none of the others from being taken. */
  private void step(Step step) {
    try {
      step.run();
    } catch (IOException | RuntimeException e) {
      try {
        tell(ServerEvent.warning(EventName.SERVER_STOPPING, "while shutting down: " + e));
      } catch (RuntimeException alsoFailed) {
        e.addSuppressed(alsoFailed);
      }
    }
  }
}
