package io.holdfast.vault.backend.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** When a request is given up. */
class TransferTest {
  private static final Duration SHORT = Duration.ofMillis(200);

  @Test
  @DisplayName("what moves is not given up, however long it takes; what stops moving is")
  void movingIsNotStalled() throws Exception {
    var transfer = new Transfer();
    var answer =
        new CompletableFuture<String>() {
          private int asked;

          @Override
          public String get(long timeout, TimeUnit unit) throws TimeoutException {
            if (++asked <= 1000) {
              transfer.move(() -> {});
              throw new TimeoutException();
            }
            if (asked == 1001) {
              return "done";
            }
            throw new TimeoutException();
          }
        };
    assertThat(Exchange.whileMoving(answer, transfer, SHORT)).isEqualTo("done");
    assertThatThrownBy(() -> Exchange.whileMoving(answer, new Transfer(), SHORT))
        .isInstanceOf(TimeoutException.class);
  }

  @Test
  @DisplayName("after its end a transfer moves nothing")
  void endedTransfer() {
    var transfer = new Transfer();
    assertThat(transfer.move(() -> {})).isTrue();
    transfer.end();
    assertThat(transfer.move(() -> assertThat(true).isFalse())).isFalse();
    assertThat(transfer.moved()).isOne();
  }
}
