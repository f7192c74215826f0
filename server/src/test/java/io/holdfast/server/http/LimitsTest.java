package io.holdfast.server.http;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LimitsTest {
  private static final Duration SHORT = Duration.ofMillis(300);

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
  void aMegabyteByDefault() throws Exception {
    try (TestServer server = TestServer.start(ROUTES)) {
      assertThat(server.asAdmin("POST", "/body", "x".repeat(1 << 20)).body()).isEqualTo("1048576");
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
      assertThat(answer.body()).contains("PAYLOAD_TOO_LARGE", "1048576");
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

  @Test
  void whoTricklesAHeadIsCutOff() throws Exception {
    try (TestServer server = TestServer.start(limits -> limits.idle = SHORT, ROUTES);
        RawClient raw = server.raw()) {
      // A byte comes much more often than the idle time, but the head never ends.
      raw.send("GET /open HTTP/1.1\r\nHost: localhost\r\nX: ");

      assertThat(raw.trickle("x")).isEmpty();
      assertThat(server.get("/open").statusCode()).isEqualTo(204);
    }
  }

  @Test
  void whoSaysNothingIsCutOff() throws Exception {
    try (TestServer server = TestServer.start(limits -> limits.idle = SHORT, ROUTES);
        RawClient raw = server.raw()) {
      assertThat(raw.readAll()).isEmpty();
    }
  }

  @Test
  void whoComesBackInTimeIsNotCutOff() throws Exception {
    try (TestServer server = TestServer.start(limits -> limits.idle = SHORT, ROUTES);
        RawClient raw = server.raw()) {
      long end = System.nanoTime() + SHORT.multipliedBy(4).toNanos();
      while (System.nanoTime() < end) {
        raw.send("GET /open HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(raw.readHead()).startsWith("HTTP/1.1 204 ");
      }
      assertThat(raw.readAll()).isEmpty();
    }
  }

  @Test
  void whoTricklesABodyIsToldSo() throws Exception {
    try (TestServer server = TestServer.start(limits -> limits.bodyTime = SHORT, ROUTES);
        RawClient raw = server.raw()) {
      raw.send(AUTHORIZED + "Content-Length: 100000\r\n\r\n");

      assertThat(raw.trickle("x")).startsWith("HTTP/1.1 408 ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "the beginning"})
  void whoseBodyNeverComesIsToldSo(String beginning) throws Exception {
    try (TestServer server = TestServer.start(limits -> limits.bodyTime = SHORT, ROUTES);
        RawClient raw = server.raw()) {
      raw.send(AUTHORIZED + "Content-Length: 100000\r\n\r\n" + beginning);

      assertThat(raw.readAll())
          .startsWith("HTTP/1.1 408 ")
          .contains("Connection: close", "\"error_code\":\"REQUEST_TIMEOUT\"");
      assertThat(server.errors).isEmpty();
    }
  }

  @Test
  void aHandlerMayWorkLongerThanAnyOfTheseTimes() throws Exception {
    try (TestServer server =
        TestServer.start(
            limits -> {
              limits.idle = SHORT;
              limits.bodyTime = SHORT;
              limits.writeTime = SHORT;
            },
            routes ->
                routes.add(
                    "GET",
                    "/slow",
                    Access.OPEN,
                    request -> {
                      boolean never =
                          new CountDownLatch(1).await(SHORT.toMillis() * 4, MILLISECONDS);
                      assertThat(never).isFalse();
                      return new Response.Text(200, Map.of(), "text/plain", "done");
                    }))) {
      assertThat(server.get("/slow").body()).isEqualTo("done");
    }
  }

  @Test
  void connectionsBeyondTheLimitAreRefusedAndTheOthersServed() throws Exception {
    try (TestServer server = TestServer.start(limits -> limits.connections = 10, ROUTES)) {
      List<RawClient> clients = new ArrayList<>();
      String request = "GET /open HTTP/1.1\r\nHost: localhost\r\n\r\n";
      try {
        for (int i = 0; i < 10; i++) {
          clients.add(server.raw().send(request));
          assertThat(clients.getLast().readHead()).startsWith("HTTP/1.1 204 ");
        }
        for (int i = 0; i < 5; i++) {
          RawClient refused = server.raw();
          clients.add(refused);
          assertThatThrownBy(() -> refused.send(request).readHead())
              .isInstanceOf(IOException.class)
              .isNotInstanceOf(java.net.SocketTimeoutException.class);
        }
        assertThat(clients.getFirst().send(request).readHead()).startsWith("HTTP/1.1 204 ");

        clients.get(3).close();
        await()
            .atMost(10, SECONDS)
            .until(() -> {
              try (RawClient next = server.raw()) {
                return next.send(request).readHead().startsWith("HTTP/1.1 204 ");
              } catch (IOException stillFull) {
                return false;
              }
            });
      } finally {
        for (RawClient client : clients) {
          client.close();
        }
      }
    }
  }

  @Test
  void requestsBeyondTheLimitWaitTheirTurn() throws Exception {
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var release = new Semaphore(0);
    try (TestServer server =
        TestServer.start(
            limits -> limits.requests = 3,
            routes ->
                routes.add(
                    "POST",
                    "/work",
                    Access.ADMIN,
                    request -> {
                      most.accumulateAndGet(running.incrementAndGet(), Math::max);
                      release.acquire();
                      running.decrementAndGet();
                      return new Response.Empty(204);
                    }))) {
      List<CompletableFuture<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        answers.add(
            CompletableFuture.supplyAsync(
                () -> {
                  try {
                    return server.asAdmin("POST", "/work", "").statusCode();
                  } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                },
                task -> Thread.ofVirtual().start(task)));
      }
      for (int i = 0; i < 30; i++) {
        int expected = Math.min(3, 30 - i);
        await()
            .pollInterval(Duration.ofMillis(5))
            .atMost(10, SECONDS)
            .untilAtomic(running, equalTo(expected));
        release.release();
      }

      assertThat(answers)
          .allSatisfy(
              answer -> assertThat(answer).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(204));
      assertThat(most.get()).isEqualTo(3);
    }
  }

  @Test
  void aFullServerSaysSoAndStillTellsHowItIs() throws Exception {
    var release = new CountDownLatch(1);
    var entered = new CountDownLatch(2);
    try (TestServer server =
        TestServer.start(
            limits -> {
              limits.requests = 2;
              limits.requestWait = SHORT;
            },
            routes ->
                routes
                    .add("GET", "/health", Access.OPEN, request -> new Response.Empty(204))
                    .add(
                        "POST",
                        "/work",
                        Access.ADMIN,
                        request -> {
                          entered.countDown();
                          release.await();
                          return new Response.Empty(204);
                        }))) {
      List<Thread> workers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        workers.add(
            Thread.ofVirtual()
                .start(() -> {
                  try {
                    server.asAdmin("POST", "/work", "");
                  } catch (IOException | InterruptedException e) {
                    // Of no interest.
                  }
                }));
      }
      assertThat(entered.await(10, SECONDS)).isTrue();

      HttpResponse<String> answer = server.asAdmin("POST", "/work", "");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(answer.body())
          .contains("\"error_code\":\"SERVICE_UNAVAILABLE\"", "\"retryable\":true");
      assertThat(server.errors).isEmpty();
      assertThat(server.get("/health").statusCode()).isEqualTo(204);
      // Neither does a place go to somebody who has no business here.
      assertThat(server.send("POST", "/work", Map.of()).statusCode()).isEqualTo(401);

      release.countDown();
      for (Thread worker : workers) {
        worker.join();
      }
      assertThat(server.asAdmin("POST", "/work", "").statusCode()).isEqualTo(204);
    }
  }
}
