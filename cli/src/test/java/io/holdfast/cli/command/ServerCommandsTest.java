package io.holdfast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.Cli;
import io.holdfast.cli.Cli.Result;
import io.holdfast.cli.stub.StubServer;
import io.holdfast.server.document.BackupHealthJson;
import io.holdfast.server.document.FailureJson;
import io.holdfast.server.document.HealthJson;
import io.holdfast.server.document.PaginationJson;
import io.holdfast.server.document.ProgressJson;
import io.holdfast.server.document.RunJson;
import io.holdfast.server.document.RunPageJson;
import io.holdfast.server.document.ScheduleJson;
import io.holdfast.server.document.SettingJson;
import io.holdfast.server.document.SettingListJson;
import io.holdfast.server.document.StatusJson;
import io.holdfast.server.document.TokenJson;
import io.holdfast.server.document.TokenListJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that only a server can answer. */
class ServerCommandsTest {
  private static final String RUN = "20261120-143000-000007";
  private static final String ADMIN = "/api/v1/admin";
  private static final String SECRET = "hf_5f2d9c01ab34_very-secret";

  @TempDir Path directory;
  private final StubServer server = new StubServer();
  private final Instant now = Instant.now();
  private Cli cli;

  @BeforeEach
  void serve() {
    cli =
        new Cli(directory)
            .set("HOLDFAST_SERVER", server.url())
            .set("HOLDFAST_TOKEN", StubServer.TOKEN);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private RunJson run(String status, @Nullable ProgressJson progress, @Nullable FailureJson why) {
    Instant begun = now.minus(Duration.ofMinutes(5).plusSeconds(30));
    return new RunJson(
        RUN,
        "backup",
        "scheduled",
        status,
        begun,
        status.equals("running") ? null : begun.plusSeconds(90),
        "schedule",
        null,
        why,
        progress,
        null,
        null);
  }

  private StatusJson status(String health, boolean enabled, @Nullable RunJson current) {
    return new StatusJson(
        StatusJson.SCHEMA,
        "0.1.0",
        now.minus(Duration.ofHours(3).plusSeconds(60)),
        "/var/backups/platform",
        null,
        7,
        new HealthJson(
            health,
            new BackupHealthJson(health.equals("ok") ? "ok" : "failing", now.minusSeconds(610)),
            "ok"),
        new ScheduleJson(enabled, "every 6 hours", now.plus(Duration.ofHours(2)), 2, 0),
        current);
  }

  @Test
  void statusTellsAllAtAGlance() {
    server.on(
        "GET " + ADMIN + "/status",
        request ->
            request.json(
                200,
                status(
                    "ok",
                    true,
                    run(
                        "running",
                        new ProgressJson("transfer", 512, 1024L, 0.5, List.of()),
                        null))));

    Result result = cli.run("status");

    assertThat(result.exit()).isZero();
    assertThat(result.out().replace("1 h 59 min", "2 h"))
        .isEqualTo(
            """
            server      holdfast 0.1.0, up 3 h 1 min
            repository  /var/backups/platform
            backups     7 backups, the last success 10 min ago
            health      ok (backups: ok, state database: ok)
            schedule    every 6 hours, next in 2 h, 2 skipped
            under way   backup (scheduled) 20261120-143000-000007, begun 5 min ago, transfer, 512 B of 1.00 KiB
            """);
    assertThat(cli.run("status", "--json").json())
        .containsEntry("schema", "holdfast.status/1")
        .containsKeys("health", "schedule", "current");
  }

  @Test
  @DisplayName("a server that is not well is an exit code that is not zero")
  void statusFailsIfTheServerIsNotWell() {
    server.on(
        "GET " + ADMIN + "/status", request -> request.json(200, status("degraded", false, null)));

    Result result = cli.run("status");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out())
        .contains("health      degraded (backups: failing, state database: ok)\n")
        .contains("schedule    off\n")
        .contains("under way   nothing\n");
  }

