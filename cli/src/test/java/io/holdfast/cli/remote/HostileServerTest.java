package io.holdfast.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.Cli;
import io.holdfast.cli.Cli.Result;
import io.holdfast.cli.stub.StubServer;
import io.holdfast.server.document.BackupJson;
import io.holdfast.server.document.BackupPageJson;
import io.holdfast.server.document.FailureJson;
import io.holdfast.server.document.PaginationJson;
import io.holdfast.server.document.RunJson;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that is broken, is another program, or means ill. */
class HostileServerTest {
  private static final String STATUS = "GET /api/v1/admin/status";
  private static final String SHOW = "GET /api/v1/admin/backups/{id}";
  private static final String ORDER = "POST /api/v1/admin/backups";
  private static final String EVIL = "a\u001b]0;title\u0007\u009b2Jb\u202ec";

  @TempDir Path directory;
  private final StubServer server = new StubServer();
  private final CountDownLatch closed = new CountDownLatch(1);
  private Cli cli;

  @BeforeEach
  void serve() {
    cli =
        new Cli(directory)
            .set("HOLDFAST_SERVER", server.url())
            .set("HOLDFAST_TOKEN", StubServer.TOKEN)
            .set("HOLDFAST_SERVER_TIMEOUT", "1");
    server.on(STATUS, request -> request.json(200, Samples.status(null, "ok")));
  }

  @AfterEach
  void close() {
    closed.countDown();
    server.close();
  }

  @Test
  @DisplayName("an answer that does not end is cut off")
  void endlessAnswer() {
    server.on(SHOW, request -> pour(request.stream(200, "application/json")));

    Result result = cli.run("backup", "show");

    assertInvalid(result, "with more than 16 MiB");
  }

  @Test
  void endlessProblem() {
    server.on(SHOW, request -> pour(request.stream(500, "application/problem+json")));

    assertInvalid(cli.run("backup", "show"), "with more than 16 MiB");
  }

  @Test
  void endlessEvent() {
    server.on(ORDER, request -> pour(request.stream(200, "text/event-stream")));

    assertInvalid(cli.run("backup"), "with more than 16 MiB");
  }

  @Test
  void endlessEventOfManyLines() {
    server.on(
        ORDER,
        request -> {
          try (OutputStream out = request.stream(200, "text/event-stream")) {
            byte[] lines =
                "data: some of it, again and again\n".repeat(2000).getBytes(StandardCharsets.UTF_8);
            while (true) {
              out.write(lines);
            }
          }
        });

    assertInvalid(cli.run("backup"), "with more than 16 MiB");
  }

  @ParameterizedTest
  @CsvSource({STATUS + ", status", SHOW + ", backup show", ORDER + ", backup"})
  @DisplayName("silence before an answer has an end")
  void silence(String route, String command) {
    server.on(route, request -> closed.await());

    Result result = cli.run(command.split(" "));

    assertThat(result.exit()).as(result.err()).isEqualTo(68);
    assertThat(result.err()).contains("no sign of life for 1 s");
  }

  @Test
  void silenceWithinAnAnswer() {
    server.on(
        SHOW,
        request -> {
          OutputStream out = request.stream(200, "application/json");
          out.write("{\"run_id\"".getBytes(StandardCharsets.UTF_8));
          out.flush();
          closed.await();
        });

    Result result = cli.run("backup", "show");

    assertThat(result.exit()).isEqualTo(68);
    assertThat(result.err()).contains("no sign of life for 1 s");
  }

  @Test
  void silenceWithinAStream() {
    server.on(
        ORDER,
        request -> {
          request.events().send("progress", Samples.progress(1));
          closed.await();
        });

    Result result = cli.run("backup");

    assertThat(result.exit()).isEqualTo(68);
    assertThat(result.err()).contains("'holdfast run list'");
  }

