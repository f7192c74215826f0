package io.holdfast.server.http;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TimeLimitsTest {
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
      raw.send(AUTHORIZED + "Content-Length: 50000\r\n\r\n");

      assertThat(raw.trickle("x")).startsWith("HTTP/1.1 408 ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "the beginning"})
  void whoseBodyNeverComesIsToldSo(String beginning) throws Exception {
    try (TestServer server = TestServer.start(limits -> limits.bodyTime = SHORT, ROUTES);
        RawClient raw = server.raw()) {
      raw.send(AUTHORIZED + "Content-Length: 50000\r\n\r\n" + beginning);

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
}
