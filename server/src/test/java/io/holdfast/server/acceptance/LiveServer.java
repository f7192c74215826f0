package io.holdfast.server.acceptance;

import io.avaje.jsonb.Jsonb;
import io.holdfast.server.Holdfast;
import io.holdfast.server.HoldfastBuilder;
import io.holdfast.server.event.ServerEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;

/** A server over a small platform in a directory, and a client of it. */
final class LiveServer implements AutoCloseable {
  private static final String API = "/api/v1";

  private final Holdfast holdfast;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Queue<ServerEvent> events;
  private final String token;

  private LiveServer(Holdfast holdfast, Queue<ServerEvent> events, String token) {
    this.holdfast = holdfast;
    this.events = events;
    this.token = token;
  }

  /** An answer, whose body is JSON. */
  record Answer(int status, HttpResponse<String> response) {
    String text() {
      return response.body();
    }

    Map<String, Object> json() {
      return Jsonb.builder().build().type(Object.class).map().fromJson(response.body());
    }

    String string(String member) {
      return String.valueOf(json().get(member));
    }

    @SuppressWarnings("unchecked")
    List<Map<String, Object>> data() {
      return (List<Map<String, Object>>) json().get("data");
    }
  }

  /** A platform: one file in a tree. */
  static void platform(Path root) throws IOException {
    Files.createDirectories(root.resolve("live/tree"));
    Files.writeString(root.resolve("live/tree/notes"), "first");
  }

  /** What a configuration says, with further lines under {@code backup}. */
  static String configuration(String... backup) {
    return """
    backup:
      path: repository
      on_startup: false
      on_shutdown: false
      %s
    server: {port: 0}
    components:
      tree: {kind: directory, path: live/tree}
    """
        .formatted(String.join("\n  ", backup));
  }

  static LiveServer start(Path root, String configuration) throws IOException {
    return start(root, configuration, builder -> builder);
  }

  static LiveServer start(
      Path root, String configuration, UnaryOperator<HoldfastBuilder> change) throws IOException {
    return start(root, configuration, root.resolve("repository/.state"), change);
  }

  /**
   * @param state the state directory that the configuration names
   */
  static LiveServer start(
      Path root, String configuration, Path state, UnaryOperator<HoldfastBuilder> change)
      throws IOException {
    Path file = root.resolve("holdfast.yaml");
    Files.writeString(file, configuration);
    Queue<ServerEvent> events = new ConcurrentLinkedQueue<>();
    Holdfast holdfast =
        change
            .apply(
                Holdfast.builder()
                    .configuration(file)
                    .identity("test", "test")
                    .listener(events::add)
                    .http())
            .start();
    String token =
        Files.readString(state.resolve("admin-token")).strip();
    return new LiveServer(holdfast, events, token);
  }

  Holdfast holdfast() {
    return holdfast;
  }

  /** Everything that has happened. */
  List<ServerEvent> events() {
    return List.copyOf(events);
  }

  String token() {
    return token;
  }

  URI uri(String path) {
    return holdfast.address().orElseThrow().resolve(path);
  }

  /** A request to the API, with the token. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(API + path))
        .timeout(Duration.ofMinutes(1))
        .header("Authorization", "Bearer " + token);
  }

  /** A request for something that needs no token. */
  HttpRequest open(String path) {
    return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofMinutes(1)).build();
  }

  Answer send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
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
    HttpRequest.Builder request = request(path).header("Idempotency-Key", key);
    return send(
        body.isEmpty()
            ? request.POST(BodyPublishers.noBody()).build()
            : request
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
  }

  Answer backup() throws IOException, InterruptedException {
    return post("/admin/backups", "");
  }

  @Override
  public void close() {
    client.close();
    holdfast.close();
  }
}
