package io.holdfast.server.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EventsTest {
  private static final String REQUEST = "GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n";

  /** What streams of events ended with. */
  private final BlockingQueue<Throwable> ends = new LinkedBlockingQueue<>();

  private final AtomicInteger started = new AtomicInteger();
  private final AtomicInteger running = new AtomicInteger();

  private Consumer<Routes> events(Response.EventSource source) {
    return routes ->
        routes
            .add("GET", "/open", Access.OPEN, request -> new Response.Empty(204))
            .add(
                "GET",
                "/events",
                Access.OPEN,
                request ->
                    new Response.Events(
                        200,
                        sink -> {
                          started.incrementAndGet();
                          running.incrementAndGet();
                          try {
                            source.run(sink);
                          } catch (Throwable e) {
                            ends.add(e);
                            throw e;
                          } finally {
                            running.decrementAndGet();
                          }
                        }));
  }

  /** Sends much, for ever. */
  private static void flood(Response.EventSink sink) throws IOException {
    while (true) {
      sink.send("flood", Map.of("text", "x".repeat(10_000)));
    }
  }

  private Throwable end() throws InterruptedException {
    Throwable end = ends.poll(30, SECONDS);
    assertThat(end).as("the stream has ended").isNotNull();
    return end;
  }

  @Test
  void eventsArriveOneByOneAsTheyAreSent() throws Exception {
    var next = new LinkedBlockingQueue<String>();
    try (TestServer server =
        TestServer.start(
            events(sink -> {
              for (String text = next.take(); !text.equals("end"); text = next.take()) {
                if (text.isEmpty()) {
                  sink.keepAlive();
                } else {
                  sink.send("progress", Map.of("text", text));
                }
              }
            }))) {
      HttpResponse<Stream<String>> answer =
          server.client.send(
              HttpRequest.newBuilder(server.uri("/events")).build(), BodyHandlers.ofLines());
      Iterator<String> lines = answer.body().iterator();

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
      assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
      // Each is read before the next is even made.
      next.add("a\nbü");
      assertThat(lines.next()).isEqualTo("event: progress");
      assertThat(lines.next()).isEqualTo("data: {\"text\":\"a\\nbü\"}");
      assertThat(lines.next()).isEmpty();
      next.add("");
      assertThat(lines.next()).isEqualTo(":");
      assertThat(lines.next()).isEmpty();
      next.add("end");
      assertThat(lines.hasNext()).isFalse();
    }
  }

  @Test
  void theHeadComesBeforeAnyEvent() throws Exception {
    var release = new CountDownLatch(1);
    try (TestServer server = TestServer.start(events(sink -> release.await()));
        RawClient raw = server.raw()) {
      assertThat(raw.send(REQUEST).readHead()).startsWith("HTTP/1.1 200 ");
      release.countDown();
    }
  }

  @Test
  void theConnectionGoesOnAfterTheLastEvent() throws Exception {
    try (TestServer server = TestServer.start(events(sink -> sink.send("one", List.of())));
        RawClient raw = server.raw()) {
      raw.send(REQUEST).readUntil("\r\n0\r\n\r\n");
      raw.send(REQUEST).readUntil("\r\n0\r\n\r\n");
    }
  }

  @Test
  void aNameCannotBreakOutOfItsLine() throws Exception {
    try (TestServer server =
        TestServer.start(events(sink -> sink.send("a\ndata: forged", Map.of())))) {
      assertThatThrownBy(() -> server.get("/events")).isInstanceOf(IOException.class);
      assertThat(end()).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aSourceThatFailsBreaksTheStreamOff() throws Exception {
    try (TestServer server =
        TestServer.start(
            events(sink -> {
              sink.send("one", Map.of());
              throw new IllegalStateException("of the inside");
            }))) {
      assertThatThrownBy(() -> server.get("/events")).isInstanceOf(IOException.class);
      assertThat(server.errors)
          .singleElement()
          .satisfies(event -> assertThat(event.cause()).hasMessage("of the inside"));
      assertThat(server.logged().complete()).isFalse();
    }
  }

  @Test
  void aReaderThatGoesAwayEndsTheStream() throws Exception {
    try (TestServer server =
        TestServer.start(
            events(sink -> {
              while (true) {
                sink.keepAlive();
              }
            }))) {
      try (RawClient raw = server.raw()) {
        raw.send(REQUEST).readHead();
      }
      assertThat(end()).isInstanceOf(IOException.class);
      await().atMost(10, SECONDS).untilAtomic(running, equalTo(0));
      assertThat(server.errors).as("it is no error of this side").isEmpty();
    }
  }

  @Test
  void aReaderThatNeverReadsIsGivenUp() throws Exception {
    try (TestServer server =
            TestServer.start(
                limits -> limits.writeTime = Duration.ofMillis(300), events(EventsTest::flood));
        RawClient raw = server.raw()) {
      raw.send(REQUEST);

      assertThat(end()).isInstanceOf(IOException.class).hasMessageContaining("did not read");
      await().atMost(10, SECONDS).untilAtomic(running, equalTo(0));
      assertThat(server.logged().complete()).isFalse();
      assertThat(server.errors).isEmpty();
    }
  }

  @Test
  void aThousandReadersThatNeverReadHurtNobody() throws Exception {
    try (TestServer server =
        TestServer.start(
            limits -> {
              limits.streams = 1000;
              limits.connections = 1100;
              limits.writeTime = Duration.ofSeconds(10);
            },
            events(EventsTest::flood))) {
      List<Socket> readers = new ArrayList<>();
      try {
        for (int i = 0; i < 1000; i++) {
          var reader = new Socket();
          reader.setReceiveBufferSize(2048);
          reader.connect(new InetSocketAddress("127.0.0.1", server.port()));
          reader.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
          readers.add(reader);
        }
        await().atMost(60, SECONDS).untilAtomic(started, equalTo(1000));
        assertThat(running.get()).as("many at once").isGreaterThan(100);
        for (int i = 0; i < 20; i++) {
          assertThat(server.get("/open").statusCode()).isEqualTo(204);
        }

        await().atMost(60, SECONDS).untilAtomic(running, equalTo(0));
        assertThat(ends)
            .hasSize(1000)
            .allSatisfy(end -> assertThat(end).isInstanceOf(IOException.class));
        assertThat(server.get("/open").statusCode()).isEqualTo(204);
      } finally {
        for (Socket reader : readers) {
          reader.close();
        }
      }
    }
  }

  @Test
  void streamsBeyondTheLimitAreRefused() throws Exception {
    var release = new CountDownLatch(1);
    try (TestServer server =
            TestServer.start(limits -> limits.streams = 1, events(sink -> release.await()));
        RawClient first = server.raw()) {
      first.send(REQUEST).readHead();

      HttpResponse<String> second = server.get("/events");
      assertThat(second.statusCode()).isEqualTo(503);
      assertThat(second.headers().firstValue("Retry-After")).isPresent();
      assertThat(server.get("/open").statusCode()).isEqualTo(204);

      release.countDown();
      first.readUntil("0\r\n\r\n");
      await().atMost(10, SECONDS).until(() -> server.get("/events").statusCode() == 200);
    }
  }

  @Test
  void headGetsNoStream() throws Exception {
    try (TestServer server = TestServer.start(events(EventsTest::flood))) {
      HttpResponse<String> answer = server.send("HEAD", "/events", Map.of());

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
      assertThat(running.get()).isEqualTo(0);
    }
  }

  @Test
  void anOldClientGetsTheEventsToo() throws Exception {
    try (TestServer server = TestServer.start(events(sink -> sink.send("one", Map.of())));
        RawClient raw = server.raw()) {
      assertThat(raw.send("GET /events HTTP/1.0\r\n\r\n").readAll())
          .endsWith("\r\n\r\nevent: one\ndata: {}\n\n");
    }
  }
}
