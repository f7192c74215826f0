package io.holdfast.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.server.acceptance.ApiClient.Answer;
import io.holdfast.server.acceptance.OpenApi.Operation;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that cannot be done: each is refused in the form that the document describes. */
class RefusalsTest {
  @TempDir static Path root;
  private static LiveServer server;

  @BeforeAll
  static void start() throws Exception {
    LiveServer.platform(root);
    server = LiveServer.start(root, LiveServer.configuration());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void assertRefused(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.json()).containsEntry("error_code", code);
    assertThat(answer.text()).doesNotContain("io.holdfast", "Exception", root.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/api",
        "/api/v1",
        "/api/v2/admin/backups",
        "/api/v1/admin",
        "/api/v1/admin/backups/",
        "/api/v1//admin/backups",
        "/api/v1/admin/backups/a/b/c/d",
        "/api/v1/admin/backups/%2e%2e/tokens",
        "/api/v1/Admin/backups",
        "/api/v1/settings",
        "/api/v1/settings/security/enabled",
        "/.env",
        "/health/"
      })
  @DisplayName("an address that there is not")
  void nowhere(String path) throws Exception {
    for (String method : List.of("GET", "POST", "DELETE")) {
      HttpRequest request = server.plain(path).method(method, BodyPublishers.noBody()).build();
      assertRefused(server.send(request), 404, "ROUTE_NOT_FOUND");
    }
  }

  /** Each path with each method that it does not have. */
  static Stream<String> otherMethods() {
    var found = new ArrayList<String>();
    for (Operation operation : OpenApi.DOCUMENT.operations()) {
      String path = operation.template().replaceAll("\\{[a-z]+}", "000000000000");
      List<String> methods = OpenApi.DOCUMENT.methods(path);
      for (String method : List.of("GET", "POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW")) {
        if (!methods.contains(method)) {
          found.add(method + " " + path);
        }
      }
    }
    return found.stream().distinct();
  }

  @ParameterizedTest
  @MethodSource("otherMethods")
  @DisplayName("a method that an address does not have; Allow names those that it has")
  void otherMethod(String methodAndPath) throws Exception {
    String[] words = methodAndPath.split(" ", -1);
    HttpRequest request = server.plain(words[1]).method(words[0], BodyPublishers.noBody()).build();
    assertRefused(server.send(request), 405, "METHOD_NOT_ALLOWED");
  }

  @Test
  @DisplayName("OPTIONS tells the methods, without a token")
  void options() throws Exception {
    try (ApiClient nobody = server.as("")) {
      HttpRequest request =
          nobody.request("/admin/backups").method("OPTIONS", BodyPublishers.noBody()).build();
      Answer answer = nobody.send(request);
      assertThat(answer.status()).isEqualTo(204);
      assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS, POST");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "null",
        "[]",
        "\"x\"",
        "1",
        "{\"name\"}",
        "{\"name\": }",
        "{'name': 1}",
        "{\"name\": \"a\",}",
        "{\"name\": \"a\"} x",
        "{\"name\": \"a\", \"name\": \"b\"}",
        "{\"name\": \"\\ud800x\\q\"}",
        "{\"name\": 1, \"role\": \"viewer\"}",
        "{\"name\": \"a\", \"role\": [\"viewer\"]}",
        "{\"name\": \"a\", \"roles\": \"viewer\"}",
        "{\"name\": \"a\", \"role\": \"viewer\", \"expires_in_days\": 1.5}",
        "{\"name\": \"a\", \"role\": \"viewer\", \"expires_in_days\": 1e99}",
        "{\"name\": \"a\", \"role\": \"viewer\", \"expires_in_days\": \"7\"}",
        "{\"NAME\": \"a\", \"role\": \"viewer\"}",
        "// no\n{\"name\": \"a\"}",
        "\ufeff{}"
      })
  @DisplayName("a body that is no such document")
  void malformed(String body) throws Exception {
    HttpRequest request =
        server
            .request("/admin/tokens")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    assertRefused(server.send(request), 400, "BAD_REQUEST");
  }

