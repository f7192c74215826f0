package io.holdfast.server.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DrainTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  private final Consumer<Routes> routes =
      routes ->
          routes
              .add("GET", "/open", Access.OPEN, request -> new Response.Empty(204))
              .add(
                  "GET",
                  "/work",
                  Access.OPEN,
                  request -> {
                    entered.countDown();
                    release.await();
                    return new Response.Text(200, Map.of(), "text/plain", "done");
                  })
              .add(
                  "GET",
                  "/events",
                  Access.OPEN,
                  request ->
                      new Response.Events(
                          200,
                          sink -> {
                            sink.send("one", List.of());
                            entered.countDown();
                            release.await();
                          }));

  private CompletableFuture<HttpResponse<String>> begin(TestServer server, String path)
      throws InterruptedException {
    CompletableFuture<HttpResponse<String>> answer =
        CompletableFuture.supplyAsync(() -> {
          try {
            return server.get(path);
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    assertThat(entered.await(10, SECONDS)).isTrue();
    return answer;
  }

  @Test
  void requestsUnderWayEndInPeace() throws Exception {
    try (TestServer server = TestServer.start(routes)) {
      CompletableFuture<HttpResponse<String>> answer = begin(server, "/work");
      CompletableFuture<Boolean> drained =
          CompletableFuture.supplyAsync(() -> server.server.drain(LONG));
      await()
          .atMost(10, SECONDS)
          .untilAsserted(
              () -> assertThatThrownBy(() -> server.raw().close()).isInstanceOf(IOException.class));
      assertThat(drained).isNotDone();

      release.countDown();

      assertThat(answer)
          .succeedsWithin(LONG)
          .satisfies(a -> assertThat(a.body()).isEqualTo("done"));
      assertThat(answer.get().headers().firstValue("Connection")).contains("close");
      assertThat(drained).succeedsWithin(LONG).isEqualTo(true);
    }
  }

  @Test
  void theWaitHasAnEnd() throws Exception {
    try (TestServer server = TestServer.start(routes)) {
      CompletableFuture<HttpResponse<String>> answer = begin(server, "/work");

      assertThat(server.server.drain(Duration.ofMillis(100))).isFalse();

      release.countDown();
      assertThat(answer).succeedsWithin(LONG);
    }
  }

  @Test
  void nothingToWaitForIsNoWait() throws Exception {
    try (TestServer server = TestServer.start(routes)) {
      assertThat(server.get("/open").statusCode()).isEqualTo(204);
      assertThat(server.server.drain(LONG)).isTrue();
      assertThat(server.server.drain(LONG)).isTrue();
    }
  }

  @Test
  void idleConnectionsAreClosed() throws Exception {
    try (TestServer server = TestServer.start(routes);
        RawClient idle = server.raw();
        RawClient fresh = server.raw()) {
      idle.send("GET /open HTTP/1.1\r\nHost: localhost\r\n\r\n").readHead();

      assertThat(server.server.drain(LONG)).isTrue();

      assertThat(idle.readAll()).isEmpty();
      assertThat(restOf(fresh)).isEmpty();
    }
  }

  /** What comes until the end; a connection that was never accepted is reset. */
  private static String restOf(RawClient client) throws IOException {
    try {
      return client.readAll();
    } catch (SocketException reset) {
      return "";
    }
  }

  @Test
  void aRequestThatComesByABusyConnectionIsRefused() throws Exception {
    try (TestServer server = TestServer.start(routes);
        RawClient raw = server.raw()) {
      String request = "GET /work HTTP/1.1\r\nHost: localhost\r\n\r\n";
      raw.send(request + request);
      assertThat(entered.await(10, SECONDS)).isTrue();
      assertThat(server.server.drain(Duration.ofMillis(50))).isFalse();

      release.countDown();

      // The answer tells the client that the connection ends with it.
      assertThat(raw.readAll())
          .startsWith("HTTP/1.1 200 ")
          .contains("Connection: close")
          .endsWith("done");
    }
  }

  @Test
  void eventStreamsEndAtOnceAndInOrder() throws Exception {
    try (TestServer server = TestServer.start(routes)) {
      CompletableFuture<HttpResponse<String>> answer = begin(server, "/events");

      assertThat(server.server.drain(LONG)).isTrue();

      assertThat(answer)
          .succeedsWithin(LONG)
          .satisfies(a ->
              assertThat(a.body())
                  .startsWith("event: one\ndata: []\n\nevent: problem\ndata: {")
                  .contains("\"status\":503", "\"detail\":\"The server is shutting down\"")
                  .endsWith("}\n\n"));
      assertThat(server.errors).isEmpty();
      assertThat(server.logged().complete()).isTrue();
    }
  }

  @Test
  void aReaderOfEventsThatDoesNotReadHoldsNobodyUp() throws Exception {
    try (TestServer server =
            TestServer.start(open ->
                open.add(
                    "GET",
                    "/flood",
                    Access.OPEN,
                    request ->
                        new Response.Events(
                            200,
                            sink -> {
                              while (true) {
                                entered.countDown();
                                sink.send("flood", List.of("x".repeat(10_000)));
                              }
                            })));
        RawClient raw = server.raw()) {
      raw.send("GET /flood HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(entered.await(10, SECONDS)).isTrue();

      assertThat(server.server.drain(LONG)).isTrue();

      assertThat(server.errors).isEmpty();
      assertThat(server.logged().complete()).isFalse();
    }
  }

  @RepeatedTest(20)
  void closingBreaksOffWhatIsUnderWay() throws Exception {
    try (TestServer server = TestServer.start(routes)) {
      CompletableFuture<HttpResponse<String>> answer = begin(server, "/work");

      server.server.close();

      // Also if the client tries again, and is accepted in the very moment of the end.
      assertThat(answer).failsWithin(LONG).withThrowableOfType(ExecutionException.class);
      assertThatThrownBy(() -> server.raw().close()).isInstanceOf(IOException.class);
      server.server.close();
      release.countDown();
    }
  }

  @Test
  void aServerIsStartedOnce() {
    try (TestServer server = TestServer.start(routes)) {
      assertThatThrownBy(server.server::start).isInstanceOf(IllegalStateException.class);
      server.server.close();
      assertThatThrownBy(server.server::start).isInstanceOf(IllegalStateException.class);
    }
  }
}