  @Test
  void listsRuns() {
    server.on(
        "GET " + ADMIN + "/runs",
        request ->
            request.json(
                200,
                new RunPageJson(
                    List.of(
                        run("running", null, null),
                        run("failed", null, new FailureJson("REPOSITORY_FULL", "no room", null))),
                    new PaginationJson(20, true, "more"))));

    Result result = cli.run("run", "list", "--limit", "2");

    assertThat(result.exit()).isZero();
    assertThat(result.out().lines().toList())
        .satisfiesExactly(
            heading -> assertThat(heading).startsWith("RUN  "),
            running ->
                assertThat(running)
                    .matches(RUN + "  backup \\(scheduled\\)  running  5 min ago +-  schedule"),
            failed -> assertThat(failed).endsWith("1 min 30 s  schedule  no room"));
    assertThat(server.seen()).hasSize(1);
    assertThat(cli.run("run", "list", "--limit", "1", "--json").json())
        .containsEntry("schema", "holdfast.run.list/1")
        .extracting("runs")
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .hasSize(1);
    assertThat(cli.run("run", "list", "--limit", "-1").exit()).isEqualTo(2);
  }

  @Test
  void showsARun() {
    server.on(
        "GET " + ADMIN + "/runs/" + RUN,
        request ->
            request.json(
                200, run("failed", null, new FailureJson("REPOSITORY_FULL", "no room", null))));

    Result result = cli.run("run", "show", RUN);

    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .contains("run         " + RUN + "\n", "operation   backup (scheduled)\n")
        .contains("status      failed\n", "asked by    schedule\n", "failure     no room\n")
        .containsPattern("started     \\S+ \\(5 min ago\\), took 1 min 30 s\n");
  }

  @ParameterizedTest
  @CsvSource({
    "completed, , 0",
    "failed, REPOSITORY_FULL, 10",
    "failed, SOME_NEW_CODE, 1",
    "failed, , 1",
    "cancelled, CANCELLED, 130",
    "timeout, TIMEOUT, 124"
  })
  @DisplayName("to watch a run ends with the exit code of what it did")
  void watchesARun(String status, @Nullable String code, int exit) {
    FailureJson why = code == null ? null : new FailureJson(code, "it was so", "Do this.");
    server.on(
        "GET " + ADMIN + "/runs/" + RUN + "/progress",
        request ->
            request
                .events()
                .send("progress", new ProgressJson("transfer", 1, 2L, 0.5, List.of()))
                .send("result", run(status, null, why))
                .close());

    Result result = cli.run("run", "watch", RUN);

    assertThat(result.exit()).isEqualTo(exit);
    assertThat(result.out()).contains("status      " + status);
    if (exit != 0) {
      assertThat(result.err()).startsWith("error: backup " + RUN + " ");
    }
  }

  @Test
  void watchesTheRunThatIsUnderWay() {
    server.on(
        "GET " + ADMIN + "/status",
        request -> request.json(200, status("ok", true, run("running", null, null))));
    server.on(
        "GET " + ADMIN + "/runs/" + RUN + "/progress",
        request -> request.events().send("result", run("completed", null, null)).close());
    assertThat(cli.run("run", "watch").exit()).isZero();

    server.on("GET " + ADMIN + "/status", request -> request.json(200, status("ok", true, null)));
    Result nothing = cli.run("run", "watch");
    assertThat(nothing.exit()).isEqualTo(4);
    assertThat(nothing.err()).startsWith("error: no run is under way\n");
  }

  @Test
  void aRunThatIsNotThere() {
    for (String command : List.of("show", "watch", "cancel")) {
      for (String route :
          List.of(
              "GET " + ADMIN + "/runs/{id}",
              "GET " + ADMIN + "/runs/{id}/progress",
              "POST " + ADMIN + "/runs/{id}/cancel")) {
        server.on(
            route,
            request -> request.problem(404, "RECORD_NOT_FOUND", "There is no run of that name"));
      }
      Result result = cli.run("run", command, "nonsense");
      assertThat(result.exit()).isEqualTo(4);
      assertThat(result.err()).startsWith("error: there is no run of that name");
    }
  }

