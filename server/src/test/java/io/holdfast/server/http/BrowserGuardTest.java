package io.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserGuardTest {
  private TestServer server;

  private static void fill(Routes routes) {
    routes
        .add("GET", "/", Access.OPEN, request -> new Response.Empty(204))
        .add("POST", "/", Access.OPEN, request -> new Response.Empty(204));
  }

  @BeforeAll
  void start() {
    server =
        TestServer.start(
            new HttpSettings(
                "127.0.0.1",
                0,
                Optional.empty(),
                false,
                Set.of("Backup.Internal"),
                HttpLimits.defaults()),
            BrowserGuardTest::fill);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private static String status(TestServer server, String method, String headers)
      throws IOException {
    try (RawClient raw = server.raw()) {
      raw.send(method + " / HTTP/1.1\r\n" + headers + "Connection: close\r\n\r\n");
      return raw.readAll().substring("HTTP/1.1 ".length()).substring(0, 3);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:1",
        "127.0.0.1",
        "127.0.0.1:8080",
        "[::1]",
        "[::1]:99",
        "backup.internal",
        "backup.internal:8443",
      })
  void answersToItsOwnNames(String host) throws Exception {
    assertThat(status(server, "GET", "Host: " + host + "\r\n")).isEqualTo("204");
  }

  @Test
  void answersToTheAddressThatItListensAt() throws Exception {
    var settings =
        new HttpSettings("127.0.0.2", 0, Optional.empty(), false, Set.of(), HttpLimits.defaults());
    try (TestServer other = TestServer.start(settings, BrowserGuardTest::fill)) {
      assertThat(statusAt(other, "127.0.0.2:" + other.port())).isEqualTo("204");
      assertThat(statusAt(other, "127.0.0.3")).isEqualTo("421");
      assertThat(statusAt(other, "evil.example")).isEqualTo("421");
    }
  }

  private static String statusAt(TestServer server, String host) throws IOException {
    try (var raw = new RawClient(new Socket("127.0.0.2", server.port()))) {
      raw.send("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
      return raw.readAll().substring("HTTP/1.1 ".length()).substring(0, 3);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8080",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "xlocalhost",
        "localhost.",
        "127.0.0.2",
        "[::2]",
        "other.backup.internal",
      })
  void answersToNoOther(String host) throws Exception {
    assertThat(status(server, "GET", "Host: " + host + "\r\n")).isEqualTo("421");
  }

  @Test
  void aHostInThePathCountsTheSame() throws Exception {
    try (RawClient raw = server.raw()) {
      raw.send(
          "GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
      assertThat(raw.readAll()).startsWith("HTTP/1.1 421 ").contains("MISDIRECTED_REQUEST");
    }
  }

  @Test
  void beyondThisMachineNamesAreNotChecked() throws Exception {
    try (TestServer wide =
        TestServer.start(
            new HttpSettings("0.0.0.0", 0, Optional.empty(), true, Set.of(), HttpLimits.defaults()),
            BrowserGuardTest::fill)) {
      assertThat(status(wide, "GET", "Host: any.example\r\n")).isEqualTo("204");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:7777, http://localhost:7777, 204",
    "localhost:7777, http://LOCALHOST:7777, 204",
    "backup.internal, https://backup.internal, 204",
    "localhost:7777, http://localhost, 403",
    "localhost:7777, http://localhost:7778, 403",
    "localhost:7777, http://127.0.0.1:7777, 403",
    "localhost:7777, http://evil.example, 403",
    "localhost:7777, http://localhost:7777.evil.example, 403",
    "localhost:7777, null, 403",
    "localhost:7777, localhost:7777, 403",
    "localhost:7777, //localhost:7777, 403",
    "localhost:7777, '%%%', 403",
    "localhost:7777, '', 403",
  })
  void onlyItsOwnPagesMayChangeSomething(String host, String origin, String status)
      throws Exception {
    String headers = "Host: " + host + "\r\nOrigin: " + origin + "\r\n";

    assertThat(status(server, "POST", headers + "Content-Length: 0\r\n")).isEqualTo(status);
    assertThat(status(server, "GET", headers)).isEqualTo("204");
  }

  @Test
  void whoIsNoBrowserSendsNoOrigin() throws Exception {
    assertThat(server.send("POST", "/", Map.of()).statusCode()).isEqualTo(204);
  }
}
