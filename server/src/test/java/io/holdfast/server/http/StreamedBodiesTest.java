package io.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that a handler reads as they come. */
@Timeout(60)
class StreamedBodiesTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final int LIMIT = 5_000_000;
  private static final String UPLOAD =
      "POST /upload HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
          + TestServer.ADMIN
          + "\r\n";

  /** What became of each upload, as its handler saw it. */
  private final BlockingQueue<Object> ends = new LinkedBlockingQueue<>();

  private void routes(Routes routes) {
    routes
        .add(
            new Routes.Route(
                "POST", "/upload", Access.ADMIN, Set.of(), Routes.Body.STREAMED, this::upload))
        .add(
            new Routes.Route(
                "POST",
                "/refuse",
                Access.ADMIN,
                Set.of(),
                Routes.Body.STREAMED,
                request -> {
                  throw new ProblemException(ProblemCode.RESOURCE_CONFLICT, "taken");
                }))
        .add(
            "POST",
            "/document",
            Access.ADMIN,
            request -> new Response.Text(200, Map.of(), "text/plain", "" + request.body().length));
  }

  private Response upload(Request request) throws Exception {
    var sum = new CRC32();
    var size = new long[1];
    try {
      request.receive(
          LIMIT,
          piece -> {
            size[0] += piece.remaining();
            sum.update(piece);
          });
    } catch (ProblemException | IOException e) {
      ends.add(e);
      throw e;
    }
    ends.add(size[0]);
    String length = request.length().isPresent() ? "known" : "unknown";
    return new Response.Text(
        200, Map.of(), "text/plain", size[0] + " " + sum.getValue() + " " + length);
  }

  private TestServer start(Consumer<Limits> change) {
    return TestServer.start(change, this::routes);
  }

  private static HttpResponse<String> post(TestServer server, String path, BodyPublisher body)
      throws Exception {
    return server.client.send(
        HttpRequest.newBuilder(server.uri(path))
            .header("Authorization", "Bearer " + TestServer.ADMIN)
            .POST(body)
            .build(),
        BodyHandlers.ofString());
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 32_767, 32_768, 32_769, LIMIT})
  @DisplayName(
      "arrive as they were sent, far beyond what a document may have, with a length or without")
  void arrive(int size) throws Exception {
    byte[] body = bytes(size);
    var sum = new CRC32();
    sum.update(body);
    try (TestServer server = start(limits -> {})) {
      assertThat(post(server, "/upload", BodyPublishers.ofByteArray(body)).body())
          .isEqualTo(size + " " + sum.getValue() + " known");
      if (size > 0) {
        BodyPublisher chunked =
            BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body));
        assertThat(post(server, "/upload", chunked).body())
            .isEqualTo(size + " " + sum.getValue() + " unknown");
      }
    }
  }

  @Test
  @DisplayName("end with 413 beyond the handler's limit, and the client hears so")
  void tooLarge() throws Exception {
    byte[] body = bytes(LIMIT + 1);
    try (TestServer server = start(limits -> {})) {
      assertThat(post(server, "/upload", BodyPublishers.ofByteArray(body)).statusCode())
          .isEqualTo(413);
      assertThat(
              post(
                      server,
                      "/upload",
                      BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body)))
                  .statusCode())
          .isEqualTo(413);
      assertThat(post(server, "/refuse", BodyPublishers.ofByteArray(body)).statusCode())
          .isEqualTo(409);
      assertThat(server.errors).isEmpty();
    }
  }

  @Test
  @DisplayName("end with 408 when the client stalls, or trickles")
  void slow() throws Exception {
    try (TestServer server = start(limits -> limits.bodyTime = SHORT)) {
      try (RawClient raw = server.raw()) {
        raw.send(UPLOAD + "Content-Length: 50000\r\n\r\nthe beginning");
        assertThat(raw.readAll()).startsWith("HTTP/1.1 408 ");
      }
      try (RawClient raw = server.raw()) {
        raw.send(UPLOAD + "Content-Length: 50000\r\n\r\n");
        assertThat(raw.trickle("x")).startsWith("HTTP/1.1 408 ");
      }
      assertThat(ends.take()).isInstanceOf(ProblemException.class);
      assertThat(ends.take()).isInstanceOf(ProblemException.class);
    }
  }

  @Test
  @DisplayName("may take far longer than the time of a piece, while pieces come")
  void lasting() throws Exception {
    try (TestServer server = start(limits -> limits.bodyTime = SHORT);
        RawClient raw = server.raw()) {
      String piece = "x".repeat(40_000);
      int count = 0;
      long end = System.nanoTime() + SHORT.multipliedBy(4).toNanos();
      raw.send(UPLOAD + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
      while (System.nanoTime() < end && count < 100) {
        raw.send(Integer.toHexString(piece.length()) + "\r\n" + piece + "\r\n");
        count++;
        boolean never = ends.poll(30, TimeUnit.MILLISECONDS) != null;
        assertThat(never).isFalse();
      }
      raw.send("0\r\n\r\n");
      assertThat(raw.readAll()).startsWith("HTTP/1.1 200 ").contains(count * 40_000 + " ");
    }
  }

  @Test
  @DisplayName("that are cut off end for their handler too")
  void truncated() throws Exception {
    try (TestServer server = start(limits -> {})) {
      try (RawClient raw = server.raw()) {
        raw.send(UPLOAD + "Content-Length: 50000\r\n\r\nthe beginning");
      }
      assertThat(ends.take()).isInstanceOf(ProblemException.class);
      try (RawClient raw = server.raw()) {
        raw.send(UPLOAD + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
      }
      assertThat(ends.take()).isInstanceOf(ProblemException.class);
      try (RawClient raw = server.raw()) {
        raw.send(UPLOAD + "Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n");
        assertThat(raw.readHead()).startsWith("HTTP/1.1 400 ");
      }
      assertThat(ends.take()).isInstanceOf(ProblemException.class);
    }
  }

  @Test
  @DisplayName("that stall keep neither documents nor, for long, each other waiting")
  void places() throws Exception {
    try (TestServer server =
            start(limits -> {
              limits.uploads = 1;
              limits.requests = 1;
              limits.requestWait = SHORT;
            });
        RawClient stalled = server.raw()) {
      stalled.send(UPLOAD + "Content-Length: 5\r\n\r\nhell");
      var second = BodyPublishers.ofString("second");
      // Until the first has its place, the second may go before it.
      while (post(server, "/upload", second).statusCode() == 200) {
        assertThat(ends.take()).isEqualTo(6L);
      }
      assertThat(post(server, "/upload", second).statusCode()).isEqualTo(503);
      assertThat(post(server, "/document", second).body()).isEqualTo("6");
      stalled.send("o");
      assertThat(stalled.readHead()).startsWith("HTTP/1.1 200 ");
      assertThat(post(server, "/upload", second).statusCode()).isEqualTo(200);
    }
  }
}
