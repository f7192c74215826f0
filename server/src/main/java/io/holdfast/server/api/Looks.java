package io.holdfast.server.api;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.server.http.Problem;
import io.holdfast.server.http.ProblemCode;
import io.holdfast.server.http.ProblemException;
import io.holdfast.server.http.Request;
import io.holdfast.server.http.Response;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Validations and checks: reading that goes on beside runs, and takes as long as a repository is
 * large. So there are few at once, whoever watches one as a stream and goes ends it, and so does
 * the end of the server. Thread-safe.
 */
public final class Looks implements AutoCloseable {
  private static final int AT_ONCE = 2;

  /** A guess: nobody knows how long the others still take. */
  private static final long RETRY_SECONDS = 30;

  private final Semaphore places = new Semaphore(AT_ONCE);
  private final Set<RunMonitor> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Answers with what comes of the reading. Who asks for a stream is answered before it begins.
   *
   * @throws ProblemException 429 if too many are under way
   */
  Response look(Request request, Function<RunMonitor, Object> work) throws Exception {
    if (!LongRequest.isStream(request)) {
      Look look = begin(work);
      try {
        return LongRequest.answer(
            request, 200, Optional.empty(), look.monitor::progress, look.answer);
      } finally {
        look.cancel();
      }
    }
    if (places.availablePermits() == 0) {
      throw tooMany();
    }
    return new Response.Events(
        200,
        sink -> {
          Look look = begin(work);
          try {
            LongRequest.stream(Optional.empty(), look.monitor::progress, look.answer).run(sink);
          } finally {
            look.cancel();
          }
        });
  }

  private Look begin(Function<RunMonitor, Object> work) {
    if (!places.tryAcquire()) {
      throw tooMany();
    }
    var look = new Look(RunMonitor.silent(), new CompletableFuture<>());
    underWay.add(look.monitor);
    if (closed) {
      look.cancel();
    }
    Thread.ofVirtual()
        .name("holdfast-look")
        .start(() -> {
          // The place is free before anybody hears of the end.
          try {
            Object document = work.apply(look.monitor);
            ended(look);
            look.answer.complete(new Response.Document(200, document));
          } catch (Throwable e) {
            ended(look);
            look.answer.completeExceptionally(closed && isCancelled(e) ? shuttingDown() : e);
          }
        });
    return look;
  }

  private void ended(Look look) {
    if (underWay.remove(look.monitor)) {
      places.release();
    }
  }

  private static boolean isCancelled(Throwable failure) {
    return failure instanceof HoldfastException known && known.code() == ErrorCode.CANCELLED;
  }

  private static ProblemException shuttingDown() {
    return new ProblemException(Problem.shuttingDown());
  }

  private record Look(RunMonitor monitor, CompletableFuture<Response> answer) {
    void cancel() {
      monitor.cancellation().cancel(Cancellation.Reason.CANCELLED);
    }
  }

  private static ProblemException tooMany() {
    return new ProblemException(
        new Problem(
            ProblemCode.RATE_LIMITED,
            "at most " + AT_ONCE + " validations and checks at once",
            OptionalLong.of(RETRY_SECONDS)));
  }

  /** Cancels what is under way, and whatever begins from now on. */
  @Override
  public void close() {
    closed = true;
    underWay.forEach(monitor -> monitor.cancellation().cancel(Cancellation.Reason.CANCELLED));
  }
}
