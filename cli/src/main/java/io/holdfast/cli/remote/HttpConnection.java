package io.holdfast.cli.remote;

import io.holdfast.cli.Version;
import io.holdfast.engine.run.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to one server, with the token, and never anywhere else: redirects are not
 * followed. Thread-safe.
 */
final class HttpConnection implements AutoCloseable {
  private final HttpClient client;
  private final ServerAddress address;
  private final BearerToken token;
  private final Patience patience;
  private final boolean ownAuthorities;

  /**
   * A request.
   *
   * @param body JSON, or null for none
   * @param headers further headers
   */
  record Call(
      String method,
      ApiPath path,
      byte @Nullable [] body,
      String accept,
      Map<String, String> headers) {}

  /**
   * @param authorities what to trust in place of the system's
   */
  HttpConnection(
      ServerAddress address,
      BearerToken token,
      Optional<SSLContext> authorities,
      Patience patience) {
    this.address = address;
    this.token = token;
    this.patience = patience;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(patience.connect());
    this.ownAuthorities = authorities.isPresent();
    authorities.ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  /** Whether others are trusted than those of the system. */
  boolean hasOwnAuthorities() {
    return ownAuthorities;
  }

  ServerAddress address() {
    return address;
  }

  /**
   * Sends a request and waits for the beginning of the answer.
   *
   * @param until breaks off the waiting, and later the reading
   * @throws LostException if there is no answer
   * @throws io.holdfast.engine.error.HoldfastException {@code CANCELLED}
   */
  Reply send(Call call, Cancellation until) throws LostException {
    until.check();
    // Not HttpRequest.timeout: newer JDKs let it count until the last byte of a stream.
    CompletableFuture<HttpResponse<InputStream>> answer =
        client.sendAsync(request(call), info -> new BodyStream(patience.silence()));
    try (var waiting = until.onCancel(() -> answer.cancel(true))) {
      HttpResponse<InputStream> response =
          answer.get(patience.silence().toMillis(), TimeUnit.MILLISECONDS);
      return new Reply(response, (BodyStream) response.body(), until);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw LostException.meanwhile(new SilenceException(patience.silence()));
    } catch (ExecutionException e) {
      throw LostException.of(e.getCause());
    } catch (CancellationException e) {
      until.check();
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw LostException.meanwhile(new IOException("interrupted", e));
    }
  }

  private HttpRequest request(Call call) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve(call.path()))
            .header("Authorization", token.header())
            .header("Accept", call.accept())
            .header("User-Agent", "holdfast/" + Version.text().replaceAll("[^0-9A-Za-z.]", ""));
    call.headers().forEach(request::header);
    byte[] body = call.body();
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    return request
        .method(
            call.method(),
            body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
        .build();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