  @Test
  @DisplayName("an answer that trickles for ever has an end too")
  void trickle() throws Exception {
    server.on(
        STATUS,
        request -> {
          try (OutputStream out = request.stream(200, "application/json")) {
            while (!closed.await(5, java.util.concurrent.TimeUnit.MILLISECONDS)) {
              out.write(' ');
              out.flush();
            }
          }
        });
    var patience =
        new Patience(
            Duration.ofSeconds(1),
            Duration.ofMillis(100),
            Duration.ofMillis(100),
            Duration.ofMillis(1));
    try (var connection = Connections.to(server, patience)) {
      var api = new Api(connection, patience);
      long begun = System.nanoTime();

      assertThat(
              org.assertj.core.api.Assertions.catchThrowable(() ->
                  api.get(
                      ApiPath.of("admin", "status"), io.holdfast.server.document.StatusJson.class)))
          .hasMessageContaining("no sign of life");
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/html | <html>Welcome!</html> | with text/html in place of application/json",
        "'' | {} | without saying of what type",
        "application/json | {} | with a document that is not what it should be",
        "application/json | null | with a document that is not what it should be",
        "application/json | [] | with a document that is not what it should be",
        "application/json | {\"run_id\":{\"a\":1}} | with a document that is not what it should be",
        "application/json | {\"run_id\":\"x | with a document that is not what it should be",
        "application/json | not json | with a document that is not what it should be",
        "text/event-stream | data: x | with text/event-stream in place of application/json"
      })
  void answersOfAnotherSort(String mediaType, String body, String told) {
    server.on(SHOW, request -> request.text(200, mediaType, body));

    assertInvalid(cli.run("backup", "show"), told);
  }

  @Test
  void documentsThatNestWithoutEnd() {
    server.on(
        SHOW, request -> request.text(200, "application/json", "{\"x\":" + "[".repeat(3_000_000)));

    assertInvalid(cli.run("backup", "show"), "with a document that is not what it should be");
  }

  @Test
  void timesThatAreNone() {
    BackupJson backup = Samples.backup("completed");
    server.on(
        SHOW,
        request ->
            request.text(
                200,
                "application/json",
                io.holdfast.server.document.JsonText.of(backup)
                    .replace("2026-11-20T14:30:04Z", Instant.MAX.toString())));

    assertInvalid(cli.run("backup", "show"), "with a document that is not what it should be");
  }

  @Test
  void noContentWhereThereShouldBeSome() {
    server.on(SHOW, request -> request.text(204, "", ""));

    assertInvalid(cli.run("backup", "show"), "without saying of what type");
  }

  @Test
  @DisplayName("a redirect is not followed, and the token goes nowhere else")
  void redirect() {
    try (var other = new StubServer()) {
      server.on(
          SHOW,
          request ->
              request
                  .header("Location", other.url() + "/api/v1/admin/backups/latest")
                  .text(307, "", ""));

      Result result = cli.run("backup", "show");

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains("not followed: " + other.url());
      assertThat(other.seen()).isEmpty();
    }
  }

  @Test
  @DisplayName("nothing that a server says drives the terminal")
  void escapes() {
    BackupJson b = Samples.backup("completed");
    var evil =
        new BackupJson(
            EVIL,
            EVIL,
            EVIL,
            EVIL,
            EVIL,
            List.of(EVIL),
            b.startedAt(),
            b.finishedAt(),
            null,
            EVIL,
            EVIL,
            EVIL,
            EVIL,
            1,
            b.components(),
            new FailureJson(EVIL, EVIL, EVIL));
    server.on(SHOW, request -> request.json(200, evil));
    server.on(ORDER, request -> request.events().send("result", evil).close());
    server.on("GET /api/v1/admin/runs/{id}", request -> request.problem(404, "X", EVIL));

    for (String line : List.of("backup show", "backup", "backup --verbose", "run show x")) {
      Result result = cli.run(line.split(" "));
      assertSafe(result.out());
      assertSafe(result.err());
      assertThat(result.out() + result.err())
          .contains("a\\u{1b}]0;title\\u{7}\\u{9b}2Jb\\u{202e}c");
      Result json = cli.run((line + " --json").split(" "));
      assertSafe(json.out());
      assertSafe(json.err());
    }
    assertThat(cli.run("backup", "show", "--json").json().get("backup"))
        .extracting("host")
        .isEqualTo(EVIL);
  }

