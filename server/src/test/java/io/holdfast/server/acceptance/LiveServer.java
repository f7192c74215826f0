package io.holdfast.server.acceptance;

import io.holdfast.server.Holdfast;
import io.holdfast.server.HoldfastBuilder;
import io.holdfast.server.event.ServerEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;

/** A server over a small platform in a directory, and a client of it that may do everything. */
final class LiveServer extends ApiClient {
  private final Holdfast holdfast;
  private final Queue<ServerEvent> events;

  private LiveServer(Holdfast holdfast, Queue<ServerEvent> events, String token) {
    super(holdfast.address().orElseThrow(), token);
    this.holdfast = holdfast;
    this.events = events;
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

  static LiveServer start(Path root, String configuration, UnaryOperator<HoldfastBuilder> change)
      throws IOException {
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
    return new LiveServer(holdfast, events, token(state));
  }

  /** The token that the first start made. */
  static String adminToken(Path root) throws IOException {
    return token(root.resolve("repository/.state"));
  }

  private static String token(Path state) throws IOException {
    return Files.readString(state.resolve("admin-token")).strip();
  }

  Holdfast holdfast() {
    return holdfast;
  }

  /** Everything that has happened. */
  List<ServerEvent> events() {
    return List.copyOf(events);
  }

  /** A client with a new token of that role. */
  ApiClient withRole(String name, String role) throws IOException, InterruptedException {
    return as(
        post("/admin/tokens", "{\"name\": \"%s\", \"role\": \"%s\"}".formatted(name, role))
            .string("token"));
  }

  @Override
  public void close() {
    super.close();
    holdfast.close();
  }
}
