package io.holdfast.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.run.Cancellation;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ComponentThreadsTest {
  private static final Duration SHORT = Duration.ofMillis(20);

  @Test
  @Tag("P8")
  @DisplayName(
      "P8: a step that hangs in a call that nothing can interrupt is abandoned, and is a timeout")
  void abandonsWhatHangs() {
    var never = new CountDownLatch(1);
    try (var threads = new ComponentThreads("test", 1, SHORT)) {
      var cancellation = new Cancellation();
      var step =
          threads.start(
              cancellation,
              () -> {
                while (true) {
                  try {
                    never.await();
                  } catch (InterruptedException deaf) {
                    // As a read from a dead network mount.
                  }
                }
              });
      try (var deadline = threads.deadline(cancellation, SHORT)) {
        assertThatThrownBy(() -> ComponentThreads.await(step))
            .isInstanceOfSatisfying(
                HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT))
            .hasMessageContaining("abandoned");
      }
    }
  }

  @Test
  void aStepThatEndsWhenAskedSaysItself() {
    try (var threads = new ComponentThreads("test", 1, Duration.ofHours(1))) {
      var cancellation = new Cancellation();
      var asked = new CountDownLatch(1);
      var unused = cancellation.onCancel(asked::countDown);
      var step =
          threads.start(
              cancellation,
              () -> {
                asked.await();
                cancellation.check();
                return "not reached";
              });
      cancellation.cancel(Cancellation.Reason.CANCELLED);
      assertThatThrownBy(() -> ComponentThreads.await(step)).hasMessage("was cancelled");
    }
  }

  @Test
  void aDeadlineThatIsClosedInTimeDoesNothing() throws IOException {
    try (var threads = new ComponentThreads("test", 1, SHORT)) {
      var cancellation = new Cancellation();
      try (var deadline = threads.deadline(cancellation, Duration.ofHours(1))) {
        assertThat(ComponentThreads.await(threads.start(cancellation, () -> 42))).isEqualTo(42);
      }
      assertThat(cancellation.reason()).isNull();
    }
  }

  @Test
  void errorsAreNotDisguised() {
    try (var threads = new ComponentThreads("test", 1, SHORT)) {
      var step =
          threads.start(
              new Cancellation(),
              () -> {
                throw new StackOverflowError("planted");
              });
      assertThatThrownBy(() -> ComponentThreads.await(step)).isInstanceOf(StackOverflowError.class);
    }
  }
}
