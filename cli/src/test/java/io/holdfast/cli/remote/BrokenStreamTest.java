package io.holdfast.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.Cli;
import io.holdfast.cli.Cli.Result;
import io.holdfast.cli.stub.StubEvents;
import io.holdfast.cli.stub.StubServer;
import io.holdfast.cli.stub.StubServer.Answer;
import io.holdfast.server.document.ValidationJson;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that break while something long is under way. */
class BrokenStreamTest {
  private static final String BACKUPS = "/api/v1/admin/backups";
  private static final String RUN = "/api/v1/admin/runs/" + Samples.RUN;
  private static final Answer BREAKS =
      request -> {
        throw new IllegalStateException("breaks");
      };

  @TempDir Path directory;
  private final StubServer server = new StubServer();
  private Cli cli;

  private static final String ENDING =
      "{\"status\":503,\"detail\":\"The server is shutting down\","
          + "\"error_code\":\"SERVICE_UNAVAILABLE\",\"retryable\":true,\"retry_after\":10}";

  @BeforeEach
  void serve() {
    cli =
        new Cli(directory)
            .set("HOLDFAST_SERVER", server.url())
            .set("HOLDFAST_TOKEN", StubServer.TOKEN)
            .set("HOLDFAST_SERVER_TIMEOUT", "20");
    server.on("GET /api/v1/admin/status", request -> request.json(200, Samples.status(null, "ok")));
    server.on("GET " + RUN, request -> request.json(200, Samples.run("completed")));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  @DisplayName("a run that has its name is followed by its name, and ordered once")
  void followsTheRun() {
    server.on("POST " + BACKUPS, breaksAfterRun());
    server.on(
        "GET " + RUN + "/progress",
        inTurn(
            BREAKS,
            request -> request.events().send("progress", Samples.progress(512)).close(),
            request -> {
              try (StubEvents events = request.events()) {
                events.send("progress", Samples.progress(900));
                events.send("result", Samples.run("completed"));
              }
            }));

    Result result = cli.run("backup");

    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out())
        .startsWith("backup " + Samples.RUN + " completed in 4.0 s: 1.00 KiB of 1 component\n")
        .contains("It is in /var/backups/platform, stored as zstd; its backup id is 5f2d9c01ab34.")
        .contains("Retention removed 1 older backup.");
    assertThat(server.seen("POST", BACKUPS)).hasSize(1);
    assertThat(server.seen("GET", RUN + "/progress")).hasSize(3);
  }

  @Test
  @DisplayName("a server that ends in the middle of a run says so; the run is asked for again")
  void followsTheRunAcrossTheEndOfTheServer() {
    server.on(
        "POST " + BACKUPS,
        request ->
            request
                .events()
                .send("run", Samples.run("running"))
                .raw("event: problem\ndata: " + ENDING + "\n\n")
                .close());
    server.on(
        "GET " + RUN + "/progress",
        inTurn(
            request ->
                request
                    .events()
                    .send("run", Samples.run("running"))
                    .raw("event: problem\ndata: " + ENDING + "\n\n")
                    .close(),
            request -> request.events().send("result", Samples.run("completed")).close()));

    Result ordered = cli.run("backup");

    assertThat(ordered.exit()).as(ordered.err()).isZero();
    assertThat(server.seen("POST", BACKUPS)).hasSize(1);
    assertThat(server.seen("GET", RUN + "/progress")).hasSize(2);
  }

  @Test
  @DisplayName("a run that failed while nobody listened is told of, and not begun anew")
  void doesNotOrderAgainWhatFailed() {
    server.on("POST " + BACKUPS, breaksAfterRun());
    server.on(
        "GET " + RUN + "/progress",
        request -> request.events().send("result", Samples.interrupted()).close());

    Result result = cli.run("backup");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo(
            "error: backup "
                + Samples.RUN
                + " failed: the process that ran it ended\n  Make another.\n");
    assertThat(server.seen("POST", BACKUPS)).hasSize(1);
  }

  @Test
  @Tag("P10")
  @DisplayName("P10: what broke before the run had a name is asked again with the same key")
  void asksAgainWithTheSameKey() {
    server.on(
        "POST " + BACKUPS,
        inTurn(
            BREAKS,
            request -> request.events().raw(": hello\n\nevent: ru").close(),
            request -> request.problem(409, "RESOURCE_CONFLICT", "That key is under way"),
            request -> request.problem(503, "SERVICE_UNAVAILABLE", "Starting"),
            request -> request.events().send("result", Samples.backup("completed")).close()));

    server.on(
        "GET /api/v1/admin/components",
        request ->
            request.text(
                200,
                "application/json",
                "{\"components\":[{\"name\":\"app-db\",\"kind\":\"sqlite\",\"missing\":\"fail\","
                    + "\"source\":{}}]}"));

    Result result = cli.run("backup", "--component", "app-db", "--json");

    assertThat(result.exit()).as(result.err()).isZero();
    List<StubServer.Seen> orders = server.seen("POST", BACKUPS);
    assertThat(orders).hasSize(5);
    assertThat(orders)
        .extracting(order -> order.header("Idempotency-Key"))
        .allMatch(key -> key.matches("[0-9a-f]{32}"))
        .containsOnly(orders.getFirst().header("Idempotency-Key"));
    assertThat(orders).extracting(StubServer.Seen::body).containsOnly(orders.getFirst().body());
  }

