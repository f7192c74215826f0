package io.holdfast.server.acceptance;

import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * A stock HTTP client with a token. Holds every exchange to the OpenAPI document, and fails where
 * one breaks it. Thread-safe.
 */
class ApiClient implements AutoCloseable {
  private static final String API = "/api/v1";
  private static final Jsonb JSON = Jsonb.builder().build();

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI server;
  private final String token;

  /**
   * @param token empty for none
   */
  ApiClient(URI server, String token) {
    this.server = server;
    this.token = token;
  }

  /** An answer, whose body is JSON or empty. */
  record Answer(int status, HttpResponse<String> response) {
    String text() {
      return response.body();
    }

    Map<String, Object> json() {
      return JSON.type(Object.class).map().fromJson(response.body());
    }

    String string(String member) {
      return String.valueOf(json().get(member));
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    @SuppressWarnings("unchecked")
    List<Map<String, Object>> data() {
      return (List<Map<String, Object>>) json().get("data");
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> object(String member) {
      return (Map<String, Object>) json().get(member);
    }
  }

  /** The same server with another token. */
  ApiClient as(String other) {
    return new ApiClient(server, other);
  }

  String token() {
    return token;
  }

  URI uri(String path) {
    return server.resolve(path);
  }

  /** A request to the API, with the token. */
  HttpRequest.Builder request(String path) {
    return plain(API + path);
  }

  /** A request to any address of the server, with the token. */
  HttpRequest.Builder plain(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofMinutes(2));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  /** A POST to the API; without a type for an empty body. */
  HttpRequest.Builder posting(String path, String body) {
    HttpRequest.Builder request = request(path);
    return body.isEmpty()
        ? request.POST(BodyPublishers.noBody())
        : request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
  }

  Answer send(HttpRequest request) throws IOException, InterruptedException {
    return checked(request, client.send(request, BodyHandlers.ofString()));
  }

  CompletableFuture<Answer> sendAsync(HttpRequest request) {
    return client
        .sendAsync(request, BodyHandlers.ofString())
        .thenApply(response -> checked(request, response));
  }

  private static Answer checked(HttpRequest request, HttpResponse<String> response) {
    Contract.check(Exchanged.of(request, Sent.body(request), response));
    return new Answer(response.statusCode(), response);
  }

  Answer get(String path) throws IOException, InterruptedException {
    return send(request(path).GET().build());
  }

  Answer delete(String path) throws IOException, InterruptedException {
    return send(request(path).DELETE().build());
  }

  Answer put(String path, String body) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body))
            .build());
  }

  /** A POST with a body and a key of its own. */
  Answer post(String path, String body) throws IOException, InterruptedException {
    return post(path, body, UUID.randomUUID().toString());
  }

  Answer post(String path, String body, String key) throws IOException, InterruptedException {
    return send(posting(path, body).header("Idempotency-Key", key).build());
  }

  Answer backup() throws IOException, InterruptedException {
    return post("/admin/backups", "");
  }

  Answer restore(String body) throws IOException, InterruptedException {
    return post("/admin/backups/restore", body);
  }

  /** The bytes of an artifact. */
  HttpResponse<byte[]> download(String path) throws IOException, InterruptedException {
    HttpRequest request = request(path).GET().build();
    HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
    Contract.check(Exchanged.of(request, "", response));
    return response;
  }

  /** The answer to a request as a stream of events, which has just begun. */
  EventStream stream(HttpRequest.Builder asking) throws IOException, InterruptedException {
    HttpRequest request = asking.header("Accept", "text/event-stream").build();
    HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
    Contract.check(Exchanged.of(request, Sent.body(request), response));
    return new EventStream(
        OpenApi.DOCUMENT.find(request.method(), request.uri().getRawPath()).orElseThrow(),
        response.body());
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
