package io.holdfast.server.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CrowdTest {
  private static final int CLIENTS = 1000;
  private static final int REQUESTS = 5;

  @Test
  void aThousandClientsAtOnceAreAllAnswered() throws Exception {
    var wrong = ConcurrentHashMap.newKeySet();
    var answered = new AtomicInteger();
    try (TestServer server =
        TestServer.start(routes ->
            routes
                .add(
                    "GET",
                    "/n/{n}",
                    Access.VIEWER,
                    request ->
                        new Response.Text(200, Map.of(), "text/plain", request.variable("n")))
                .add(
                    "POST",
                    "/n/{n}",
                    Access.ADMIN,
                    request ->
                        new Response.Text(
                            200, Map.of(), "text/plain", "" + request.body().length)))) {
      var start = new CountDownLatch(1);
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        int n = i;
        clients.add(
            Thread.ofVirtual()
                .start(() -> {
                  try (RawClient raw = server.raw()) {
                    raw.socket.setSoTimeout(60_000);
                    start.await();
                    for (int k = 0; k < REQUESTS; k++) {
                      String said = k % 2 == 0 ? get(raw, n) : post(raw, n);
                      String expected = k % 2 == 0 ? "" + n : "" + (n + 1);
                      if (!said.equals(expected)) {
                        wrong.add(said);
                      }
                      answered.incrementAndGet();
                    }
                  } catch (IOException | InterruptedException e) {
                    wrong.add(e);
                  }
                }));
      }
      start.countDown();
      for (Thread client : clients) {
        client.join();
      }

      assertThat(wrong).isEmpty();
      assertThat(answered.get()).isEqualTo(CLIENTS * REQUESTS);
      await().atMost(20, SECONDS).until(() -> server.access.size() == CLIENTS * REQUESTS);
      assertThat(server.access).extracting(AccessEvent::correlation).doesNotHaveDuplicates();
      assertThat(server.errors).isEmpty();
    }
  }

  private static String get(RawClient raw, int n) throws IOException {
    raw.send(
        "GET /n/"
            + n
            + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
            + TestServer.VIEWER
            + "\r\n\r\n");
    return body(raw);
  }

  private static String post(RawClient raw, int n) throws IOException {
    raw.send(
        "POST /n/"
            + n
            + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
            + TestServer.ADMIN
            + "\r\nContent-Length: "
            + (n + 1)
            + "\r\n\r\n"
            + "x".repeat(n + 1));
    return body(raw);
  }

  private static String body(RawClient raw) throws IOException {
    String head = raw.readHead();
    String length = head.replaceAll("(?s).*Content-Length: ([0-9]+).*", "$1");
    return new String(
        raw.socket.getInputStream().readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8);
  }
}
