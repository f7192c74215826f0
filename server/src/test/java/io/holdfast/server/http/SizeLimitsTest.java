package io.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SizeLimitsTest {
  private static final Consumer<Routes> ROUTES =
      routes ->
          routes
              .add("GET", "/open", Access.OPEN, request -> new Response.Empty(204))
              .add(
                  "POST",
                  "/body",
                  Access.ADMIN,
                  request ->
                      new Response.Text(200, Map.of(), "text/plain", "" + request.body().length));

  private static final String AUTHORIZED =
      "POST /body HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
          + TestServer.ADMIN
          + "\r\n";

  @Test
  void aBodyMayBeAsLargeAsTheLimit() throws Exception {
    try (TestServer server = TestServer.start(limits -> limits.bodyBytes = 1000, ROUTES)) {
      assertThat(server.asAdmin("POST", "/body", "x".repeat(1000)).body()).isEqualTo("1000");
      assertThat(server.asAdmin("POST", "/body", "x".repeat(1001)).statusCode()).isEqualTo(413);
    }
  }

  @Test
  void sixtyFourKibibytesByDefault() throws Exception {
    try (TestServer server = TestServer.start(ROUTES)) {
      assertThat(server.asAdmin("POST", "/body", "x".repeat(1 << 16)).body()).isEqualTo("65536");
      assertThat(server.asAdmin("POST", "/body", "x".repeat((1 << 16) + 1)).statusCode())
          .isEqualTo(413);
    }
  }

  @Test
  void aChunkedBodyIsCountedAsItComes() throws Exception {
    try (TestServer server = TestServer.start(limits -> limits.bodyBytes = 1000, ROUTES);
        RawClient raw = server.raw()) {
      raw.send(AUTHORIZED + "Transfer-Encoding: chunked\r\n\r\n");
      String chunk = "100\r\n" + "x".repeat(256) + "\r\n";
      raw.send(chunk + chunk + chunk + chunk);

      assertThat(raw.readHead()).startsWith("HTTP/1.1 413 ").contains("Connection: close");
    }
  }

  @Test
  void whoAnnouncesTooMuchIsRefusedBeforeSendingIt() throws Exception {
    try (TestServer server = TestServer.start(ROUTES);
        RawClient raw = server.raw()) {
      raw.send(AUTHORIZED + "Content-Length: 1000000000000\r\n\r\n");

      assertThat(raw.readHead()).startsWith("HTTP/1.1 413 ");
    }
  }

  @Test
  void whoSendsFarTooMuchGetsToReadWhy() throws Exception {
    try (TestServer server = TestServer.start(ROUTES)) {
      HttpResponse<String> answer = server.asAdmin("POST", "/body", "x".repeat(20 << 20));

      assertThat(answer.statusCode()).isEqualTo(413);
      assertThat(answer.body()).contains("PAYLOAD_TOO_LARGE", "65536");
      assertThat(server.send("POST", "/body", Map.of(), "x".repeat(20 << 20)).statusCode())
          .isEqualTo(401);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"X: %s", "%s: x", "Cookie: a=%s"})
  void aHeadMayBeSoLarge(String header) throws Exception {
    try (TestServer server = TestServer.start(ROUTES);
        RawClient small = server.raw();
        RawClient large = server.raw()) {
      String head = "GET /open HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
      small.send(head + header.formatted("x".repeat(7000)) + "\r\n\r\n");
      large.send(head + header.formatted("x".repeat(8200)) + "\r\n\r\n");

      assertThat(small.readAll()).startsWith("HTTP/1.1 204 ");
      assertThat(large.readAll())
          .startsWith("HTTP/1.1 431 ")
          .contains("HEADERS_TOO_LARGE", "X-Correlation-Id");
    }
  }

  @Test
  void manyHeadersAreTooLargeAsWell() throws Exception {
    try (TestServer server = TestServer.start(ROUTES);
        RawClient raw = server.raw()) {
      raw.send("GET /open HTTP/1.1\r\nHost: localhost\r\n" + "A: b\r\n".repeat(2000) + "\r\n");

      assertThat(raw.readAll()).startsWith("HTTP/1.1 431 ");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4090, 5000, 9000, 1_000_000})
  void anAddressMayBeSoLong(int length) throws Exception {
    try (TestServer server = TestServer.start(ROUTES);
        RawClient raw = server.raw()) {
      try {
        raw.send(
            "GET /open?q="
                + "x".repeat(length)
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      } catch (SocketException e) {
        assertThat(length).as("only who sends far too much may be cut off").isGreaterThan(9000);
      }

      assertThat(raw.readHead()).startsWith("HTTP/1.1 414 ");
    }
  }
}
