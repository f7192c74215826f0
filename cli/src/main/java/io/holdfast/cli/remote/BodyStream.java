package io.holdfast.cli.remote;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer as a stream that waits for the next byte only so long, and that can be
 * broken off while it waits; the JDK's own does neither. It asks for the next piece when the last
 * was read, so that a server cannot fill the memory. Read on one thread; {@link #abort} on any.
 */
final class BodyStream extends InputStream implements BodySubscriber<InputStream> {
  private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
  private final Queue<ByteBuffer> present = new ArrayDeque<>();
  private final AtomicReference<@Nullable Subscription> subscription = new AtomicReference<>();
  private final Duration silence;
  private boolean ended;

  private sealed interface Piece {
    record Bytes(List<ByteBuffer> buffers) implements Piece {}

    record End() implements Piece {}

    record Failure(Throwable cause) implements Piece {}
  }

  /**
   * @param silence how long to wait for the next byte
   */
  BodyStream(Duration silence) {
    this.silence = silence;
  }

  @Override
  public CompletionStage<InputStream> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public void onSubscribe(Subscription given) {
    if (subscription.compareAndSet(null, given)) {
      given.request(1);
    } else {
      given.cancel();
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    pieces.add(new Piece.Bytes(buffers));
  }

  @Override
  public void onError(Throwable cause) {
    pieces.add(new Piece.Failure(cause));
  }

  @Override
  public void onComplete() {
    pieces.add(new Piece.End());
  }

  /** Ends the reading: whoever reads gets an exception. */
  void abort() {
    pieces.add(new Piece.Failure(new IOException("broken off")));
    close();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    ByteBuffer buffer = present.element();
    int count = Math.min(length, buffer.remaining());
    buffer.get(into, offset, count);
    return count;
  }

  /**
   * Waits until something is there.
   *
   * @return whether something is; else the body is over
   */
  private boolean fill() throws IOException {
    while (!ended) {
      while (!present.isEmpty() && !present.element().hasRemaining()) {
        present.remove();
      }
      if (!present.isEmpty()) {
        return true;
      }
      switch (next()) {
        case Piece.Bytes(var buffers) -> {
          present.addAll(buffers);
          Subscription given = subscription.get();
          if (given != null) {
            given.request(1);
          }
        }
        case Piece.End() -> ended = true;
        case Piece.Failure(var cause) -> throw new IOException(cause.getMessage(), cause);
      }
    }
    return false;
  }

  private Piece next() throws IOException {
    try {
      Piece piece = pieces.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
      if (piece == null) {
        close();
        throw new SilenceException(silence);
      }
      return piece;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Lets go of the connection. */
  @Override
  public void close() {
    Subscription given = subscription.get();
    if (given != null) {
      given.cancel();
    }
  }
}