  @Test
  @Tag("P10")
  @DisplayName("P10: each command has a key of its own")
  void eachCommandHasItsOwnKey() {
    server.on(
        "POST " + BACKUPS,
        request -> request.events().send("result", Samples.backup("completed")).close());

    assertThat(cli.run("backup").exit()).isZero();
    assertThat(cli.run("backup").exit()).isZero();

    assertThat(server.seen("POST", BACKUPS))
        .extracting(order -> order.header("Idempotency-Key"))
        .doesNotHaveDuplicates()
        .hasSize(2);
  }

  @Test
  void aConflictThatComesAtOnceIsAnError() {
    server.on(
        "POST " + BACKUPS,
        request ->
            request.problem(
                409,
                Map.of("detail", "A backup operation is already in progress", "reason", "BUSY")));

    Result result = cli.run("backup");

    assertThat(result.exit()).isEqualTo(5);
    assertThat(result.err()).startsWith("error: a backup operation is already in progress\n");
    assertThat(server.seen("POST", BACKUPS)).hasSize(1);
  }

  @Test
  @DisplayName("a server that restarts meanwhile is waited for")
  void waitsForARestart() {
    server.on(
        "POST " + BACKUPS,
        request -> {
          request.events().send("run", Samples.run(null));
          server.stop();
          Thread.ofPlatform().start(server::start);
        });
    server.on(
        "GET " + RUN + "/progress",
        request -> request.events().send("result", Samples.run("completed")).close());

    Result result = cli.run("backup", "--quiet");

    assertThat(result).isEqualTo(new Result(0, "", ""));
  }

  @Test
  @DisplayName("but not for ever")
  void givesUpInTheEnd() {
    cli.set("HOLDFAST_SERVER_TIMEOUT", "1");
    server.on("POST " + BACKUPS, breaksAfterRun());
    server.on("GET " + RUN + "/progress", BREAKS);

    Result result = cli.run("backup");

    assertThat(result.exit()).isEqualTo(68);
    assertThat(result.err())
        .startsWith("error: the server at " + server.url() + " was lost while run " + Samples.RUN)
        .contains("'holdfast run watch " + Samples.RUN + "'");
    assertThat(cli.run("backup", "--json").jsonError())
        .containsEntry("code", "SERVER_UNREACHABLE")
        .containsEntry("retryable", true)
        .containsEntry("exit_code", 68L);
  }

  @Test
  void aServerThatForgotTheRunIsNotAskedToBeginAnother() {
    server.on("POST " + BACKUPS, breaksAfterRun());
    server.on(
        "GET " + RUN + "/progress",
        request -> request.problem(404, "RECORD_NOT_FOUND", "There is no run of that name"));

    Result result = cli.run("backup");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("does not know run " + Samples.RUN + " any more");
    assertThat(server.seen("POST", BACKUPS)).hasSize(1);
  }

  @Test
  void aValidationThatBrokeBeginsAnew() {
    server.on(
        "POST " + BACKUPS + "/{id}/validate",
        inTurn(
            BREAKS,
            request -> request.events().send("progress", Samples.progress(1)).close(),
            request ->
                request
                    .events()
                    .send("result", new ValidationJson(Samples.RUN, true, List.of()))
                    .close()));

    Result result = cli.run("backup", "validate", Samples.RUN);

    assertThat(result).isEqualTo(new Result(0, "backup " + Samples.RUN + ": sound\n", ""));
  }

  @Test
  @DisplayName("a server without streams is understood too")
  void takesAPlainAnswer() {
    server.on("POST " + BACKUPS, request -> request.json(201, Samples.backup("completed")));

    Result result = cli.run("backup");

    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out()).contains("Retention removed 1 older backup.");
  }

  @Test
  @DisplayName("what is only told with the run is left out where the run cannot be had")
  void makesDoWithTheAnswer() {
    server.on("POST " + BACKUPS, request -> request.json(201, Samples.backup("completed")));
    server.on("GET " + RUN, request -> request.problem(503, "SERVICE_UNAVAILABLE", "No database"));

    Result result = cli.run("backup");

    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out()).contains(Samples.RUN).doesNotContain("Retention");
  }

  private static Answer breaksAfterRun() {
    return request -> {
      request.events().send("run", Samples.run(null)).send("progress", Samples.progress(1));
      throw new IllegalStateException("breaks");
    };
  }

  private static Answer inTurn(Answer... answers) {
    Deque<Answer> left = new ArrayDeque<>(List.of(answers));
    return request -> {
      Answer next = left.size() > 1 ? left.removeFirst() : left.getFirst();
      next.to(request);
    };
  }
}
