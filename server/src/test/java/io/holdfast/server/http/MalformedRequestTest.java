package io.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no proper HTTP, byte by byte. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedRequestTest {
  private static final String AUTHORIZED =
      "POST /body HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
          + TestServer.ADMIN
          + "\r\n";

  private TestServer server;

  @BeforeAll
  void start() {
    server =
        TestServer.start(routes ->
            routes
                .add(
                    "GET",
                    "/a/{x}",
                    Access.OPEN,
                    request ->
                        new Response.Text(200, Map.of(), "text/plain", request.variable("x")))
                .add(
                    "POST",
                    "/body",
                    Access.ADMIN,
                    request ->
                        new Response.Text(
                            201, Map.of(), "text/plain", "got " + request.body().length))
                .add("DELETE", "/body", Access.ADMIN, request -> new Response.Empty(204)));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private String answer(String request) throws Exception {
    try (RawClient raw = server.raw()) {
      return raw.send(request).readAll();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HELO\r\n\r\n",
        "GET\r\n\r\n",
        "GET /a/b\r\n\r\n",
        "GET /a/b HTTP/9.9\r\n\r\n",
        "GET /a/b HTTP/0.9\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "G\u0001T /a/b HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /a/\u0001 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /a/\u00fc HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET /a/%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET /a/%ff HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET /a/b?q=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET /a/b#f HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET /a/b HTTP/1.1\r\nConnection: close\r\n\r\n",
        "GET /a/b HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n",
        "GET /a/b HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
        "GET /a/b HTTP/1.1\r\nHost: user@localhost\r\nConnection: close\r\n\r\n",
        "GET http://other/a/b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET /a/b HTTP/1.1\r\nHost: localhost\r\nNoColon\r\n\r\n",
        "GET /a/b HTTP/1.1\r\nHost: localhost\r\nSpace : x\r\n\r\n",
        "GET /a/b HTTP/1.1\r\nHost: localhost\r\nX: a\r\n folded\r\n\r\n",
        "GET /a/b HTTP/1.1\r\nHost: localhost\r\nX: a\u0000b\r\n\r\n",
        "GET /a/b HTTP/1.1\nHost: localhost\n\n",
        "GET /a/b HTTP/1.1\r\nHost: localhost\r\nExpect: wonders\r\n\r\n",
        "CONNECT localhost:22 HTTP/1.1\r\nHost: localhost:22\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n",
      })
  void isRefusedWithAProblem(String request) throws Exception {
    String answer = answer(request);

    assertThat(answer)
        .startsWith("HTTP/1.1 400 ")
        .contains(
            "Content-Type: application/problem+json",
            "X-Correlation-Id: ",
            "X-Content-Type-Options: nosniff",
            "\"error_code\":\"BAD_REQUEST\"")
        .doesNotContain("Jetty", "Server:", "Exception");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Whoever reads the one length and whoever reads the other see different requests.
        "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        "Content-Length: 5, 5\r\n\r\nhello",
        "Content-Length: -5\r\n\r\n",
        "Content-Length: +5\r\n\r\nhello",
        "Content-Length: 0x5\r\n\r\nhello",
        "Content-Length: 99999999999999999999\r\n\r\n",
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        // Chunks that lie.
        "Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n3\r\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n5\nhello\n0\n\n",
        "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nhello\r\n0\r\n\r\n",
      })
  void aBodyThatIsNotWhatItsHeadersSayIsRefused(String rest) throws Exception {
    assertThat(answer(AUTHORIZED + "Connection: close\r\n" + rest))
        .startsWith("HTTP/1.1 400 ")
        .contains("\"error_code\":\"BAD_REQUEST\"");
  }

  @Test
  void aBodyThatEndsTooSoonIsRefused() throws Exception {
    try (RawClient raw = server.raw()) {
      raw.send(AUTHORIZED + "Content-Length: 10\r\n\r\nhello");
      raw.socket.shutdownOutput();

      assertThat(raw.readAll()).startsWith("HTTP/1.1 400 ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET /a/b HTTP/1.1, 400",
    "DELETE /body HTTP/1.1, 400",
  })
  void methodsWithoutABodyTakeNone(String line, int status) throws Exception {
    String answer =
        answer(
            line
                + "\r\nHost: localhost\r\nAuthorization: Bearer "
                + TestServer.ADMIN
                + "\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi");

    assertThat(answer).startsWith("HTTP/1.1 " + status).contains("takes no body");
  }

  @Test
  void chunksArriveAsOneBody() throws Exception {
    assertThat(
            answer(
                AUTHORIZED
                    + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                    + "5;ext=1\r\nhello\r\n6\r\n world\r\n0\r\nTrailer: x\r\n\r\n"))
        .startsWith("HTTP/1.1 201 ")
        .endsWith("got 11");
  }

  @Test
  void http10IsAnsweredAndClosed() throws Exception {
    assertThat(answer("GET /a/b HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 200 ").endsWith("\r\nb");
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    var requests = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      requests
          .append("GET /a/n")
          .append(i)
          .append(i % 2 == 0 ? "" : "/nowhere")
          .append(" HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: p")
          .append(i)
          .append("\r\n\r\n");
    }
    requests.append("GET /a/last HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    String answers = answer(requests.toString());

    int at = 0;
    for (int i = 0; i < 50; i++) {
      int next = answers.indexOf("X-Correlation-Id: p" + i + "\r\n", at);
      assertThat(next).as("answer %s", i).isGreaterThan(at);
      at = next;
    }
    assertThat(answers).endsWith("\r\n\r\nlast");
  }

  @Test
  void aConnectionGoesOnAfterARefusal() throws Exception {
    try (RawClient raw = server.raw()) {
      raw.send(
          "POST /body HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello"
              + "GET /a/next HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

      assertThat(raw.readAll()).startsWith("HTTP/1.1 401 ").endsWith("\r\n\r\nnext");
    }
  }

  @Test
  void whateverIsSentTheServerLives() throws Exception {
    var random = new Random(7);
    byte[] proper =
        (AUTHORIZED + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    for (int round = 0; round < 500; round++) {
      byte[] broken = proper.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
      }
      try (RawClient raw = server.raw()) {
        raw.socket.getOutputStream().write(broken);
      }
    }

    assertThat(server.get("/a/alive").body()).isEqualTo("alive");
    assertThat(server.errors).isEmpty();
  }
}
