package io.holdfast.server.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DownloadsTest {
  private static final String REQUEST = "GET /file HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final int LARGE = 50 << 20;

  private final BlockingQueue<Throwable> ends = new LinkedBlockingQueue<>();
  private final AtomicLong made = new AtomicLong();

  private Consumer<Routes> file(OptionalLong length, Response.Body body) {
    return routes ->
        routes
            .add("GET", "/open", Access.OPEN, request -> new Response.Empty(204))
            .add(
                "GET",
                "/file",
                Access.OPEN,
                request ->
                    new Response.Download(
                        "application/zstd",
                        Optional.of("20261120-143000-000007_manual.tar.zst"),
                        length,
                        out -> {
                          try {
                            body.writeTo(out);
                          } catch (Throwable e) {
                            ends.add(e);
                            throw e;
                          }
                        }));
  }

  /** So many bytes in pieces, each one counted. */
  private Response.Body bytes(long count) {
    return out -> {
      byte[] piece = new byte[10_000];
      for (long left = count; left > 0; left -= piece.length) {
        int part = (int) Math.min(left, piece.length);
        out.write(piece, 0, part);
        made.addAndGet(part);
      }
    };
  }

  private HttpResponse<byte[]> download(TestServer server) throws Exception {
    return server.client.send(
        HttpRequest.newBuilder(server.uri("/file")).build(), BodyHandlers.ofByteArray());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 32_767, 32_768, 32_769, 3_000_000})
  void everyByteArrives(int size) throws Exception {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    for (OptionalLong length : Arrays.asList(OptionalLong.empty(), OptionalLong.of(size))) {
      try (TestServer server = TestServer.start(file(length, out -> out.write(content)))) {
        HttpResponse<byte[]> answer = download(server);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(content);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/zstd");
        assertThat(answer.headers().firstValue("Content-Disposition"))
            .contains("attachment; filename=\"20261120-143000-000007_manual.tar.zst\"");
        if (length.isPresent()) {
          assertThat(answer.headers().firstValueAsLong("Content-Length")).isEqualTo(length);
        }
      }
    }
  }

  @Test
  void bytesMayComeOneByOne() throws Exception {
    try (TestServer server =
        TestServer.start(
            file(
                OptionalLong.empty(),
                out -> {
                  for (int i = 0; i < 100_000; i++) {
                    out.write(i);
                  }
                }))) {
      byte[] body = download(server).body();

      assertThat(body).hasSize(100_000);
      assertThat(body[99_999]).isEqualTo((byte) 99_999);
    }
  }

  @Test
  void theReaderSetsThePace() throws Exception {
    try (TestServer server = TestServer.start(file(OptionalLong.of(LARGE), bytes(LARGE)));
        RawClient raw = server.raw()) {
      raw.send(REQUEST).readHead();
      // What the two systems buffer is made, and no more.
      var settled = new AtomicLong(-1);
      await()
          .pollInterval(Duration.ofMillis(300))
          .atMost(20, SECONDS)
          .until(() -> settled.getAndSet(made.get()) == made.get());
      assertThat(made.get()).isLessThan(LARGE / 2);

      InputStream in = raw.socket.getInputStream();
      assertThat(in.readNBytes(LARGE)).hasSize(LARGE);
      assertThat(made.get()).isEqualTo(LARGE);
    }
  }

  @Test
  void aFailureBeforeTheFirstByteIsAProblem() throws Exception {
    try (TestServer server =
        TestServer.start(
            file(
                OptionalLong.of(LARGE),
                out -> {
                  out.write(1);
                  throw new IOException("of the inside");
                }))) {
      HttpResponse<String> answer = server.get("/file");

      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
      assertThat(answer.headers().map()).doesNotContainKey("content-disposition");
      assertThat(answer.body()).doesNotContain("inside");
      assertThat(server.errors).hasSize(1);
    }
  }

  @Test
  void aFailureInTheMiddleIsNoEnd() throws Exception {
    for (OptionalLong length : Arrays.asList(OptionalLong.empty(), OptionalLong.of(LARGE))) {
      try (TestServer server =
          TestServer.start(
              file(
                  length,
                  out -> {
                    bytes(1_000_000).writeTo(out);
                    throw new IOException("of the inside");
                  }))) {
        assertThatThrownBy(() -> download(server)).isInstanceOf(IOException.class);
        assertThat(server.errors)
            .singleElement()
            .satisfies(event -> assertThat(event.cause()).hasMessage("of the inside"));
        assertThat(server.logged().complete()).isFalse();
        assertThat(server.get("/open").statusCode()).isEqualTo(204);
      }
    }
  }

  @Test
  void anOldClientSeesTheFailureToo() throws Exception {
    try (TestServer server =
            TestServer.start(
                file(
                    OptionalLong.empty(),
                    out -> {
                      bytes(100_000).writeTo(out);
                      throw new IOException("of the inside");
                    }));
        RawClient raw = server.raw()) {
      // HTTP/1.0 knows no chunks: a connection that is closed in order would be the end of the
      // file.
      assertThatThrownBy(() -> raw.send("GET /file HTTP/1.0\r\n\r\n").readAll())
          .isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {999_999, 1_000_001})
  void aBodyOfAnotherLengthThanAnnouncedIsBrokenOff(int announced) throws Exception {
    try (TestServer server = TestServer.start(file(OptionalLong.of(announced), bytes(1_000_000)))) {
      assertThatThrownBy(() -> download(server)).isInstanceOf(IOException.class);
      await().atMost(10, SECONDS).until(() -> server.errors.size() == 1);
    }
  }

  @Test
  void aReaderThatVanishesEndsTheBody() throws Exception {
    try (TestServer server = TestServer.start(file(OptionalLong.empty(), bytes(Long.MAX_VALUE)))) {
      try (RawClient raw = server.raw()) {
        raw.send(REQUEST).readHead();
        raw.socket.getInputStream().readNBytes(100_000);
      }

      assertThat(ends.poll(30, SECONDS)).isInstanceOf(IOException.class);
      assertThat(server.logged().complete()).isFalse();
      assertThat(server.errors).isEmpty();
    }
  }

  @Test
  void aBodyThatDressesUpTheReadersFaultIsNoError() throws Exception {
    try (TestServer server =
        TestServer.start(
            file(
                OptionalLong.empty(),
                out -> {
                  try {
                    bytes(Long.MAX_VALUE).writeTo(out);
                  } catch (IOException e) {
                    throw new IllegalStateException("backup could not be read", e);
                  }
                }))) {
      try (RawClient raw = server.raw()) {
        raw.send(REQUEST).readHead();
      }

      assertThat(ends.poll(30, SECONDS)).isInstanceOf(IllegalStateException.class);
      assertThat(server.logged().complete()).isFalse();
      assertThat(server.errors).isEmpty();
    }
  }

  @Test
  void aReaderThatStopsReadingIsGivenUp() throws Exception {
    try (TestServer server =
            TestServer.start(
                limits -> limits.writeTime = Duration.ofMillis(300),
                file(OptionalLong.empty(), bytes(Long.MAX_VALUE)));
        var reader = new Socket()) {
      reader.setReceiveBufferSize(2048);
      reader.connect(new InetSocketAddress("127.0.0.1", server.port()));
      reader.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));

      assertThat(ends.poll(30, SECONDS))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("did not read");
      assertThat(server.logged().complete()).isFalse();
      assertThat(server.errors).isEmpty();
    }
  }

  @Test
  void aSlowReaderThatReadsIsNotGivenUp() throws Exception {
    int size = 20 << 20;
    try (TestServer server =
            TestServer.start(
                limits -> limits.writeTime = Duration.ofMillis(500),
                file(OptionalLong.of(size), bytes(size)));
        RawClient raw = server.raw()) {
      raw.send(REQUEST).readHead();
      InputStream in = raw.socket.getInputStream();
      long read = 0;
      while (read < size) {
        int part = in.readNBytes(1 << 20).length;
        assertThat(part).isPositive();
        read += part;
        boolean waited =
            !new java.util.concurrent.CountDownLatch(1)
                .await(100, java.util.concurrent.TimeUnit.MILLISECONDS);
        assertThat(waited).isTrue();
      }
      assertThat(read).isEqualTo(size);
    }
  }

  @Test
  void headMakesNoBody() throws Exception {
    try (TestServer server = TestServer.start(file(OptionalLong.of(LARGE), bytes(LARGE)))) {
      HttpResponse<String> answer = server.send("HEAD", "/file", Map.of());

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(LARGE);
      assertThat(made.get()).isEqualTo(0);
    }
  }
}
