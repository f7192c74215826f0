package io.holdfast.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Reads a request's body, within a size and a time. */
final class RequestBody {
  private static final long PIECE = 32L << 10;
  private static final long SKIPPED_BYTES = 64L << 10;
  private static final long LINGER_BYTES = 64L << 20;
  private static final Duration LINGER_TIME = Duration.ofSeconds(2);

  private final Request request;

  RequestBody(Request request) {
    this.request = request;
  }

  /**
   * The whole body.
   *
   * @throws ProblemException 413 if it is larger, 408 if it takes longer, however it trickles; 400
   *     if it is not what its headers say
   */
  byte[] read(int limitBytes, Duration time) throws InterruptedException {
    if (request.getLength() > limitBytes) {
      throw tooLarge(limitBytes);
    }
    // Grows as bytes arrive: what the client announces costs it nothing, so it gets nothing.
    var bytes = new ByteArrayOutputStream();
    long deadline = System.nanoTime() + time.toNanos();
    while (true) {
      Content.Chunk chunk = next(deadline);
      try {
        if (Content.Chunk.isFailure(chunk)) {
          throw broken(chunk.getFailure());
        }
        if (bytes.size() + chunk.remaining() > limitBytes) {
          throw tooLarge(limitBytes);
        }
        append(chunk.getByteBuffer(), bytes);
        if (chunk.isLast()) {
          return bytes.toByteArray();
        }
      } finally {
        chunk.release();
      }
    }
  }

  /**
   * Hands on the body as it comes.
   *
   * @param time for each {@link #PIECE} bytes
   * @throws ProblemException as {@link #read}
   */
  void receive(long limitBytes, Duration time, io.holdfast.server.http.Request.Sink sink)
      throws IOException, InterruptedException {
    if (request.getLength() > limitBytes) {
      throw tooLarge(limitBytes);
    }
    long taken = 0;
    long due = PIECE;
    long deadline = System.nanoTime() + time.toNanos();
    while (true) {
      Content.Chunk chunk = next(deadline);
      try {
        if (Content.Chunk.isFailure(chunk)) {
          throw broken(chunk.getFailure());
        }
        taken += chunk.remaining();
        if (taken > limitBytes) {
          throw tooLarge(limitBytes);
        }
        if (chunk.hasRemaining()) {
          sink.accept(chunk.getByteBuffer());
        }
        if (chunk.isLast()) {
          return;
        }
      } finally {
        chunk.release();
      }
      if (taken >= due) {
        due = taken + PIECE;
        // From when it was taken: that this side is slow is not the client's fault.
        deadline = System.nanoTime() + time.toNanos();
      }
    }
  }

  /**
   * Takes in what has arrived of a body that nobody wants, if it is not much.
   *
   * @return whether that was all, so that the connection can go on with the next request
   */
  boolean skipArrived() {
    long taken = 0;
    while (taken < SKIPPED_BYTES) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        return false;
      }
      taken += chunk.remaining();
      chunk.release();
      if (Content.Chunk.isFailure(chunk)) {
        return false;
      }
      if (chunk.isLast()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Takes in what is left of a body whose request was answered without it. If the connection were
   * closed at once, the client's system would throw away the answer that has just arrived, and the
   * client would see a broken connection instead of the reason.
   */
  void linger() throws InterruptedException {
    if (request.getHeaders().contains("Expect")) {
      // It waits to be asked for the body, and has its answer now.
      return;
    }
    long deadline = System.nanoTime() + LINGER_TIME.toNanos();
    long taken = 0;
    try {
      while (taken < LINGER_BYTES) {
        Content.Chunk chunk = next(deadline);
        taken += chunk.remaining();
        chunk.release();
        if (chunk.isLast() || Content.Chunk.isFailure(chunk)) {
          return;
        }
      }
    } catch (ProblemException outOfTime) {
      // The client has had its chance.
    }
  }

  private Content.Chunk next(long deadline) throws InterruptedException {
    while (true) {
      Content.Chunk chunk = request.read();
      if (chunk != null) {
        return chunk;
      }
      var available = new CountDownLatch(1);
      request.demand(available::countDown);
      if (!available.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw new ProblemException(ProblemCode.REQUEST_TIMEOUT, "The body took too long to arrive");
      }
    }
  }

  private static void append(ByteBuffer from, ByteArrayOutputStream to) {
    byte[] piece = new byte[from.remaining()];
    from.get(piece);
    to.writeBytes(piece);
  }

  private static ProblemException tooLarge(long limitBytes) {
    return new ProblemException(
        ProblemCode.PAYLOAD_TOO_LARGE, "A body has at most " + limitBytes + " bytes");
  }

  private static ProblemException broken(Throwable failure) {
    return failure instanceof HttpException
        ? new ProblemException(
            new Problem(ProblemCode.BAD_REQUEST, "The body is not what its headers announce"),
            failure)
        : new ProblemException(
            new Problem(ProblemCode.REQUEST_TIMEOUT, "The body did not arrive"), failure);
  }
}