  @Test
  @DisplayName("nor what it says while it works")
  void escapesInProgress() {
    cli.atTerminal("");
    server.on(
        ORDER,
        request ->
            request
                .events()
                .send("run", Samples.run(null))
                .raw(
                    "event: progress\ndata: {\"phase\":\"\\u001b[2J\",\"bytes_done\":-5,"
                        + "\"parts\":[{\"name\":\"\\u001b[2Jx\",\"bytes_done\":1,\"ended\":false},"
                        + "{\"name\":\"y\",\"bytes_done\":1,\"ended\":false}]}\n\n")
                .raw("event: unheard-of\ndata: \u001b[2J\n\n")
                .send("result", Samples.backup("completed"))
                .close());

    Result result = cli.run("backup", "--no-color", "--verbose");

    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.err()).doesNotContain("\u001b[2J");
  }

  @Test
  @DisplayName("a run that has no name is none")
  void runWithoutAName() {
    RunJson run = Samples.run(null);
    server.on(
        ORDER,
        request ->
            request
                .events()
                .send(
                    "run",
                    new RunJson(
                        "../../tokens",
                        run.operation(),
                        null,
                        "running",
                        run.startedAt(),
                        null,
                        "x",
                        null,
                        null,
                        null,
                        null,
                        null))
                .close());

    assertInvalid(cli.run("backup"), "with a run that has no name");
  }

  @Test
  void listsThatGoRoundInACircle() {
    server.on(
        "GET /api/v1/admin/backups",
        request ->
            request.json(
                200,
                new BackupPageJson(
                    List.of(Samples.summary(Samples.RUN)), new PaginationJson(1, true, "again"))));

    assertInvalid(cli.run("backup", "list"), "with a list that has no end");
  }

  @Test
  void listsWithoutAnythingInThem() {
    var page = new AtomicInteger();
    server.on(
        "GET /api/v1/admin/backups",
        request ->
            request.json(
                200,
                new BackupPageJson(
                    List.of(), new PaginationJson(1, true, "" + page.incrementAndGet()))));

    assertInvalid(cli.run("backup", "list"), "with a list that has no end");
  }

  @Test
  @DisplayName("a problem that is none is told by its status")
  void problemsOfAnotherSort() {
    server.on(SHOW, request -> request.text(500, "text/html", "<h1>" + EVIL + "</h1>"));
    Result html = cli.run("backup", "show");
    server.on(SHOW, request -> request.text(500, "application/problem+json", "[".repeat(100_000)));
    Result nested = cli.run("backup", "show");
    server.on(SHOW, request -> request.problem(418, Map.of("detail", "", "reason", "NO_SUCH")));
    Result unknown = cli.run("backup", "show");
    server.on(SHOW, request -> request.text(404, "text/html", "There is no such page"));
    Result page = cli.run("backup", "show");

    String told = "error: the server at " + server.url() + " answered with status ";
    assertThat(html.err()).isEqualTo(told + "500\n");
    assertThat(nested.err()).startsWith(told + "500\n");
    assertThat(unknown.err()).startsWith(told + "418\n");
    assertThat(page.err()).startsWith(told + "404\n");
    assertThat(List.of(html.exit(), nested.exit(), unknown.exit(), page.exit()))
        .containsExactly(1, 1, 2, 1);
  }

  private static void pour(OutputStream out) throws Exception {
    byte[] much = new byte[64 << 10];
    java.util.Arrays.fill(much, (byte) ' ');
    while (true) {
      out.write(much);
    }
  }

  private void assertInvalid(Result result, String told) {
    assertThat(result.err())
        .startsWith("error: what stands at " + server.url() + " answered " + told);
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
  }

  private static void assertSafe(String text) {
    assertThat(text).doesNotContain("\u001b", "\u0007", "\u009b", "\u202e");
  }
}
