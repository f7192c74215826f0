package io.holdfast.vault.backend.rest;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.function.BiFunction;
import java.util.function.Function;

/** All that is asked of one server, until it is closed. Thread-safe. */
final class Conversation {
  /** Of an answer that means nothing; so much is read to keep the connection. */
  private static final int FORGOTTEN = 64 << 10;

  private final Exchange exchange;
  private final String location;
  private volatile boolean closed;

  Conversation(Exchange exchange, String location) {
    this.exchange = exchange;
    this.location = location;
  }

  void close() {
    closed = true;
  }

  /**
   * Begins an operation.
   *
   * @param operation the verb, for messages
   * @param subject what it is applied to
   */
  Ask about(String operation, String subject) throws InterruptedIOException {
    if (closed) {
      throw new IllegalStateException("the backend at " + location + " is closed");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException(operation + " " + subject + ": interrupted");
    }
    return new Ask(operation, subject);
  }

  /** One operation. */
  final class Ask {
    private final String operation;
    private final String subject;

    private Ask(String operation, String subject) {
      this.operation = operation;
      this.subject = subject;
    }

    /** A request whose answer is all in its head. */
    HttpResponse<Gather.Gathered> headOf(HttpRequest.Builder request) throws IOException {
      return headOf(transfer -> request);
    }

    /** The same with a body in the request. */
    HttpResponse<Gather.Gathered> headOf(Function<Transfer, HttpRequest.Builder> request)
        throws IOException {
      return exchange(request, (info, transfer) -> new Gather(transfer, FORGOTTEN));
    }

    /** A request with bodies either way. */
    <T> HttpResponse<T> exchange(
        Function<Transfer, HttpRequest.Builder> request,
        BiFunction<ResponseInfo, Transfer, BodySubscriber<T>> body)
        throws IOException {
      var transfer = new Transfer();
      try {
        return exchange.send(
            operation,
            subject,
            request.apply(transfer).build(),
            info -> body.apply(info, transfer),
            transfer);
      } catch (BackendException e) {
        throw closed ? failure(Reason.OTHER, "the backend was closed meanwhile") : e;
      }
    }

    void expectSuccess(int status) throws BackendException {
      if (!Status.isSuccess(status)) {
        throw failure(Status.reason(status, false), Status.words(status));
      }
    }

    /** Success and nothing else will do. */
    void expectOk(int status) throws BackendException {
      expectSuccess(status);
      if (status != 200) {
        throw failure(Reason.OTHER, Status.words(status));
      }
    }

    void expectStored(int status) throws BackendException {
      if (!Status.isSuccess(status)) {
        throw failure(Status.reason(status, true), Status.words(status));
      }
    }

    BackendException failure(Reason reason, String detail) {
      return new BackendException(operation, subject, reason, detail);
    }
  }
}
