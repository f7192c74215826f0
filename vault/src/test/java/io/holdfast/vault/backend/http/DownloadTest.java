package io.holdfast.vault.backend.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is taken of a body, and when it is enough. */
class DownloadTest {
  private static final byte[] BODY = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

  private final Transfer transfer = new Transfer();
  private boolean cancelled;

  /** Sends a body in pieces, until it is not wanted any more. */
  private <T> T send(Download<T> download, int... sizes) {
    download.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long count) {}

          @Override
          public void cancel() {
            cancelled = true;
          }
        });
    int at = 0;
    for (int size : sizes) {
      if (!cancelled) {
        download.onNext(List.of(ByteBuffer.wrap(Arrays.copyOfRange(BODY, at, at + size))));
        at += size;
      }
    }
    if (!cancelled) {
      download.onComplete();
    }
    return download.getBody().toCompletableFuture().join();
  }

  @Test
  @DisplayName("a body is held up to its limit, to the byte")
  void gather() {
    assertThat(send(new Gather(transfer, 10), 3, 0, 7).bytes()).isEqualTo(BODY);
    assertThat(cancelled).isFalse();
    assertThat(send(new Gather(transfer, 10)).bytes()).isEmpty();
    Gather.Gathered tooLong = send(new Gather(transfer, 9), 3, 3, 4);
    assertThat(tooLong.tooLong()).isTrue();
    assertThat(tooLong.bytes()).isEmpty();
    assertThat(cancelled).isTrue();
  }

  @Test
  @DisplayName("a buffer is filled, after what is skipped, and what comes beyond ends it")
  void fill() {
    var target = ByteBuffer.allocate(4);
    assertThat(send(new Fill(transfer, 3, target), 1, 1, 3, 2))
        .isEqualTo(new Fill.Filled(4, false));
    assertThat(target.array()).containsExactly(4, 5, 6, 7);
    assertThat(cancelled).isFalse();

    assertThat(send(new Fill(transfer, 3, target.clear()), 2, 1, 7))
        .isEqualTo(new Fill.Filled(4, true));
    assertThat(target.array()).containsExactly(4, 5, 6, 7);
    assertThat(cancelled).isTrue();
  }

  @Test
  @DisplayName("a body that ends too soon leaves the buffer unfilled")
  void fillTooShort() {
    assertThat(send(new Fill(transfer, 3, ByteBuffer.allocate(9)), 5, 5))
        .isEqualTo(new Fill.Filled(7, false));
    assertThat(send(new Fill(transfer, 30, ByteBuffer.allocate(9)), 5, 5))
        .isEqualTo(new Fill.Filled(0, false));
  }

  @Test
  @DisplayName("a body that breaks off is a failure")
  void broken() {
    var gather = new Gather(transfer, 10);
    gather.onError(new IOException("broken"));
    assertThatThrownBy(() -> gather.getBody().toCompletableFuture().join())
        .isInstanceOf(CompletionException.class)
        .hasRootCauseMessage("broken");
  }

  @Test
  @DisplayName("after the end of its transfer nothing is taken any more")
  void ended() {
    transfer.end();
    var target = ByteBuffer.allocate(4);
    assertThat(send(new Fill(transfer, 0, target), 4)).isEqualTo(new Fill.Filled(0, false));
    assertThat(target.array()).containsOnly(0);
    assertThat(cancelled).isTrue();
  }
}
