package io.holdfast.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.server.acceptance.ApiClient.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a key means to clients: one key, one run. */
class IdempotencyAcceptanceTest {
  private static final String BACKUPS = "/admin/backups";
  private static final String RESTORE = "/admin/backups/restore";

  @TempDir Path root;

  @BeforeEach
  void platform() throws Exception {
    LiveServer.platform(root);
  }

  @Test
  @DisplayName("without a key, or with one of 256 characters, nothing begins; 255 will do")
  void keysThatAreNone() throws Exception {
    try (LiveServer server = LiveServer.start(root, LiveServer.configuration())) {
      for (String path : List.of(BACKUPS, RESTORE)) {
        String body = path.equals(RESTORE) ? "{\"backup_id\": \"latest\", \"confirm\": true}" : "";
        assertThat(server.send(server.posting(path, body).build()).status())
            .as(path)
            .isEqualTo(400);
        assertThat(server.post(path, body, "k".repeat(256)).status()).as(path).isEqualTo(400);
        assertThat(server.post(path, body, " ").status()).as(path).isEqualTo(400);
      }
      assertThat(server.get("/admin/runs").data()).isEmpty();
      assertThat(server.post(BACKUPS, "", "k".repeat(255)).status()).isEqualTo(201);
    }
  }

  @Test
  @Tag("P10")
  @DisplayName("P10: the same key again leads to the same answer, and says that it is a replay")
  void replay() throws Exception {
    try (LiveServer server = LiveServer.start(root, LiveServer.configuration())) {
      Answer first = server.post(BACKUPS, "{\"compression\": \"none\"}", "once");
      Answer second = server.post(BACKUPS, "{\"compression\": \"none\"}", "once");
      assertThat(first.status()).isEqualTo(201);
      assertThat(first.header("Idempotency-Replayed")).isEmpty();
      assertThat(second.status()).isEqualTo(201);
      assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
      assertThat(second.text()).isEqualTo(first.text());
      assertThat(server.get(BACKUPS).data()).hasSize(1);
      try (EventStream stream =
          server.stream(
              server
                  .posting(BACKUPS, "{\"compression\": \"none\"}")
                  .header("Idempotency-Key", "once"))) {
        assertThat(stream.rest())
            .singleElement()
            .satisfies(event -> assertThat(event.name()).isEqualTo("result"))
            .satisfies(event -> assertThat(event.data()).isEqualTo(first.text()));
      }
    }
  }

  @Test
  @DisplayName("the same key with another body is refused, and the first answer stays")
  void otherBody() throws Exception {
    try (LiveServer server = LiveServer.start(root, LiveServer.configuration())) {
      Answer first = server.post(BACKUPS, "{\"compression\": \"none\"}", "once");
      Answer other = server.post(BACKUPS, "{\"compression\": \"gzip\"}", "once");
      assertThat(other.status()).isEqualTo(422);
      assertThat(other.json()).containsEntry("error_code", "VALIDATION_ERROR");
      assertThat(server.post(BACKUPS, "{\"compression\": \"none\"}", "once").text())
          .isEqualTo(first.text());
      assertThat(server.get(BACKUPS).data()).hasSize(1);
    }
  }

  @Test
  @DisplayName("a failure is not kept: the same key may try again")
  void failure() throws Exception {
    Path live = root.resolve("live/tree");
    Path away = root.resolve("away");
    Files.move(live, away);
    try (LiveServer server = LiveServer.start(root, LiveServer.configuration())) {
      assertThat(server.post(BACKUPS, "", "once").status()).isEqualTo(500);
      assertThat(server.post(BACKUPS, "", "once").status()).isEqualTo(500);
      Files.move(away, live);
      Answer made = server.post(BACKUPS, "", "once");
      assertThat(made.status()).isEqualTo(201);
      assertThat(made.header("Idempotency-Replayed")).isEmpty();
      assertThat(server.get("/admin/runs").data()).hasSize(3);
    }
  }

