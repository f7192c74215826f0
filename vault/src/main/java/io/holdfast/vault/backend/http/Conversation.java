package io.holdfast.vault.backend.http;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;

/** All that is asked of one server, until it is closed. Thread-safe. */
public final class Conversation {
  /** Of an answer that means nothing; so much is read to keep the connection. */
  private static final int FORGOTTEN = 64 << 10;

  private final HttpClient client;
  private final Exchange exchange;
  private final String location;
  private volatile boolean closed;

  /**
   * Connects to nothing yet.
   *
   * @param location of the server, for people, without secrets
   */
  public Conversation(HttpSettings settings, String location) {
    var builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.connect())
            // Has no threads of its own, so it needs no end, which could cut off a last answer.
            .executor(Executors.newVirtualThreadPerTaskExecutor());
    settings.trust().ifPresent(builder::sslContext);
    this.client = builder.build();
    this.exchange = new Exchange(client, settings.stall());
    this.location = location;
  }

  /** Ends what is under way, well or badly; nothing can be asked after. */
  public void close() {
    closed = true;
    client.shutdownNow();
  }

  /**
   * Begins an operation.
   *
   * @param operation the verb, for messages
   * @param subject what it is applied to
   * @throws IllegalStateException after the end
   */
  public Ask about(String operation, String subject) throws InterruptedIOException {
    if (closed) {
      throw new IllegalStateException("the backend at " + location + " is closed");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException(operation + " " + subject + ": interrupted");
    }
    return new Ask(operation, subject);
  }

  /** One operation. */
  public final class Ask {
    private final String operation;
    private final String subject;

    private Ask(String operation, String subject) {
      this.operation = operation;
      this.subject = subject;
    }

    /** A request whose answer is all in its head. */
    public HttpResponse<Gather.Gathered> headOf(HttpRequest.Builder request) throws IOException {
      return headOf(transfer -> request);
    }

    /** The same with a body in the request. */
    public HttpResponse<Gather.Gathered> headOf(Sending request) throws IOException {
      return exchange(request, (info, transfer) -> new Gather(transfer, FORGOTTEN));
    }

    /** A request with bodies either way. */
    public <T> HttpResponse<T> exchange(
        Sending request, BiFunction<ResponseInfo, Transfer, BodySubscriber<T>> body)
        throws IOException {
      var transfer = new Transfer();
      try {
        return exchange.send(
            operation,
            subject,
            request.request(transfer).build(),
            info -> body.apply(info, transfer),
            transfer);
      } catch (BackendException e) {
        throw closed ? failure(Reason.OTHER, "the backend was closed meanwhile") : e;
      }
    }

    /** Goes on if it is one of 200 to 299. */
    public void expectSuccess(int status) throws BackendException {
      if (!Status.isSuccess(status)) {
        throw failure(Status.reason(status, false), Status.words(status));
      }
    }

    /** Success and nothing else will do. */
    public void expectOk(int status) throws BackendException {
      expectSuccess(status);
      if (status != 200) {
        throw failure(Reason.OTHER, Status.words(status));
      }
    }

    /** Goes on if a file was stored. */
    public void expectStored(int status) throws BackendException {
      if (!Status.isSuccess(status)) {
        throw failure(Status.reason(status, true), Status.words(status));
      }
    }

    /** A failure of this operation. */
    public BackendException failure(Reason reason, String detail) {
      return new BackendException(operation, subject, reason, detail);
    }
  }
}
