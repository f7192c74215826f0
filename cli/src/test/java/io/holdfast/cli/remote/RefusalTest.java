package io.holdfast.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.Cli;
import io.holdfast.cli.Cli.Result;
import io.holdfast.cli.stub.StubServer;
import io.holdfast.server.configuration.ServerSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client does not do, and what it makes of a server that does not do it. */
class RefusalTest {
  private static final String SHOW = "GET /api/v1/admin/backups/{id}";

  @TempDir Path directory;
  private final StubServer server = new StubServer();
  private Cli cli;

  @BeforeEach
  void serve() {
    cli = Cli.withPlatform(directory);
    server.on("GET /api/v1/admin/status", request -> request.json(200, Samples.status(null, "ok")));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Result status(String... more) {
    String[] args = new String[more.length + 3];
    args[0] = "status";
    args[1] = "--server";
    args[2] = server.url();
    System.arraycopy(more, 0, args, 3, more.length);
    return cli.run(args);
  }

  private void secret(String file, String mode) throws IOException {
    cli.write(file, StubServer.TOKEN + "\n");
    Files.setPosixFilePermissions(cli.path(file), PosixFilePermissions.fromString(mode));
  }

  @Test
  void withoutATokenNothingIsAsked() {
    Result result = status();

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .startsWith("error: a server needs a token, and there is none\n")
        .contains("HOLDFAST_TOKEN", "HOLDFAST_TOKEN_FILE", "--token-file");
    assertThat(server.seen()).isEmpty();
  }

  @Test
  void theTokenComesFromTheEnvironmentOrAFile() throws IOException {
    secret("token", "rw-------");
    assertThat(status("--token-file", "token").exit()).isZero();
    assertThat(status("--token-file", cli.path("token").toString()).exit()).isZero();

    cli.set("HOLDFAST_TOKEN_FILE", "token");
    assertThat(status().exit()).isZero();

    cli.set("HOLDFAST_TOKEN", "hf_of-the-environment");
    assertThat(status().exit()).isEqualTo(77);
    assertThat(status("--token-file", "token").exit()).isZero();
  }

  @Test
  @DisplayName("a token in a link, such as a mounted secret, is followed to its file")
  void theTokenMayBeBehindALink() throws IOException {
    secret("..data/token", "r--------");
    Files.createSymbolicLink(cli.path("token"), Path.of("..data/token"));

    assertThat(status("--token-file", "token").exit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rw-rw-rw-"})
  void aTokenThatOthersCanReadIsRefused(String mode) throws IOException {
    secret("token", mode);

    Result result = status("--token-file", "token");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo(
            "error: others can read or change the token in "
                + cli.path("token")
                + "\n  Run 'chmod 600 "
                + cli.path("token")
                + "'; if it was like that for long, make a new token.\n");
    assertThat(server.seen()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "line\nbreak", "t\u00f6ken", "a\u0000b"})
  @DisplayName("what is no token is neither sent nor shown")
  void whatIsNoToken(String text) throws IOException {
    secret("token", "rw-------");
    cli.write("token", text);

    Result result = status("--token-file", "token", "--verbose");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).startsWith("error: what the file " + cli.path("token") + " holds");
    assertThat(result.err()).doesNotContain("words", "break", "\u00f6");
    assertThat(server.seen()).isEmpty();
  }

  @Test
  void aTokenFileThatIsNotThere() throws IOException {
    Result missing = status("--token-file", "nowhere");
    Files.createDirectory(cli.path("dir"));
    Files.setPosixFilePermissions(cli.path("dir"), PosixFilePermissions.fromString("rwx------"));
    Result folder = status("--token-file", "dir");

    assertThat(missing.exit()).isEqualTo(2);
    assertThat(missing.err())
        .isEqualTo(
            "error: the token cannot be read from "
                + cli.path("nowhere")
                + ": there is no such file\n");
    assertThat(folder.exit()).isEqualTo(2);
    assertThat(folder.err()).startsWith("error: the token cannot be read from ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://backup.example.com",
        "http://192.0.2.1:8500",
        "http://0.0.0.0:1",
        "http://127.0.0.1.example.com",
        "http://[2001:db8::1]:8500"
      })
  @DisplayName("a token is not sent in the clear to another machine")
  void plainHttpToAnotherMachine(String url) {
    cli.set("HOLDFAST_TOKEN", StubServer.TOKEN);

    Result result = cli.run("status", "--server", url);

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .startsWith("error: the token would be sent to " + url + " where everybody")
        .contains("--insecure-http");
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1, true",
    "http://127.8.8.8:1, true",
    "http://localhost:8500/holdfast/, true",
    "http://LOCALHOST, true",
    "http://[::1]:8500, true",
    "https://backup.example.com, true",
    "HTTPS://backup.example.com, true",
    "http://backup.example.com, false",
    "http://10.0.0.1, false",
    "http://localhost.example.com, false"
  })
  void whatIsPrivate(String url, boolean isPrivate) {
    assertThat(ServerAddress.parse(url).isPrivate()).isEqualTo(isPrivate);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:8500, begins with neither https:// nor http://",
    "backup.example.com, begins with neither https:// nor http://",
    "file:///etc/passwd, begins with neither https:// nor http://",
    "http://, is no URL",
    "https:///x, is more or less than a host",
    "https://a b, is no URL",
    "https://user:hunter2@host, holds a user or a password",
    "https://host/?a=b, is more or less than a host",
    "https://host/#a, is more or less than a host"
  })
  void addressesThatAreNone(String url, String told) {
    cli.set("HOLDFAST_TOKEN", StubServer.TOKEN);

    Result result = cli.run("status", "--server", url);

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).startsWith("error: the address of the server " + told);
    assertThat(result.err()).contains("http://localhost:" + ServerSettings.DEFAULT_PORT);
    assertThat(result.err()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "backup --config holdfast.yaml | --server and --config name two installations",
        "backup list --repository backups | --server and --repository name two installations",
        "doctor | this looks at the machine that it runs on",
        "demo | this looks at the machine that it runs on"
      })
  void whatDoesNotGoWithAServer(String line, String told) {
    cli.set("HOLDFAST_TOKEN", StubServer.TOKEN);

    Result result = cli.run((line + " --server " + server.url()).split(" "));

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).startsWith("error: " + told);
    assertThat(server.seen()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "token list", "settings list", "run list", "run watch"})
  void whatTakesAServer(String line) {
    Result result = cli.run(line.split(" "));

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo(
            """
            error: this takes a server, and none is named
              Name one with --server URL, or with the variable HOLDFAST_SERVER.
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--token-file x", "--ca-file x", "--insecure-http"})
  @DisplayName("what is for a server is not passed over where there is none")
  void whatIsForAServer(String option) {
    for (String line : new String[] {"backup list ", "doctor ", "backup list --repository x "}) {
      Result result = cli.run((line + option).split(" "));

      assertThat(result.exit()).isEqualTo(2);
      assertThat(result.err()).contains(option.replace(" x", "") + " is for a server");
    }
  }

  @Test
  @DisplayName("the environment names the server of a command that names nothing itself")
  void theEnvironmentGivesWay() {
    cli.set("HOLDFAST_SERVER", server.url()).set("HOLDFAST_TOKEN", StubServer.TOKEN);

    assertThat(cli.run("status").exit()).isZero();
    int asked = server.seen().size();

    assertThat(cli.run("backup", "--config", "holdfast.yaml").exit()).isZero();
    assertThat(cli.run("backup", "list", "--repository", "backups").exit()).isZero();
    assertThat(cli.run("doctor").exit()).isZero();
    assertThat(cli.set("HOLDFAST_SERVER", "").run("backup", "list").exit()).isZero();
    assertThat(server.seen()).hasSize(asked);
  }

  @Test
  @DisplayName("the token stands in a header, and nowhere else")
  void theTokenIsNotShown() {
    cli.set("HOLDFAST_TOKEN", StubServer.TOKEN);
    server.on(SHOW, request -> request.problem(500, "INTERNAL_ERROR", "It broke"));

    Result result = cli.run("backup", "show", "--verbose", "--server", server.url());
    server.stop();
    Result gone = cli.run("backup", "show", "--verbose", "--server", server.url());

    assertThat(result.exit()).isEqualTo(1);
    assertThat(gone.exit()).isEqualTo(68);
    assertThat(result.out() + result.err() + gone.out() + gone.err())
        .doesNotContain(StubServer.TOKEN)
        .contains("at io.holdfast.cli.remote.");
    assertThat(server.seen())
        .isNotEmpty()
        .allMatch(request -> request.header("Authorization").equals("Bearer " + StubServer.TOKEN))
        .allMatch(request -> !request.path().contains("secret"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | REQUEST_REFUSED | 2 | false",
        "401 | TOKEN_REFUSED | 77 | false",
        "403 | TOKEN_REFUSED | 77 | false",
        "404 | RECORD_NOT_FOUND | 4 | false",
        "409 | RESOURCE_CONFLICT | 5 | true",
        "413 | REQUEST_REFUSED | 2 | false",
        "422 | REQUEST_REFUSED | 2 | false",
        "429 | SERVER_BUSY | 75 | true",
        "500 | SERVER_FAILED | 1 | false",
        "502 | SERVER_UNREACHABLE | 68 | true",
        "503 | SERVER_BUSY | 75 | true",
        "504 | SERVER_UNREACHABLE | 68 | true"
      })
  void exitCodesByStatus(int status, String code, int exit, boolean retryable) {
    cli.set("HOLDFAST_TOKEN", StubServer.TOKEN);
    server.on(
        SHOW,
        request ->
            request.problem(
                status, Map.of("detail", "No, not so", "error_code", "SOME", "retry_after", 90)));

    Result result = cli.run("backup", "show", "--json", "--server", server.url());

    assertThat(result.exit()).isEqualTo(exit);
    assertThat(result.jsonError())
        .containsEntry("schema", "holdfast.error/1")
        .containsEntry("code", code)
        .containsEntry("message", "no, not so")
        .containsEntry("retryable", retryable)
        .containsEntry("exit_code", (long) exit);
  }

  @Test
  @DisplayName("what the server says of trying again counts before what is so of most conflicts")
  void retryableIsWhatTheServerSays() {
    cli.set("HOLDFAST_TOKEN", StubServer.TOKEN);
    server.on(
        SHOW,
        request ->
            request.problem(
                409, Map.of("detail", "The run has ended", "error_code", "X", "retryable", false)));

    Result result = cli.run("backup", "show", "--json", "--server", server.url());

    assertThat(result.exit()).isEqualTo(5);
    assertThat(result.jsonError())
        .containsEntry("code", "RESOURCE_CONFLICT")
        .containsEntry("retryable", false);
  }

  @Test
  @DisplayName("the engine's own error counts before the status")
  void exitCodesByReason() {
    cli.set("HOLDFAST_TOKEN", StubServer.TOKEN);
    server.on(
        SHOW,
        request ->
            request.problem(
                500, Map.of("detail", "Backup operation failed", "reason", "REPOSITORY_FULL")));

    Result result = cli.run("backup", "show", "--json", "--server", server.url());

    assertThat(result.exit()).isEqualTo(10);
    assertThat(result.jsonError()).containsEntry("code", "REPOSITORY_FULL");
  }

  @Test
  void whenToTryAgainIsTold() {
    cli.set("HOLDFAST_TOKEN", StubServer.TOKEN);
    server.on(
        SHOW,
        request ->
            request.problem(
                429, Map.of("detail", "At most 3 restores an hour", "retry_after", 1200)));

    assertThat(cli.run("backup", "show", "--server", server.url()).err())
        .isEqualTo("error: at most 3 restores an hour\n  Try again in 1200 s.\n");
  }

  @Test
  void nobodyThere() throws IOException {
    cli.set("HOLDFAST_TOKEN", StubServer.TOKEN);
    int free;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }

    for (String line :
        new String[] {"status", "backup", "backup validate 20200101-000000-000001"}) {
      Result result = cli.run((line + " --server http://127.0.0.1:" + free).split(" "));

      assertThat(result.exit()).isEqualTo(68);
      assertThat(result.err())
          .startsWith("error: the server at http://127.0.0.1:" + free + " cannot be reached: ");
    }
    Result unknown = cli.run("status", "--server", "https://nowhere.invalid");
    assertThat(unknown.exit()).isEqualTo(68);
    assertThat(unknown.err()).contains("no machine of that name is known");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "3601", "soon", "99999999999"})
  void timeoutsThatAreNone(String seconds) {
    cli.set("HOLDFAST_TOKEN", StubServer.TOKEN).set("HOLDFAST_SERVER_TIMEOUT", seconds);

    assertThat(status().exit()).isEqualTo(2);
    assertThat(status().err()).startsWith("error: HOLDFAST_SERVER_TIMEOUT is '" + seconds + "'");
  }
}