  @Test
  @Tag("P10")
  @DisplayName(
      "P10: of a hundred requests at once with one key, one makes a backup and all get its answer")
  void hundred() throws Exception {
    try (LiveServer server = LiveServer.start(root, LiveServer.configuration())) {
      HttpRequest request =
          server
              .request(BACKUPS)
              .header("Idempotency-Key", "once")
              .POST(BodyPublishers.noBody())
              .build();
      List<CompletableFuture<Answer>> asked =
          IntStream.range(0, 100).mapToObj(i -> server.sendAsync(request)).toList();
      List<Answer> answers = asked.stream().map(CompletableFuture::join).toList();
      assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(201));
      assertThat(answers).extracting(Answer::text).containsOnly(answers.getFirst().text());
      assertThat(answers)
          .filteredOn(answer -> answer.header("Idempotency-Replayed").isEmpty())
          .hasSize(1);
      assertThat(server.get(BACKUPS).data()).hasSize(1);
      assertThat(server.get("/admin/runs").data()).hasSize(1);
    }
  }

  @Test
  @DisplayName("a key belongs to its token and its operation, and to nobody else's")
  void whose() throws Exception {
    try (LiveServer server = LiveServer.start(root, LiveServer.configuration());
        ApiClient other = server.withRole("other", "admin")) {
      Answer mine = server.post(BACKUPS, "", "shared");
      Answer theirs = other.post(BACKUPS, "", "shared");
      assertThat(theirs.status()).isEqualTo(201);
      assertThat(theirs.string("backup_id")).isNotEqualTo(mine.string("backup_id"));
      String order =
          "{\"backup_id\": \"%s\", \"dry_run\": true}".formatted(mine.string("backup_id"));
      Answer restore = server.post(RESTORE, order, "shared");
      assertThat(restore.status()).isEqualTo(201);
      assertThat(restore.header("Idempotency-Replayed")).isEmpty();
    }
  }

  @Test
  @DisplayName("an answer is kept for a day")
  void day() throws Exception {
    var clock = new SteppingClock();
    try (LiveServer server =
        LiveServer.start(root, LiveServer.configuration("enabled: false"), b -> b.clock(clock))) {
      Answer first = server.post(BACKUPS, "", "once");
      clock.advance(Duration.ofHours(23));
      assertThat(server.post(BACKUPS, "", "once").text()).isEqualTo(first.text());
      clock.advance(Duration.ofHours(1).plusMinutes(1));
      Answer later = server.post(BACKUPS, "", "once");
      assertThat(later.status()).isEqualTo(201);
      assertThat(later.string("backup_id")).isNotEqualTo(first.string("backup_id"));
    }
  }

  @Test
  @Tag("P10")
  @DisplayName(
      "P10: a restore is replayed after its backup was deleted and the hour's restores are used up")
  void replayOfARestore() throws Exception {
    try (LiveServer server = LiveServer.start(root, LiveServer.configuration())) {
      String id = server.backup().string("backup_id");
      String order = "{\"backup_id\": \"%s\", \"confirm\": true}".formatted(id);
      Answer first = server.post(RESTORE, order, "first");
      assertThat(first.status()).isEqualTo(201);
      assertThat(server.restore(order).status()).isEqualTo(201);
      assertThat(server.restore(order).status()).isEqualTo(201);
      assertThat(server.restore(order).status()).isEqualTo(429);
      assertThat(server.delete(BACKUPS + "/" + id).status()).isEqualTo(204);
      Answer again = server.post(RESTORE, order, "first");
      assertThat(again.status()).isEqualTo(201);
      assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
      assertThat(again.text()).isEqualTo(first.text());
      assertThat(server.get("/admin/restores").data()).hasSize(3);
    }
  }

  @Test
  @DisplayName(
      "a restore that is refused for the hour's limit may use its key once the hour is over")
  void keyOfARefusal() throws Exception {
    var clock = new SteppingClock();
    String configuration =
        LiveServer.configuration("enabled: false")
            .replace("port: 0", "port: 0, restores_per_hour: 1");
    try (LiveServer server = LiveServer.start(root, configuration, b -> b.clock(clock))) {
      String order =
          "{\"backup_id\": \"%s\", \"confirm\": true}"
              .formatted(server.backup().string("backup_id"));
      assertThat(server.restore(order).status()).isEqualTo(201);
      assertThat(server.post(RESTORE, order, "second").status()).isEqualTo(429);
      clock.advance(Duration.ofMinutes(61));
      assertThat(server.post(RESTORE, order, "second").status()).isEqualTo(201);
    }
  }

  @Test
  @Tag("P10")
  @DisplayName(
      "P10: an answer that could not be stored is given all the same once it can be, and no other"
          + " run begins")
  void answerThatWasNotStored() throws Exception {
    Path state = root.resolve("repository/.state");
    try (LiveServer server = LiveServer.start(root, LiveServer.configuration())) {
      StateFile.execute(
          state,
          "CREATE TRIGGER full BEFORE UPDATE OF answer_status ON idempotency_key"
              + " BEGIN SELECT RAISE(FAIL, 'as a full disk'); END");
      Answer first = server.post(BACKUPS, "", "once");
      assertThat(first.status()).isEqualTo(201);
      StateFile.execute(state, "DROP TRIGGER full");
      Answer again = server.post(BACKUPS, "", "once");
      assertThat(again.status()).isEqualTo(201);
      assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
      assertThat(again.text()).isEqualTo(first.text());
      assertThat(server.get(BACKUPS).data()).hasSize(1);
    }
  }

  @Test
  @DisplayName("a failure whose key could not be freed frees it once it can be")
  void failureThatWasNotStored() throws Exception {
    Path state = root.resolve("repository/.state");
    Path live = root.resolve("live/tree");
    Path away = root.resolve("away");
    Files.move(live, away);
    try (LiveServer server = LiveServer.start(root, LiveServer.configuration())) {
      StateFile.execute(
          state,
          "CREATE TRIGGER full BEFORE DELETE ON idempotency_key"
              + " BEGIN SELECT RAISE(FAIL, 'as a full disk'); END");
      assertThat(server.post(BACKUPS, "", "once").status()).isEqualTo(500);
      Files.move(away, live);
      StateFile.execute(state, "DROP TRIGGER full");
      Answer made = server.post(BACKUPS, "", "once");
      assertThat(made.status()).isEqualTo(201);
      assertThat(made.header("Idempotency-Replayed")).isEmpty();
    }
  }
}
