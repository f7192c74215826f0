package io.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes back, over real sockets. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnswersTest {
  private TestServer server;

  @BeforeAll
  void start() {
    server =
        TestServer.start(routes ->
            routes
                .add(
                    "GET",
                    "/greet/{name}",
                    Access.OPEN,
                    request ->
                        new Response.Document(
                            200,
                            Map.of("ETag", "\"1\""),
                            Map.of("hello", request.variable("name"))))
                .add(
                    "GET",
                    "/page",
                    Access.OPEN,
                    request ->
                        new Response.Text(
                            200,
                            Map.of(
                                "Cache-Control", "max-age=60",
                                "Content-Security-Policy", "default-src 'self'"),
                            "text/html; charset=utf-8",
                            "<p>ü</p>"))
                .add(
                    "GET",
                    "/thread",
                    Access.OPEN,
                    request ->
                        new Response.Text(
                            200,
                            Map.of(),
                            "text/plain",
                            String.valueOf(Thread.currentThread().isVirtual())))
                .add(
                    new Routes.Route(
                        "GET",
                        "/echo",
                        Access.OPEN,
                        Set.of("q"),
                        request ->
                            new Response.Text(
                                200,
                                Map.of(),
                                "text/plain",
                                request.query("q").orElse("none")
                                    + "|"
                                    + request.header("X-Some").orElse("none")
                                    + "|"
                                    + request.accepts("text/event-stream")
                                    + "|"
                                    + request.path()
                                    + "|"
                                    + request.address()
                                    + "|"
                                    + request.correlation())))
                .add(
                    "POST",
                    "/body",
                    Access.ADMIN,
                    request ->
                        new Response.Text(201, Map.of(), "text/plain", "" + request.body().length))
                .add("DELETE", "/gone", Access.ADMIN, request -> new Response.Empty(204))
                .add(
                    "GET",
                    "/defect",
                    Access.OPEN,
                    request -> {
                      throw new IllegalStateException("secret of the inside");
                    }));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void documentIsJson() throws Exception {
    HttpResponse<String> answer = server.get("/greet/J%C3%BCrgen");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.headers().firstValue("ETag")).contains("\"1\"");
    assertThat(answer.body()).isEqualTo("{\"hello\":\"Jürgen\"}");
  }

  @Test
  void handlerRunsOnAVirtualThread() throws Exception {
    assertThat(server.get("/thread").body()).isEqualTo("true");
  }

  @Test
  void handlerSeesTheRequest() throws Exception {
    HttpResponse<String> answer =
        server.send(
            "GET",
            "/echo?q=a%20b",
            Map.of("x-some", "s", "Accept", "text/event-stream", "X-Request-Id", "mine-1"));

    assertThat(answer.body()).isEqualTo("a b|s|true|/echo|127.0.0.1|mine-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/greet/a", "/nowhere", "/defect", "/greet/%ff", "/body"})
  void everyAnswerIsHardened(String path) throws Exception {
    HttpResponse<String> answer = server.get(path);

    assertThat(answer.headers().map())
        .containsEntry("x-content-type-options", List.of("nosniff"))
        .containsEntry("cache-control", List.of("no-store"))
        .containsEntry(
            "content-security-policy", List.of("default-src 'none'; frame-ancestors 'none'"))
        .containsKey("x-correlation-id")
        .doesNotContainKeys("server", "x-powered-by");
  }

  @Test
  void aHandlersOwnHeadersGoBeforeTheDefaults() throws Exception {
    HttpResponse<String> answer = server.get("/page");

    assertThat(answer.body()).isEqualTo("<p>ü</p>");
    assertThat(answer.headers().allValues("Cache-Control")).containsExactly("max-age=60");
    assertThat(answer.headers().allValues("Content-Security-Policy"))
        .containsExactly("default-src 'self'");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
  }

  @ParameterizedTest
  @CsvSource({"X-Correlation-Id, abc_1.2-Z", "X-Request-Id, 0123456789"})
  void takesOverACorrelationId(String header, String id) throws Exception {
    HttpResponse<String> answer = server.send("GET", "/nowhere", Map.of(header, id));

    assertThat(answer.headers().firstValue("X-Correlation-Id")).contains(id);
    assertThat(answer.body()).contains("\"instance\":\"" + id + "\"");
  }

  @Test
  void makesACorrelationIdInPlaceOfAWildOne() throws Exception {
    HttpResponse<String> answer =
        server.send("GET", "/greet/a", Map.of("X-Request-Id", "a{\"x\":1}"));

    assertThat(answer.headers().firstValue("X-Correlation-Id").orElseThrow())
        .matches("[0-9a-f]{12}");
  }

  @Test
  void headIsGetWithoutTheBody() throws Exception {
    HttpResponse<String> get = server.get("/greet/a");
    HttpResponse<String> head = server.send("HEAD", "/greet/a", Map.of());

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Length"))
        .isEqualTo(get.headers().firstValue("Content-Length"))
        .contains("13");
    assertThat(server.send("HEAD", "/nowhere", Map.of()).statusCode()).isEqualTo(404);
  }

  @Test
  void nothingHasNoBodyAndNoLength() throws Exception {
    HttpResponse<String> answer = server.asAdmin("DELETE", "/gone", "");

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().map()).doesNotContainKeys("content-length", "content-type");
  }

  @Test
  void unknownRoute() throws Exception {
    HttpResponse<String> answer = server.get("/nowhere?q=%3Cscript%3E");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body())
        .contains("\"error_code\":\"ROUTE_NOT_FOUND\"", "\"retryable\":false")
        .doesNotContain("script", "nowhere");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "TRACE", "FOO", "get"})
  void wrongMethod(String method) throws Exception {
    HttpResponse<String> answer = server.send(method, "/greet/a", Map.of());

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().allValues("Allow")).containsExactly("GET, HEAD, OPTIONS");
    assertThat(answer.body()).contains("\"error_code\":\"METHOD_NOT_ALLOWED\"");
  }

  @Test
  void optionsTellWhatIsAllowed() throws Exception {
    HttpResponse<String> answer = server.send("OPTIONS", "/body", Map.of());

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().allValues("Allow")).containsExactly("OPTIONS, POST");
    assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
  }

  @Test
  void everyRequestIsLoggedOnce() throws Exception {
    try (var own =
        TestServer.start(routes ->
            routes.add("POST", "/body", Access.ADMIN, request -> new Response.Empty(204)))) {
      own.send(
          "POST",
          "/body",
          Map.of("Authorization", "Bearer " + TestServer.ADMIN, "X-Request-Id", "r1"));
      AccessEvent first = own.logged();
      own.send("BREW", "/pot", Map.of("X-Request-Id", "r2"));
      AccessEvent second = own.logged();

      assertThat(first.millis()).isBetween(0L, 60_000L);
      assertThat(first)
          .usingRecursiveComparison()
          .ignoringFields("millis")
          .isEqualTo(
              new AccessEvent(
                  "POST", Optional.of("/body"), 204, true, 0, "alice", "r1", "127.0.0.1"));
      assertThat(second)
          .usingRecursiveComparison()
          .ignoringFields("millis")
          .isEqualTo(
              new AccessEvent(
                  "other", Optional.empty(), 404, true, 0, "anonymous", "r2", "127.0.0.1"));
      assertThat(own.access).isEmpty();
    }
  }
}
