package io.holdfast.server.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.Trigger;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What was begun and is not over. */
class LaunchesTest {
  private final Launches launches = new Launches();
  private final Cancellation run = new Cancellation();

  @Test
  @DisplayName("one that has no name yet is cancelled and waited for")
  void namelessRuns() throws Exception {
    var over = launches.begin(run, Optional.of(Trigger.MANUAL));
    launches.cancel();
    assertThat(run.isCancelled()).isTrue();
    assertThat(launches.awaitNone(Duration.ofMillis(1))).isFalse();
    CompletableFuture<Boolean> waiting =
        CompletableFuture.supplyAsync(() -> launches.awaitNone(Duration.ofMinutes(1)));
    over.close();
    assertThat(waiting.get(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  @DisplayName("at the end only the shutdown backup begins, and then nothing")
  void end() {
    launches.end();
    assertRefused(Optional.of(Trigger.MANUAL));
    assertRefused(Optional.of(Trigger.SCHEDULED));
    assertRefused(Optional.empty());
    launches.begin(run, Optional.of(Trigger.SHUTDOWN)).close();
    launches.endAll();
    assertRefused(Optional.of(Trigger.SHUTDOWN));
  }

  @Test
  @DisplayName("a thread that is interrupted waits all the same, and stays interrupted")
  void interrupted() throws Exception {
    var over = launches.begin(run, Optional.empty());
    var ended = new CompletableFuture<Boolean>();
    var interrupted = new CompletableFuture<Boolean>();
    Thread waiting =
        Thread.ofPlatform()
            .start(() -> {
              ended.complete(launches.awaitNone(Duration.ofMinutes(1)));
              interrupted.complete(Thread.currentThread().isInterrupted());
            });
    waiting.interrupt();
    over.close();
    assertThat(ended.get(1, TimeUnit.MINUTES)).isTrue();
    waiting.join();
    assertThat(interrupted.join()).isTrue();
  }

  private void assertRefused(Optional<Trigger> trigger) {
    assertThatThrownBy(() -> launches.begin(run, trigger))
        .isInstanceOfSatisfying(
            HoldfastException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.SHUTTING_DOWN));
  }
}