  @Test
  void cancelsARun() {
    server.on(
        "POST " + ADMIN + "/runs/" + RUN + "/cancel",
        request -> request.json(202, run("running", null, null)));

    Result result = cli.run("run", "cancel", RUN);

    assertThat(result)
        .isEqualTo(
            new Result(
                0,
                "asked run " + RUN + " to end; 'holdfast run watch " + RUN + "' waits for it\n",
                ""));
    server.on(
        "POST " + ADMIN + "/runs/" + RUN + "/cancel",
        request -> request.problem(409, "RESOURCE_CONFLICT", "Run x is not under way"));
    assertThat(cli.run("run", "cancel", RUN).exit()).isEqualTo(5);
  }

  private static SettingJson setting(String key, String value, String source, boolean restart) {
    return new SettingJson(
        "backup." + key, value, source, "6", "a whole number from 1 to 168", restart, null, null);
  }

  @Test
  void listsSettings() {
    server.on(
        "GET /api/v1/settings/backup",
        request ->
            request.json(
                200,
                new SettingListJson(
                    List.of(
                        setting("schedule_hours", "12", "stored", false),
                        setting("path", "", "default", true)))));

    Result result = cli.run("settings", "list");

    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .isEqualTo(
            """
            SETTING                VALUE  FROM     DEFAULT  ALLOWED
            backup.schedule_hours  12     stored   6        a whole number from 1 to 168
            backup.path            -      default  6        a whole number from 1 to 168; needs a restart
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"schedule_hours", "backup.schedule_hours"})
  void getsSetsAndResetsASetting(String key) {
    String path = "/api/v1/settings/backup/schedule_hours";
    server
        .on("GET " + path, r -> r.json(200, setting("schedule_hours", "6", "default", false)))
        .on("PUT " + path, r -> r.json(200, setting("schedule_hours", "12", "stored", true)))
        .on("DELETE " + path, r -> r.json(200, setting("schedule_hours", "", "file", false)));

    assertThat(cli.run("settings", "get", key)).isEqualTo(new Result(0, "6\n", ""));
    assertThat(cli.run("settings", "set", key, "12").out())
        .isEqualTo("backup.schedule_hours is 12 (stored), from the next start of the server on\n");
    assertThat(cli.run("settings", "reset", key).out())
        .isEqualTo("backup.schedule_hours is empty (file)\n");
    assertThat(server.seen("PUT", path))
        .singleElement()
        .satisfies(put -> {
          assertThat(put.body()).isEqualTo("{\"value\":\"12\"}");
          assertThat(put.header("Content-Type")).isEqualTo("application/json");
        });
    assertThat(cli.run("settings", "get", key, "--json").json())
        .containsEntry("schema", "holdfast.settings.get/1")
        .extracting("setting")
        .hasFieldOrPropertyWithValue("default", "6");
  }

  @Test
  void aValueThatIsRefused() {
    server.on(
        "PUT /api/v1/settings/backup/schedule_hours",
        request ->
            request.problem(
                422,
                Map.of(
                    "detail",
                    "Backup.schedule_hours: a whole number from 1 to 168",
                    "reason",
                    "VALUE_REFUSED")));

    Result result = cli.run("settings", "set", "schedule_hours", "0", "--json");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.jsonError()).containsEntry("code", "VALUE_REFUSED");
  }

  private TokenJson token(
      @Nullable String secret, @Nullable Instant expires, @Nullable Instant revoked) {
    return new TokenJson(
        "5f2d9c01ab34",
        "ci",
        "operator",
        now.minusSeconds(130),
        expires,
        revoked,
        null,
        null,
        secret);
  }

  @Test
  void listsTokens() {
    Instant expiry = Instant.parse("2126-11-20T14:30:00Z");
    server.on(
        "GET " + ADMIN + "/tokens",
        request ->
            request.json(
                200,
                new TokenListJson(
                    List.of(
                        token(null, null, null),
                        token(null, expiry, null),
                        token(null, now.minusSeconds(130), null),
                        token(null, expiry, now.minusSeconds(190))))));

    List<String> lines = cli.run("token", "list").out().lines().toList();

    assertThat(lines)
        .containsExactly(
            "ID            NAME  ROLE      CREATED    STATE",
            "5f2d9c01ab34  ci    operator  2 min ago  valid",
            "5f2d9c01ab34  ci    operator  2 min ago  valid until 2126-11-20T14:30:00Z",
            "5f2d9c01ab34  ci    operator  2 min ago  expired 2 min ago",
            "5f2d9c01ab34  ci    operator  2 min ago  revoked 3 min ago");
  }

  @Test
  @DisplayName("the secret of a new token is all that goes to standard output")
  void makesATokenAndPrintsItsSecret() {
    server.on("POST " + ADMIN + "/tokens", r -> r.json(201, token(SECRET, null, null)));

    Result result = cli.run("token", "create", "ci", "--role", "operator");
    Result json =
        cli.run("token", "create", "ci", "--role", "OPERATOR", "--expires-in-days", "30", "--json");

    assertThat(result.exit()).isZero();
    assertThat(result.out()).isEqualTo(SECRET + "\n");
    assertThat(result.err())
        .isEqualTo(
            "token ci (operator, id 5f2d9c01ab34); this is its secret, which nothing can show"
                + " again:\n");
    assertThat(json.json().get("token")).hasFieldOrPropertyWithValue("token", SECRET);
    assertThat(server.seen("POST", ADMIN + "/tokens"))
        .extracting(StubServer.Seen::body)
        .containsExactly(
            "{\"name\":\"ci\",\"role\":\"operator\"}",
            "{\"name\":\"ci\",\"role\":\"operator\",\"expires_in_days\":30}");
  }

  private TokenJson targetToken(boolean deletes, @Nullable String secret) {
    return new TokenJson(
        "5f2d9c01ab34",
        "ci",
        "target",
        now.minusSeconds(130),
        null,
        null,
        "laptop",
        deletes,
        secret);
  }

  @Test
  void makesTokensOfTargets() {
    server.on("POST " + ADMIN + "/tokens", r -> r.json(201, targetToken(false, SECRET)));
    server.on(
        "GET " + ADMIN + "/tokens",
        r ->
            r.json(
                200,
                new TokenListJson(List.of(targetToken(false, null), targetToken(true, null)))));

    Result result = cli.run("token", "create", "ci", "--target", "laptop");
    Result json =
        cli.run("token", "create", "ci", "--target", "laptop", "--allow-delete", "--json");

    assertThat(result.out()).isEqualTo(SECRET + "\n");
    assertThat(result.err()).startsWith("token ci (target laptop, id 5f2d9c01ab34); this is");
    assertThat(json.json().get("token"))
        .hasFieldOrPropertyWithValue("target", "laptop")
        .hasFieldOrPropertyWithValue("allow_delete", false);
    assertThat(server.seen("POST", ADMIN + "/tokens"))
        .extracting(StubServer.Seen::body)
        .containsExactly(
            "{\"name\":\"ci\",\"role\":\"target\",\"target\":\"laptop\",\"allow_delete\":false}",
            "{\"name\":\"ci\",\"role\":\"target\",\"target\":\"laptop\",\"allow_delete\":true}");
    assertThat(cli.run("token", "list").out().lines().skip(1))
        .containsExactly(
            "5f2d9c01ab34  ci    target laptop           2 min ago  valid",
            "5f2d9c01ab34  ci    target laptop, deletes  2 min ago  valid");
  }

  @Test
  @DisplayName("or it is written to a file that only its owner can read, and shown nowhere")
  void makesATokenIntoAFile() throws IOException {
    server.on("POST " + ADMIN + "/tokens", r -> r.json(201, token(SECRET, null, null)));

    Result result = cli.run("token", "create", "ci", "--role", "admin", "--output", "secret");
    Result json =
        cli.run("token", "create", "ci", "--role", "admin", "--output", "other", "--json");

    assertThat(result.out())
        .isEqualTo("token ci (operator, id 5f2d9c01ab34) is in " + cli.path("secret") + "\n");
    assertThat(cli.read("secret")).isEqualTo(SECRET + "\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cli.path("secret"))))
        .isEqualTo("rw-------");
    assertThat(json.json()).containsEntry("file", cli.path("other").toString());
    assertThat(result.out() + result.err() + json.out() + json.err()).doesNotContain(SECRET);
  }

  @Test
  @DisplayName("no token is made that there is no place for, and no file without a token stays")
  void aFileAndATokenOrNeither() throws IOException {
    cli.write("there", "precious");
    Result exists = cli.run("token", "create", "ci", "--role", "viewer", "--output", "there");
    Result nowhere = cli.run("token", "create", "ci", "--role", "viewer", "--output", "no/where");

    assertThat(exists.exit()).isEqualTo(2);
    assertThat(nowhere.exit()).isEqualTo(2);
    assertThat(cli.read("there")).isEqualTo("precious");
    assertThat(server.seen()).isEmpty();

    server.on(
        "POST " + ADMIN + "/tokens",
        request ->
            request.problem(
                409, Map.of("detail", "There is a token called ci", "reason", "NAME_TAKEN")));
    Result taken = cli.run("token", "create", "ci", "--role", "viewer", "--output", "new");

    assertThat(taken.exit()).isEqualTo(5);
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(cli.path("there"));
    }
  }

  @Test
  void aTokenWithoutASecretIsNone() {
    server.on("POST " + ADMIN + "/tokens", r -> r.json(201, token(null, null, null)));

    assertThat(cli.run("token", "create", "ci", "--role", "viewer").err())
        .contains("answered with a token that has no secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "token create ci",
        "token create ci --role root",
        "token create --role viewer",
        "token create ci --role target",
        "token create ci --role viewer --target laptop",
        "token create ci --role viewer --allow-delete",
        "token create ci --allow-delete",
        "token create ci --target",
      })
  void aTokenNeedsANameAndARole(String line) {
    assertThat(cli.run(line.split(" ")).exit()).isEqualTo(2);
    assertThat(server.seen()).isEmpty();
  }

  @Test
  @DisplayName("a token that is named by its name is not found, and where the ids are is said")
  void revokesByIdAlone() {
    server.on(
        "DELETE " + ADMIN + "/tokens/ci",
        request -> request.problem(404, "RECORD_NOT_FOUND", "There is no token of that id"));

    Result result = cli.run("token", "revoke", "ci");

    assertThat(result.exit()).isEqualTo(4);
    assertThat(result.err()).contains("no token of that id", "'holdfast token list' shows both");
  }

  @Test
  void revokesAToken() {
    server.on("DELETE " + ADMIN + "/tokens/5f2d9c01ab34", r -> r.text(204, "", ""));

    assertThat(cli.run("token", "revoke", "5f2d9c01ab34"))
        .isEqualTo(new Result(0, "revoked 5f2d9c01ab34\n", ""));
    assertThat(cli.run("token", "revoke", "5f2d9c01ab34", "--json").json())
        .containsEntry("schema", "holdfast.token.revoke/1")
        .containsEntry("revoked", "5f2d9c01ab34")
        .doesNotContainKey("warning");
  }

  @Test
  void revokesTheLastAdminWithAWarning() {
    server.on(
        "DELETE " + ADMIN + "/tokens/5f2d9c01ab34",
        r -> r.header("Holdfast-Warning", "no admin is left").text(204, "", ""));

    assertThat(cli.run("token", "revoke", "5f2d9c01ab34"))
        .isEqualTo(new Result(0, "revoked 5f2d9c01ab34\n", "warning: no admin is left\n"));
    assertThat(cli.run("token", "revoke", "5f2d9c01ab34", "--json").json())
        .containsEntry("warning", "no admin is left");
  }
}
