package io.holdfast.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.server.acceptance.ApiClient.Answer;
import io.holdfast.server.acceptance.EventStream.Event;
import io.holdfast.server.event.EventName;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs while they are under way: watched, by poll and by stream, and cancelled. */
class RunsAcceptanceTest {
  private static final String BACKUPS = "/admin/backups";
  private static final String RESTORE = "/admin/backups/restore";

  @TempDir Path root;
  private Brake brake;
  private LiveServer server;

  @BeforeEach
  void start() throws Exception {
    LiveServer.platform(root);
    brake = new Brake(root);
    server = LiveServer.start(root, brake.in(LiveServer.configuration()));
  }

  @AfterEach
  void stop() throws Exception {
    brake.release();
    server.close();
    brake.close();
  }

  /** Begins a run that is held, and tells its id. */
  private String begin(String path, String body) throws Exception {
    brake.arm();
    Answer begun = async(path, body, "held");
    assertThat(begun.status()).isEqualTo(202);
    assertThat(begun.json()).containsEntry("status", "running");
    assertThat(begun.header("Location")).isEqualTo("/api/v1/admin/runs/" + begun.string("run_id"));
    brake.awaitHeld();
    return begun.string("run_id");
  }

  private Answer async(String path, String body, String key) throws Exception {
    return server.send(
        server
            .posting(path, body)
            .header("Idempotency-Key", key)
            .header("Prefer", "respond-async")
            .build());
  }

