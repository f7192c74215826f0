package io.holdfast.server.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
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

@Timeout(60)
class CapacityTest {
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
