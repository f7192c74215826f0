package io.holdfast.server.target;

import io.avaje.jsonb.Jsonb;
import io.holdfast.server.Holdfast;
import io.holdfast.server.event.ServerEvent;
import io.holdfast.vault.backend.rest.RestBackend;
import io.holdfast.vault.backend.rest.RestCredentials;
import io.holdfast.vault.backend.rest.RestSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that is a backup target, over a directory of a test. */
final class TargetServer implements AutoCloseable {
  private static final Jsonb JSON = Jsonb.builder().build();

  private final Path root;
  private final Holdfast holdfast;
  private final Queue<ServerEvent> events;
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger tokens = new AtomicInteger();

  private TargetServer(Path root, Holdfast holdfast, Queue<ServerEvent> events) {
    this.root = root;
    this.holdfast = holdfast;
    this.events = events;
  }

  /**
   * Starts one that keeps its targets in {@code targets}.
   *
   * @param more further keys of the section {@code target}, such as {@code , quota: 1MiB}
   */
  static TargetServer start(Path root, String more) throws IOException {
    Files.createDirectories(root.resolve("targets"));
    Path file =
        Files.writeString(
            root.resolve("holdfast.yaml"),
            """
            backup: {path: repository, on_startup: false, on_shutdown: false}
            server: {port: 0, target: {path: targets%s}}
            components: {configuration: {kind: file, path: holdfast.yaml}}
            """
                .formatted(more));
    Queue<ServerEvent> events = new ConcurrentLinkedQueue<>();
    Holdfast holdfast =
        Holdfast.builder()
            .configuration(file)
            .identity("test", "test")
            .listener(events::add)
            .http()
            .start();
    return new TargetServer(root, holdfast, events);
  }

  static TargetServer start(Path root) throws IOException {
    return start(root, "");
  }

  URI address() {
    return holdfast.address().orElseThrow();
  }

  /** The address of a target. */
  URI target(String name) {
    return address().resolve("/targets/" + name + "/");
  }

  /** The directory of a target. */
  Path directory(String name) {
    return root.resolve("targets").resolve(name);
  }

  List<ServerEvent> events() {
    return List.copyOf(events);
  }

  String adminToken() throws IOException {
    return Files.readString(root.resolve("repository/.state/admin-token")).strip();
  }

  /** A new token of a target. */
  String token(String target, boolean deletes) throws Exception {
    HttpResponse<String> made =
        api(
            "POST",
            "/api/v1/admin/tokens",
            """
            {"name": "t%d", "role": "target", "target": "%s", "allow_delete": %s}
            """
                .formatted(tokens.incrementAndGet(), target, deletes));
    return String.valueOf(JSON.type(Object.class).map().fromJson(made.body()).get("token"));
  }

  /** A request to the API by an administrator. */
  HttpResponse<String> api(String method, String path, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(address().resolve(path))
            .header("Authorization", "Bearer " + adminToken())
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  /** A request to a target. */
  HttpRequest.Builder request(String target, String path, String token) {
    // As it is: resolving a path against another one would tidy up what a test has in it.
    return plain("/targets/" + target + "/" + path, token);
  }

  /** A request to any address of the server. */
  HttpRequest.Builder plain(String path, String token) {
    String server = address().toString();
    return HttpRequest.newBuilder(URI.create(server.substring(0, server.length() - 1) + path))
        .header("Authorization", "Bearer " + token);
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  int status(HttpRequest.Builder request) throws Exception {
    return send(request).statusCode();
  }

  /** Holdfast's own client of a target. */
  RestBackend open(String target, String token) {
    return new RestBackend(
        RestSettings.of(target(target), new RestCredentials.Basic("any", () -> token)));
  }

  /** The answer to a request for metrics. */
  Map<String, String> metrics() throws Exception {
    var values = new java.util.TreeMap<String, String>();
    api("GET", "/metrics", "")
        .body()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(line ->
            values.put(
                line.substring(0, line.lastIndexOf(' ')),
                line.substring(line.lastIndexOf(' ') + 1)));
    return values;
  }

  @Override
  public void close() {
    client.shutdownNow();
    holdfast.close();
  }
}
