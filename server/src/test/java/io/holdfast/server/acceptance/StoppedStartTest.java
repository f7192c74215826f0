package io.holdfast.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.Cancellation.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are stopped before they are up. */
class StoppedStartTest {
  @TempDir Path root;
  private final Cancellation stop = new Cancellation();
  private Brake brake;
  private String configuration;

  @BeforeEach
  void platform() throws Exception {
    LiveServer.platform(root);
    brake = new Brake(root);
    configuration =
        brake.in(LiveServer.configuration()).replace("on_startup: false", "on_startup: true");
  }

  @AfterEach
  void close() throws Exception {
    brake.close();
  }

  @Test
  @DisplayName("in the middle of the startup backup: it is cancelled, and publishes nothing")
  void inTheMiddle() throws Exception {
    brake.arm();
    CompletableFuture<Throwable> failure = CompletableFuture.supplyAsync(this::start);
    brake.awaitHeld();
    stop.cancel(Reason.CANCELLED);
    assertCancelled(failure.join());
    brake.disarm();
    // Everything was let go of: the next start is like any other.
    try (LiveServer again = LiveServer.start(root, brake.in(LiveServer.configuration()))) {
      assertThat(again.get("/admin/runs").data())
          .extracting(run -> run.get("status"))
          .containsExactly("cancelled");
    }
  }

  @Test
  @DisplayName("before the startup backup: none begins")
  void before() throws Exception {
    stop.cancel(Reason.CANCELLED);
    assertCancelled(start());
  }

  private Throwable start() {
    try (LiveServer started =
        LiveServer.start(root, configuration, builder -> builder.stop(stop))) {
      return new AssertionError(started + " is up");
    } catch (Exception e) {
      return e instanceof CompletionException ? e.getCause() : e;
    }
  }

  private void assertCancelled(Throwable failure) throws Exception {
    assertThatThrownBy(
            () -> {
              throw failure;
            })
        .isInstanceOfSatisfying(
            HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    try (var made = Files.list(root.resolve("repository/completed"))) {
      assertThat(made).isEmpty();
    }
  }
}
