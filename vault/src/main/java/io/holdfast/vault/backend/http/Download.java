package io.holdfast.vault.backend.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Takes the body of an answer as it comes, and stops the server as soon as it has enough.
 *
 * @param <T> what becomes of the body
 */
public abstract class Download<T> implements BodySubscriber<T> {
  private final Transfer transfer;
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;
  private boolean enough;

  protected Download(Transfer transfer) {
    this.transfer = transfer;
  }

  /**
   * Takes some bytes.
   *
   * @return whether more are wanted
   */
  protected abstract boolean take(ByteBuffer bytes);

  /** What became of the body: at its end, or when no more was wanted. */
  protected abstract T finish();

  @Override
  public final CompletionStage<T> getBody() {
    return result;
  }

  @Override
  public final void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(1);
  }

  @Override
  public final void onNext(List<ByteBuffer> items) {
    boolean going = transfer.move(() -> items.forEach(this::takeUnlessEnough));
    if (!going || enough) {
      cancel();
      onComplete();
    } else if (subscription != null) {
      subscription.request(1);
    }
  }

  private void takeUnlessEnough(ByteBuffer bytes) {
    if (!enough && bytes.hasRemaining()) {
      enough = !take(bytes);
    }
  }

  private void cancel() {
    if (subscription != null) {
      subscription.cancel();
    }
  }

  @Override
  public final void onError(Throwable failure) {
    result.completeExceptionally(failure);
  }

  @Override
  public final void onComplete() {
    if (!result.isDone()) {
      result.complete(finish());
    }
  }
}
