package io.holdfast.server.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RealWaiterTest {
  private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

  private final Waiter waiter = Waiter.real();

  @Test
  void waitsAsLongAsItIsTold() throws Exception {
    long begin = System.nanoTime();
    waiter.await(Duration.ofMillis(30));
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(29));
    waiter.await(Duration.ZERO);
    waiter.await(Duration.ofSeconds(-1));
  }

  @Test
  void aWakeBeforeTheWaitCounts() throws Exception {
    waiter.wake();
    waiter.wake();
    waiter.await(FOREVER);

    long begin = System.nanoTime();
    waiter.await(Duration.ofMillis(30));
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .as("two wakes end one wait")
        .isGreaterThan(Duration.ofMillis(29));
  }

  @Test
  void aWakeEndsAWait() throws Exception {
    var woken = new CompletableFuture<Boolean>();
    Thread sleeper =
        Thread.ofVirtual()
            .start(() -> {
              try {
                waiter.await(FOREVER);
                woken.complete(true);
              } catch (InterruptedException e) {
                woken.completeExceptionally(e);
              }
            });
    waiter.wake();
    assertThat(woken.get(20, TimeUnit.SECONDS)).isTrue();
    sleeper.join();
  }
}
