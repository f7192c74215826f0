package io.holdfast.vault.backend.http;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request and waits for all of its answer, for as long as something moves. The client's
 * own timeout would end with the head of the answer, and would make no difference between a large
 * body on a slow line and a server that is dead.
 */
final class Exchange {
  private final HttpClient client;
  private final Duration stall;

  Exchange(HttpClient client, Duration stall) {
    this.client = client;
    this.stall = stall;
  }

  /**
   * @param operation the verb, for messages
   * @param subject what it is applied to
   * @param transfer of this request, which its bodies move; over when this returns
   */
  <T> HttpResponse<T> send(
      String operation,
      String subject,
      HttpRequest request,
      BodyHandler<T> handler,
      Transfer transfer)
      throws IOException {
    CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request, handler);
    try {
      return whileMoving(answer, transfer, stall);
    } catch (TimeoutException e) {
      throw new BackendException(
          operation, subject, Reason.TRANSIENT, "nothing moved for " + stall.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new BackendException(operation, subject, reason(cause), words(cause), cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(operation + " " + subject + ": interrupted");
    } finally {
      transfer.end();
      answer.cancel(true);
    }
  }

  /**
   * Waits as long as something moves in each span of time.
   *
   * @throws TimeoutException if nothing did
   */
  static <T> T whileMoving(Future<T> answer, Transfer transfer, Duration span)
      throws ExecutionException, InterruptedException, TimeoutException {
    long seen = 0;
    while (true) {
      try {
        return answer.get(span.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        long moved = transfer.moved();
        if (moved == seen) {
          throw e;
        }
        seen = moved;
      }
    }
  }

  /**
   * A connection that failed may be better the next time; a certificate that is not trusted, or a
   * server that speaks no TLS, will not.
   */
  private static Reason reason(Throwable failure) {
    boolean network = has(failure, EOFException.class) || has(failure, SocketException.class);
    return has(failure, SSLException.class) && !network ? Reason.OTHER : Reason.TRANSIENT;
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> type) {
    for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return true;
      }
    }
    return false;
  }

  /** The JDK's client says nothing of why it could not connect but by the types of the causes. */
  private static String words(Throwable failure) {
    if (has(failure, UnresolvedAddressException.class)
        || has(failure, UnknownHostException.class)) {
      return "the name of the host is not known";
    }
    if (failure instanceof ConnectException) {
      return "nobody answers there: the connection was refused, or there is no way to the host";
    }
    String message = failure.getMessage();
    return failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }
}