  private Map<String, Object> ended(String run) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> !server.get("/admin/runs/" + run).string("status").equals("running"));
    try {
      return server.get("/admin/runs/" + run).json();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static String confirmed(String id) {
    return "{\"backup_id\": \"%s\", \"confirm\": true}".formatted(id);
  }

  @Test
  @DisplayName("respond-async: 202 with the run at Location, which later holds the result")
  void async() throws Exception {
    String run = begin(BACKUPS, "");
    Map<String, Object> underWay = server.get("/admin/runs/" + run).json();
    assertThat(underWay).containsEntry("status", "running").containsKey("progress");
    assertThat(underWay).containsEntry("trigger", "manual").containsEntry("operation", "backup");
    brake.release();
    assertThat(ended(run)).containsEntry("status", "completed").containsKey("backup");
    Answer replayed = async(BACKUPS, "", "held");
    assertThat(replayed.status()).isEqualTo(201);
    assertThat(replayed.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(replayed.json()).containsEntry("run_id", run);
    assertThat(server.get(BACKUPS).data()).hasSize(1);
  }

  @Test
  @DisplayName(
      "progress by poll: the phase and the bytes of a run under way, and the end of one that is over")
  void poll() throws Exception {
    String run = begin(BACKUPS, "");
    Answer underWay = server.get("/admin/runs/" + run + "/progress");
    assertThat(underWay.object("progress")).containsEntry("phase", "capture").containsKey("parts");
    assertThat(server.get("/admin/status").object("current")).containsEntry("run_id", run);
    assertThat(server.get("/admin/runs").data().getFirst()).containsEntry("status", "running");
    brake.release();
    ended(run);
    assertThat(server.get("/admin/runs/" + run + "/progress").json())
        .containsEntry("status", "completed")
        .doesNotContainKey("progress");
  }

  @Test
  @DisplayName("progress by stream: the run first, progress, and the result last")
  void stream() throws Exception {
    String run = begin(BACKUPS, "");
    try (EventStream stream = server.stream(server.request("/admin/runs/" + run + "/progress"))) {
      Event first = stream.next().orElseThrow();
      assertThat(first.name()).isEqualTo("run");
      assertThat(first.json()).containsEntry("run_id", run).containsEntry("status", "running");
      Event second = stream.next().orElseThrow();
      assertThat(second.name()).isEqualTo("progress");
      assertThat(second.json()).containsEntry("phase", "capture");
      brake.release();
      List<Event> rest = stream.rest();
      assertThat(rest.subList(0, rest.size() - 1))
          .allSatisfy(event -> assertThat(event.name()).isEqualTo("progress"));
      assertThat(rest.getLast().name()).isEqualTo("result");
      assertThat(rest.getLast().json())
          .containsEntry("run_id", run)
          .containsEntry("status", "completed")
          .containsKey("backup");
    }
    try (EventStream stream = server.stream(server.request("/admin/runs/" + run + "/progress"))) {
      assertThat(stream.rest()).extracting(Event::name).containsExactly("run", "result");
    }
  }

  @Test
  @DisplayName("a backup that is ordered as a stream: its run, its progress, its manifest")
  void orderedAsAStream() throws Exception {
    brake.arm();
    HttpRequest.Builder order = server.posting(BACKUPS, "").header("Idempotency-Key", "stream");
    try (EventStream stream = server.stream(order)) {
      assertThat(stream.next().orElseThrow().name()).isEqualTo("run");
      brake.awaitHeld();
      brake.release();
      Event last = stream.rest().getLast();
      assertThat(last.name()).isEqualTo("result");
      assertThat(last.data()).isEqualTo(server.get("/admin/backups/latest").text());
    }
  }

  @Test
  @DisplayName("a stream of what fails ends with the problem that another answer would have had")
  void streamOfAFailure() throws Exception {
    Files.move(root.resolve("live"), root.resolve("away"));
    HttpRequest.Builder order = server.posting(BACKUPS, "").header("Idempotency-Key", "stream");
    try (EventStream stream = server.stream(order)) {
      Event last = stream.rest().getLast();
      assertThat(last.name()).isEqualTo("problem");
      assertThat(last.json())
          .containsEntry("status", 500L)
          .containsEntry("error_code", "INTERNAL_ERROR")
          .containsKey("run_id");
      assertThat(last.data()).doesNotContain(root.toString());
    }
    HttpRequest.Builder refused = server.posting(BACKUPS, "");
    Answer answer = server.send(refused.header("Accept", "text/event-stream").build());
    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  @DisplayName("who goes away in the middle, from a stream or from a wait, does not end the run")
  void goneAway() throws Exception {
    brake.arm();
    EventStream stream =
        server.stream(server.posting(BACKUPS, "").header("Idempotency-Key", "gone"));
    String run = String.valueOf(stream.next().orElseThrow().json().get("run_id"));
    brake.awaitHeld();
    stream.close();
    brake.release();
    assertThat(ended(run)).containsEntry("status", "completed");
    assertThat(server.post(BACKUPS, "", "gone").header("Idempotency-Replayed")).isEqualTo("true");
    brake.arm();
    CompletableFuture<Answer> waiting =
        server.sendAsync(server.posting(BACKUPS, "").header("Idempotency-Key", "left").build());
    brake.awaitHeld();
    String second = String.valueOf(server.get("/admin/status").object("current").get("run_id"));
    waiting.cancel(true);
    brake.release();
    assertThat(ended(second)).containsEntry("status", "completed");
    assertThat(server.get(BACKUPS).data()).hasSize(2);
  }

  @Test
  @DisplayName("a client that never reads its stream holds up no run and nobody else")
  void deaf() throws Exception {
    String run = begin(BACKUPS, "");
    try (var socket = new Socket()) {
      socket.setReceiveBufferSize(1024);
      socket.connect(new java.net.InetSocketAddress("127.0.0.1", server.uri("/").getPort()));
      String head =
          "GET /api/v1/admin/runs/%s/progress HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nAuthorization: Bearer %s\r\n\r\n"
              .formatted(run, server.token());
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().read()).isEqualTo('H');
      brake.release();
      assertThat(ended(run)).containsEntry("status", "completed");
      assertThat(server.backup().status()).isEqualTo(201);
    }
  }

  @Test
  @Tag("P9")
  @DisplayName("P9: a backup that an operator cancels publishes nothing and leaves nothing behind")
  void cancel() throws Exception {
    brake.arm();
    CompletableFuture<Answer> waiting =
        server.sendAsync(server.posting(BACKUPS, "").header("Idempotency-Key", "held").build());
    brake.awaitHeld();
    String run = String.valueOf(server.get("/admin/status").object("current").get("run_id"));
    try (ApiClient operator = server.withRole("operator", "operator");
        ApiClient viewer = server.withRole("viewer", "viewer")) {
      assertThat(viewer.post("/admin/runs/" + run + "/cancel", "").status()).isEqualTo(403);
      Answer cancelled = operator.post("/admin/runs/" + run + "/cancel", "");
      assertThat(cancelled.status()).isEqualTo(202);
    }
    Answer answer = waiting.get(1, TimeUnit.MINUTES);
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.json()).containsEntry("run_id", run);
    assertThat(ended(run)).containsEntry("status", "cancelled");
    Answer late = server.post("/admin/runs/" + run + "/cancel", "");
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.json()).as("trying again never helps").containsEntry("retryable", false);
    assertThat(server.get(BACKUPS).data()).isEmpty();
    try (Stream<Path> left = Files.list(root.resolve("repository/.running"))) {
      assertThat(left).isEmpty();
    }
    brake.disarm();
    assertThat(server.post(BACKUPS, "", "held").status()).isEqualTo(201);
  }

  @Test
  @Tag("P4")
  @DisplayName("P4: only an admin cancels a restore, and its target is as it was")
  void cancelARestore() throws Exception {
    String id = server.backup().string("backup_id");
    Files.writeString(root.resolve("live/tree/notes"), "second");
    String run = begin(RESTORE, confirmed(id));
    try (ApiClient operator = server.withRole("operator", "operator")) {
      Answer refused = operator.post("/admin/runs/" + run + "/cancel", "");
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.json()).containsEntry("error_code", "FORBIDDEN");
    }
    assertThat(server.get("/admin/runs/" + run).json()).containsEntry("status", "running");
    assertThat(server.post("/admin/runs/" + run + "/cancel", "").status()).isEqualTo(202);
    assertThat(ended(run)).containsEntry("status", "cancelled");
    assertThat(root.resolve("live/tree/notes")).hasContent("second");
    try (Stream<Path> beside = Files.list(root.resolve("live"))) {
      assertThat(beside).containsExactly(root.resolve("live/tree"));
    }
  }

  @Test
  @DisplayName("what is over, or never was, cannot be cancelled")
  void cancelNothing() throws Exception {
    String run = server.backup().string("run_id");
    Answer over = server.post("/admin/runs/" + run + "/cancel", "");
    assertThat(over.status()).isEqualTo(409);
    assertThat(over.json()).containsEntry("error_code", "RESOURCE_CONFLICT");
    assertThat(server.post("/admin/runs/20200101-000000-000099/cancel", "").status())
        .isEqualTo(404);
    assertThat(ended(run)).containsEntry("status", "completed");
  }

  @Test
  @DisplayName("a restore is among the runs and the restores, a backup among the runs alone")
  void lists() throws Exception {
    String backup = server.backup().string("run_id");
    String restore = server.restore(confirmed(backup)).string("run_id");
    assertThat(server.get("/admin/runs").data())
        .extracting(run -> run.get("run_id"))
        .containsExactly(restore, backup);
    assertThat(server.get("/admin/restores").data())
        .extracting(run -> run.get("run_id"))
        .containsExactly(restore);
    assertThat(server.get("/admin/restores/" + restore).json())
        .containsEntry("backup_run_id", backup)
        .containsEntry("actor", "admin")
        .containsKey("restore");
    assertThat(server.get("/admin/restores/" + backup).status()).isEqualTo(404);
  }

  @Test
  @Timeout(120)
  @DisplayName("an error while the end of a run is told holds nobody up who waits for the run")
  void errorAtTheEnd() throws Exception {
    server.close();
    server =
        LiveServer.start(
            root,
            brake.in(LiveServer.configuration()),
            builder ->
                builder.listener(event -> {
                  if (event.name() == EventName.BACKUP_COMPLETED) {
                    throw new AssertionError("of the test");
                  }
                }));
    assertThat(server.backup().status()).isEqualTo(201);
    assertThat(server.backup().status()).isEqualTo(201);
  }

  @Test
  @DisplayName("who takes JSON as well as a stream, as generated clients do, gets JSON")
  void takesEverything() throws Exception {
    Answer answer =
        server.send(
            server
                .posting("/admin/backups", "")
                .header("Idempotency-Key", "everything")
                .header("Accept", "application/json, application/problem+json, text/event-stream")
                .build());
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("Content-Type")).startsWith("application/json");
    assertThat(answer.json()).containsEntry("status", "completed");
  }
}
