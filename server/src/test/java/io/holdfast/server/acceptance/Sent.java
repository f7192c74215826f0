package io.holdfast.server.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/** Reads back what a request sends. */
final class Sent {
  private Sent() {}

  /** The body; bodies of tests are texts, whose publishers hand them over at once. */
  static String body(HttpRequest request) {
    var text = new StringBuilder();
    request
        .bodyPublisher()
        .filter(publisher -> publisher.contentLength() != 0)
        .ifPresent(publisher -> publisher.subscribe(new Collector(text)));
    return text.toString();
  }

  private record Collector(StringBuilder text) implements Flow.Subscriber<ByteBuffer> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer bytes) {
      text.append(UTF_8.decode(bytes));
    }

    @Override
    public void onError(Throwable failure) {
      throw new AssertionError(failure);
    }

    @Override
    public void onComplete() {}
  }
}
