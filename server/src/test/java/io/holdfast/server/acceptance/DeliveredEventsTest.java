package io.holdfast.server.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.holdfast.server.event.EventName;
import io.holdfast.server.event.ServerEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens, what of it is told, and what of that reaches a webhook. */
class DeliveredEventsTest {
  @TempDir Path root;

  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private HttpServer receiver;

  @BeforeEach
  void begin() throws Exception {
    LiveServer.platform(root);
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
  }

  @AfterEach
  void end() {
    receiver.stop(0);
  }

  private String configuration() {
    return LiveServer.configuration()
        .replace(
            "server: {port: 0}",
            "server: {port: 0, webhooks: {all: {url: 'http://127.0.0.1:%d/', events: '*'}}}"
                .formatted(receiver.getAddress().getPort()));
  }

  /** Those that were delivered; to be asked when the server is closed, which waits for them. */
  private List<String> delivered() {
    return bodies.stream()
        .map(body -> body.replaceFirst("(?s).*\"event\":\"([^\"]+)\".*", "$1"))
        .toList();
  }

  @Test
  @DisplayName("a damaged state database is told to webhooks, though it is found before all else")
  void damagedState() throws Exception {
    LiveServer.start(root, LiveServer.configuration()).close();
    Files.writeString(root.resolve("repository/.state/server.db"), "no database\n".repeat(999));
    LiveServer.start(root, configuration()).close();
    assertThat(delivered()).contains(EventName.STATE_FAILED.text(), EventName.TOKEN_MADE.text());
  }

  @Test
  @DisplayName("a backup is told step by step; reading is told to the log alone")
  void steps() throws Exception {
    List<EventName> told;
    try (LiveServer server = LiveServer.start(root, configuration())) {
      String id = server.backup().string("backup_id");
      assertThat(server.get("/admin/backups").status()).isEqualTo(200);
      assertThat(server.get("/admin/backups/000000000000").status()).isEqualTo(404);
      assertThat(server.events())
          .filteredOn(event -> event.name() == EventName.MANIFEST_WRITTEN)
          .singleElement()
          .satisfies(event -> assertThat(event.facts()).containsEntry("backup_id", id));
      told = server.events().stream().map(ServerEvent::name).toList();
    }
    assertThat(told)
        .contains(EventName.BACKUP_LISTED, EventName.BACKUP_NOT_FOUND, EventName.REQUEST)
        .containsSubsequence(
            EventName.BACKUP_STARTED,
            EventName.COMPONENT_STARTED,
            EventName.COMPONENT_COMPLETED,
            EventName.MANIFEST_WRITTEN,
            EventName.BACKUP_COMPLETED);
    assertThat(delivered())
        .containsAll(told.stream().filter(EventName::isDelivered).map(EventName::text).toList())
        .allSatisfy(name -> assertThat(EventName.of(name).orElseThrow().isDelivered()).isTrue());
  }
}
