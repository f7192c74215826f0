package io.holdfast.server.http;

import io.avaje.jsonb.Jsonb;
import io.holdfast.engine.file.posix.PosixFileLayer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A server on a free port, with clients for it, and what it logged. */
final class TestServer implements AutoCloseable {
  static final String ADMIN = "admin-token-1";
  static final String VIEWER = "viewer-token-1";
  static final String TARGET = "target-token-1";

  final HttpServer server;
  final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  final BlockingQueue<AccessEvent> access = new LinkedBlockingQueue<>();
  final List<ErrorEvent> errors = new CopyOnWriteArrayList<>();

  private TestServer(HttpSettings settings, Consumer<Routes> fill) {
    var routes = new Routes();
    fill.accept(routes);
    this.server =
        new HttpServer(
            settings,
            routes,
            new HttpServices(
                PosixFileLayer.create(),
                new Random(1),
                Jsonb.builder().build(),
                TestServer::caller,
                access::add,
                errors::add));
    server.start();
  }

  /** HTTP for this machine alone. */
  static HttpSettings loopback(int port) {
    return new HttpSettings(
        "127.0.0.1", port, Optional.empty(), false, Set.of(), HttpLimits.defaults());
  }

  static TestServer start(Consumer<Routes> fill) {
    return new TestServer(loopback(0), fill);
  }

  static TestServer start(Consumer<Limits> change, Consumer<Routes> fill) {
    var limits = new Limits();
    change.accept(limits);
    return new TestServer(
        new HttpSettings("127.0.0.1", 0, Optional.empty(), false, Set.of(), limits.build()), fill);
  }

  static TestServer start(HttpSettings settings, Consumer<Routes> fill) {
    return new TestServer(settings, fill);
  }

  private static Optional<Caller> caller(String token) {
    return switch (token) {
      case ADMIN -> Optional.of(new Caller("1", "alice", Access.ADMIN));
      case VIEWER -> Optional.of(new Caller("2", "bob", Access.VIEWER));
      case TARGET ->
          Optional.of(
              new Caller(
                  "3", "laptop", Access.TARGET, Optional.of(new Caller.Scope("attic", false))));
      default -> Optional.empty();
    };
  }

  int port() {
    return server.port();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  HttpResponse<String> send(String method, String path, Map<String, String> headers)
      throws IOException, InterruptedException {
    return send(method, path, headers, "");
  }

  HttpResponse<String> send(String method, String path, Map<String, String> headers, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .timeout(Duration.ofSeconds(30))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return client.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send("GET", path, Map.of());
  }

  HttpResponse<String> asAdmin(String method, String path, String body)
      throws IOException, InterruptedException {
    return send(method, path, Map.of("Authorization", "Bearer " + ADMIN), body);
  }

  RawClient raw() throws IOException {
    return new RawClient(port());
  }

  /** The next line of the access log. */
  AccessEvent logged() throws InterruptedException {
    AccessEvent event = access.poll(10, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("nothing was logged");
    }
    return event;
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