  @Test
  @DisplayName("a body that is nested without end, or no text at all")
  void hostile() throws Exception {
    List<byte[]> bodies =
        List.of(
            "[".repeat(60_000).getBytes(StandardCharsets.UTF_8),
            ("{\"name\": " + "[".repeat(100)).getBytes(StandardCharsets.UTF_8),
            new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'},
            new byte[1000]);
    for (byte[] body : bodies) {
      HttpRequest request =
          server
              .request("/admin/tokens")
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofByteArray(body))
              .build();
      assertRefused(server.send(request), 400, "BAD_REQUEST");
    }
  }

  @Test
  @DisplayName("a body of more than 64 KiB, announced or not")
  void large() throws Exception {
    String text = "{\"name\": \"" + "x".repeat(1 << 16) + "\"}";
    for (HttpRequest.BodyPublisher body :
        List.of(
            BodyPublishers.ofString(text),
            BodyPublishers.fromPublisher(BodyPublishers.ofString(text)))) {
      HttpRequest request =
          server
              .request("/admin/tokens")
              .header("Content-Type", "application/json")
              .POST(body)
              .build();
      assertRefused(server.send(request), 413, "PAYLOAD_TOO_LARGE");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain",
    "application/xml",
    "application/x-www-form-urlencoded",
    "application/json; charset=iso-8859-1",
    "application/jsonx"
  })
  @DisplayName("a body of another type")
  void mediaType(String type) throws Exception {
    for (String path :
        List.of("/admin/backups", "/admin/backups/restore", "/admin/repository/check")) {
      HttpRequest request =
          server
              .request(path)
              .header("Content-Type", type)
              .header("Idempotency-Key", "k")
              .POST(BodyPublishers.ofString("{}"))
              .build();
      assertRefused(server.send(request), 415, "UNSUPPORTED_MEDIA_TYPE");
    }
  }

  @Test
  @DisplayName("a body that is compressed")
  void compressed() throws Exception {
    HttpRequest request =
        server
            .posting("/admin/tokens", "{\"name\": \"a\", \"role\": \"viewer\"}")
            .header("Content-Encoding", "gzip")
            .build();
    assertRefused(server.send(request), 415, "UNSUPPORTED_MEDIA_TYPE");
  }

  @Test
  @DisplayName("a body where none belongs")
  void bodyOfAGet() throws Exception {
    for (String method : List.of("GET", "DELETE")) {
      HttpRequest request =
          server
              .request("/admin/backups/000000000000")
              .method(method, BodyPublishers.ofString("{}"))
              .build();
      assertRefused(server.send(request), 400, "BAD_REQUEST");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/admin/backups | {\"components\": [\"none\"]}",
        "/admin/backups | {\"components\": [\"../tree\"]}",
        "/admin/backups | {\"components\": [null]}",
        "/admin/backups | {\"compression\": \"bzip2\"}",
        "/admin/backups | {\"compression\": \"\"}",
        "/admin/backups | {\"trigger\": \"scheduled\"}",
        "/admin/backups | {\"trigger\": \"MANUAL\"}",
        "/admin/backups/restore | {}",
        "/admin/backups/restore | {\"backup_id\": \"latest\"}",
        "/admin/backups/restore | {\"backup_id\": \"latest\", \"confirm\": false}",
        "/admin/backups/restore | {\"backup_id\": \"nonsense\", \"confirm\": true}",
        "/admin/backups/restore | {\"backup_id\": \"../x\", \"confirm\": true}",
        "/admin/backups/restore | {\"backup_id\": \"latest\", \"destination\": \"here\"}",
        "/admin/backups/restore | {\"backup_id\": \"latest\", \"destination\": \"\"}",
        "/admin/backups/restore | {\"backup_id\": \"latest\", \"destination\": \"/a\\u0000b\"}",
        "/admin/backups/restore | {\"backup_id\": \"latest\", \"components\": [\"A\"], \"confirm\": true}",
        "/admin/tokens | {\"role\": \"viewer\"}",
        "/admin/tokens | {\"name\": \"a\"}",
        "/admin/tokens | {\"name\": \"a\", \"role\": \"open\"}",
        "/admin/tokens | {\"name\": \"a b\", \"role\": \"viewer\"}",
        "/admin/tokens | {\"name\": \"\", \"role\": \"viewer\"}",
        "/admin/tokens | {\"name\": \"a\", \"role\": \"viewer\", \"expires_in_days\": 0}",
        "/admin/tokens | {\"name\": \"a\", \"role\": \"viewer\", \"expires_in_days\": 3651}"
      })
  @DisplayName("a document that asks for what there is not")
  void invalid(String path, String body) throws Exception {
    assertRefused(server.post(path, body), 422, "VALIDATION_ERROR");
    assertThat(server.get("/admin/runs").data()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/admin/backups/000000000000",
        "/admin/backups/20261120-143000-000007",
        "/admin/backups/latest",
        "/admin/backups/none",
        "/admin/backups/%2e%2e%2fetc",
        "/admin/runs/20261120-143000-000007",
        "/admin/runs/000000000000",
        "/admin/runs/none/progress",
        "/admin/restores/20261120-143000-000007",
        "/settings/backup/none",
        "/settings/backup/backup.enabled",
        "/admin/backups/000000000000/artifacts/tree/tree"
      })
  @DisplayName("something that there is not")
  void unknown(String path) throws Exception {
    assertRefused(server.get(path), 404, "RECORD_NOT_FOUND");
  }

  static Stream<Operation> operations() {
    return OpenApi.DOCUMENT.operations().stream();
  }

  @ParameterizedTest
  @MethodSource("operations")
  @DisplayName("a parameter that an address does not have; the answer names it and those it has")
  void unknownParameter(Operation operation) throws Exception {
    String path = operation.template().replaceAll("\\{[a-z]+}", "000000000000");
    HttpRequest request =
        server
            .plain(path + "?lmit=2")
            .header("Idempotency-Key", "typing-error")
            .method(operation.method(), BodyPublishers.noBody())
            .build();

    Answer answer = server.send(request);

    assertRefused(answer, 400, "BAD_REQUEST");
    assertThat(answer.text()).contains("'lmit'");
    assertThat(operation.queryParameters()).allSatisfy(p -> assertThat(answer.text()).contains(p));
    assertThat(server.get("/admin/runs").data()).isEmpty();
  }

  @Test
  @DisplayName("an identifier of more than 128 characters, or one whose encoding is broken")
  void identifiers() throws Exception {
    assertRefused(server.get("/admin/backups/" + "a".repeat(129)), 400, "BAD_REQUEST");
    assertRefused(server.get("/settings/backup/" + "a".repeat(129)), 400, "BAD_REQUEST");
    assertRefused(server.get("/admin/backups/%00"), 400, "BAD_REQUEST");
    String broken = raw("GET /api/v1/admin/backups/%zz HTTP/1.1", "Host: localhost");
    assertThat(broken).startsWith("HTTP/1.1 400 ").contains("\"error_code\":\"BAD_REQUEST\"");
  }

  @Test
  @DisplayName("an address or headers that are too long")
  void tooLong() throws Exception {
    assertRefused(server.get("/admin/backups?cursor=" + "a".repeat(5000)), 414, "URI_TOO_LONG");
    HttpRequest request =
        server.request("/admin/backups").header("X-Filler", "a".repeat(9000)).build();
    assertRefused(server.send(request), 431, "HEADERS_TOO_LARGE");
  }

  @Test
  @DisplayName("a host name that is not the server's, and a change that another page asks for")
  void browsers() throws Exception {
    String authorization = "Authorization: Bearer " + server.token();
    assertThat(raw("GET /api/v1/admin/backups HTTP/1.1", "Host: evil.example", authorization))
        .startsWith("HTTP/1.1 421 ")
        .contains("\"error_code\":\"MISDIRECTED_REQUEST\"");
    HttpRequest request =
        server
            .posting("/admin/backups", "")
            .header("Idempotency-Key", "k")
            .header("Origin", "https://evil.example")
            .build();
    assertRefused(server.send(request), 403, "FORBIDDEN");
    assertThat(server.get("/admin/runs").data()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "application/xml", "application/json;q=0", "x", ""})
  @DisplayName("but whatever Accept says, documents come as JSON")
  void accept(String accept) throws Exception {
    Answer answer =
        server.send(server.request("/admin/backups").header("Accept", accept).GET().build());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
  }

  /** An answer to a request that no well-behaved client would send. */
  private static String raw(String... lines) throws Exception {
    try (var socket = new Socket("127.0.0.1", server.uri("/").getPort())) {
      socket.setSoTimeout(10_000);
      String head = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
