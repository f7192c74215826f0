package io.holdfast.engine.repository.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WorkersTest {
  @Test
  @DisplayName("what was begun cannot be cancelled, and is waited for; what was not is dropped")
  void cancelling() throws Exception {
    try (var workers = Workers.start("test")) {
      var begun = new CountDownLatch(workers.threads());
      var end = new CountDownLatch(1);
      var running = new ArrayList<Future<String>>();
      for (int i = 0; i < workers.threads(); i++) {
        running.add(
            workers.submit(() -> {
              begun.countDown();
              end.await();
              return "done";
            }));
      }
      begun.await();
      Future<String> waiting = workers.submit(() -> "never");

      assertThat(waiting.cancel(false)).isTrue();
      assertThat(waiting.isCancelled()).isTrue();
      for (Future<String> work : running) {
        assertThat(work.cancel(false)).isFalse();
        assertThat(work.isCancelled()).isFalse();
      }
      end.countDown();
      for (Future<String> work : running) {
        assertThat(Workers.await(work)).isEqualTo("done");
        assertThat(work.cancel(false)).isFalse();
      }
    }
  }
}
