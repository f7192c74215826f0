package io.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationTest {
  private static final Consumer<Routes> ROUTES =
      routes ->
          routes
              .add("GET", "/open", Access.OPEN, AuthenticationTest::tellCaller)
              .add("GET", "/view", Access.VIEWER, AuthenticationTest::tellCaller)
              .add("POST", "/operate", Access.OPERATOR, AuthenticationTest::tellCaller)
              .add("POST", "/administer", Access.ADMIN, AuthenticationTest::tellCaller)
              .add("GET", "/keep", Access.TARGET, AuthenticationTest::tellCaller);

  private static Response tellCaller(Request request) {
    return new Response.Text(200, Map.of(), "text/plain", request.caller().name());
  }

  private static Map<String, String> bearer(String token) {
    return Map.of("Authorization", "Bearer " + token);
  }

  @Test
  void openRoutesNeedNobody() throws Exception {
    try (TestServer server = TestServer.start(ROUTES)) {
      assertThat(server.get("/open").body()).isEqualTo("anonymous");
      assertThat(server.send("GET", "/open", bearer("wrong")).body()).isEqualTo("anonymous");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /view, viewer-token-1, 200",
    "GET, /view, admin-token-1, 200",
    "HEAD, /view, viewer-token-1, 200",
    "POST, /operate, viewer-token-1, 403",
    "POST, /operate, admin-token-1, 200",
    "POST, /administer, viewer-token-1, 403",
    "POST, /administer, admin-token-1, 200",
    "GET, /open, target-token-1, 200",
    "GET, /keep, target-token-1, 200",
    "GET, /keep, wrong, 401",
  })
  void aRoleMayDoWhatItMay(String method, String path, String token, int status) throws Exception {
    try (TestServer server = TestServer.start(ROUTES)) {
      HttpResponse<String> answer = server.send(method, path, bearer(token));

      assertThat(answer.statusCode()).isEqualTo(status);
      if (status == 403) {
        assertThat(answer.body()).contains("\"error_code\":\"FORBIDDEN\"", "yours is viewer");
        assertThat(server.logged().caller()).isEqualTo("bob");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Bearer wrong",
        "Bearer admin-token-1 x",
        "Bearer admin-token-1,x",
        "Basic YWRtaW46YWRtaW4=",
        "admin-token-1",
        "Bearer ADMIN-TOKEN-1",
      })
  void withoutAGoodTokenNothingGoes(String authorization) throws Exception {
    try (TestServer server = TestServer.start(ROUTES)) {
      HttpResponse<String> answer =
          server.send(
              "GET",
              "/view",
              authorization.isEmpty() ? Map.of() : Map.of("Authorization", authorization));

      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().allValues("WWW-Authenticate")).containsExactly("Bearer");
      assertThat(answer.body())
          .contains("\"error_code\":\"UNAUTHORIZED\"")
          .doesNotContain("wrong", "token-1");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /view, target-token-1, yours is target",
    "POST, /operate, target-token-1, yours is target",
    "POST, /administer, target-token-1, yours is target",
    "GET, /keep, viewer-token-1, yours is viewer",
    "GET, /keep, admin-token-1, yours is admin",
  })
  void targetsAndTheApiAreWorldsApart(String method, String path, String token, String told)
      throws Exception {
    try (TestServer server = TestServer.start(ROUTES)) {
      HttpResponse<String> answer = server.send(method, path, bearer(token));

      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body()).contains(told);
    }
  }

  private static String basic(String both) {
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"any", "", "laptop", "ü", "a b"})
  void whereTargetsAreATokenIsAPasswordToo(String user) throws Exception {
    try (TestServer server = TestServer.start(ROUTES)) {
      String good = basic(user + ":" + TestServer.TARGET);

      assertThat(server.send("GET", "/keep", Map.of("Authorization", good)).statusCode())
          .isEqualTo(200);
      for (String bad :
          List.of(
              basic(user + ":" + TestServer.TARGET + ":"),
              basic(TestServer.TARGET),
              basic(TestServer.TARGET + ":"),
              "Basic",
              "Basic !",
              "Basic YQ=====",
              good + " x")) {
        HttpResponse<String> answer = server.send("GET", "/keep", Map.of("Authorization", bad));
        assertThat(answer.statusCode()).as(bad).isEqualTo(401);
        assertThat(answer.headers().allValues("WWW-Authenticate"))
            .containsExactly("Basic realm=\"Holdfast target\", Bearer");
        assertThat(answer.body()).doesNotContain("token-1");
      }
      // Nowhere else, since browsers send it by themselves.
      String admin = basic("admin:" + TestServer.ADMIN);
      assertThat(server.send("GET", "/view", Map.of("Authorization", admin)).statusCode())
          .isEqualTo(401);
    }
  }

  @Test
  void theSchemeHasNoCase() throws Exception {
    try (TestServer server = TestServer.start(ROUTES)) {
      assertThat(
              server
                  .send("GET", "/view", Map.of("Authorization", "bEARER  " + TestServer.VIEWER))
                  .statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void twoAuthorizationsAreNone() throws Exception {
    try (TestServer server = TestServer.start(ROUTES);
        RawClient raw = server.raw()) {
      raw.send(
          "GET /view HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
              + "Authorization: Bearer wrong\r\nAuthorization: Bearer admin-token-1\r\n\r\n");

      assertThat(raw.readAll()).startsWith("HTTP/1.1 401 ");
    }
  }

  @ParameterizedTest
  @CsvSource({"'', 401", "Authorization: Bearer viewer-token-1, 403"})
  void theCallerIsKnownBeforeTheBodyIsRead(String header, int status) throws Exception {
    try (TestServer server = TestServer.start(ROUTES);
        RawClient raw = server.raw()) {
      // The body never comes, and is not asked for.
      raw.send(
          "POST /administer HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
              + "Content-Length: 1000\r\n"
              + (header.isEmpty() ? "" : header + "\r\n")
              + "\r\n");

      assertThat(raw.readHead()).startsWith("HTTP/1.1 " + status).contains("Connection: close");
    }
  }

  @Test
  void whoExpectsToBeAskedForTheBodyIsAsked() throws Exception {
    try (TestServer server = TestServer.start(ROUTES);
        RawClient raw = server.raw()) {
      raw.send(
          "POST /administer HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
              + "Authorization: Bearer admin-token-1\r\nContent-Length: 2\r\n\r\n");
      assertThat(raw.readHead()).startsWith("HTTP/1.1 100 ");
      raw.send("hi");

      assertThat(raw.readHead()).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void guessingIsSlow() throws Exception {
    try (TestServer server = TestServer.start(limits -> limits.failedTokens = 3, ROUTES)) {
      for (int i = 0; i < 3; i++) {
        assertThat(server.send("GET", "/view", bearer("guess" + i)).statusCode()).isEqualTo(401);
      }
      HttpResponse<String> answer = server.send("GET", "/view", bearer("guess4"));

      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(Integer.parseInt(answer.headers().firstValue("Retry-After").orElseThrow()))
          .isBetween(1, 21);
      assertThat(answer.body())
          .contains("\"error_code\":\"RATE_LIMITED\"", "\"retryable\":true", "\"retry_after\":");
      assertThat(server.get("/open").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aGoodTokenIsNotLockedOutByANeighbour() throws Exception {
    try (TestServer server = TestServer.start(limits -> limits.failedTokens = 3, ROUTES)) {
      for (int i = 0; i < 10; i++) {
        server.send("GET", "/view", bearer("guess" + i));
      }

      assertThat(server.send("GET", "/view", bearer("guess")).statusCode()).isEqualTo(429);
      // Neither of them was ever here before.
      assertThat(server.send("GET", "/view", bearer(TestServer.VIEWER)).statusCode())
          .isEqualTo(200);
      assertThat(server.send("GET", "/view", bearer(TestServer.ADMIN)).statusCode()).isEqualTo(200);
      assertThat(server.send("GET", "/view", bearer("guess")).statusCode()).isEqualTo(429);
    }
  }

  @Test
  void askingWithoutATokenIsNoGuess() throws Exception {
    try (TestServer server = TestServer.start(limits -> limits.failedTokens = 3, ROUTES)) {
      for (int i = 0; i < 10; i++) {
        assertThat(server.get("/view").statusCode()).isEqualTo(401);
      }
      assertThat(server.send("GET", "/view", bearer(TestServer.ADMIN)).statusCode()).isEqualTo(200);
    }
  }
}
