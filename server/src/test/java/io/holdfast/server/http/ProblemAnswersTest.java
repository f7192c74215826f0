package io.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes back when something fails, over real sockets. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProblemAnswersTest {
  private final IllegalStateException defect = new IllegalStateException("secret of the inside");
  private TestServer server;

  @BeforeAll
  void start() {
    server =
        TestServer.start(routes ->
            routes
                .add(
                    "GET",
                    "/busy",
                    Access.OPEN,
                    request -> {
                      throw new HoldfastException(ErrorCode.BUSY, "pid 7 holds it", "Wait.");
                    })
                .add(
                    "GET",
                    "/full",
                    Access.OPEN,
                    request -> {
                      throw new HoldfastException(
                          ErrorCode.REPOSITORY_FULL, "/srv/secret is full", "");
                    })
                .add(
                    "GET",
                    "/defect",
                    Access.OPEN,
                    request -> {
                      throw defect;
                    })
                .add(
                    "GET",
                    "/stack",
                    Access.OPEN,
                    request -> {
                      throw new StackOverflowError();
                    })
                .add(
                    "GET",
                    "/unwritable",
                    Access.OPEN,
                    request -> new Response.Document(200, new Object() {}))
                .add(
                    "GET",
                    "/limited",
                    Access.OPEN,
                    request -> {
                      throw new ProblemException(
                          new Problem(ProblemCode.RATE_LIMITED, "Slowly", OptionalLong.of(1200)));
                    })
                .add(
                    "GET",
                    "/failed",
                    Access.OPEN,
                    request -> {
                      throw new ProblemException(
                          new Problem(ProblemCode.INTERNAL_ERROR, "Restore operation failed"),
                          defect);
                    }));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void busyIsAConflict() throws Exception {
    HttpResponse<String> answer = server.get("/busy");

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body())
        .contains(
            "\"error_code\":\"RESOURCE_CONFLICT\"",
            "\"error_category\":\"conflict\"",
            "is already in progress",
            "\"retryable\":true")
        .doesNotContain("pid 7");
  }

  @Test
  void retryAfterIsToldTwice() throws Exception {
    HttpResponse<String> answer = server.get("/limited");

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).contains("1200");
    assertThat(answer.body()).contains("\"retry_after\":1200");
  }

  @ParameterizedTest
  @CsvSource({
    "/defect, Internal server error",
    "/full, Backup operation failed",
    "/failed, Restore operation failed",
    "/stack, Internal server error",
    "/unwritable, Internal server error",
  })
  void a500TellsNothingAndIsLoggedUnderTheSameId(String path, String detail) throws Exception {
    HttpResponse<String> answer =
        server.send("GET", path, Map.of("X-Request-Id", "find" + path.replace('/', '-')));

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("\"detail\":\"" + detail + "\"").doesNotContain("secret");
    assertThat(server.errors)
        .filteredOn(event -> event.correlation().equals("find" + path.replace('/', '-')))
        .singleElement()
        .satisfies(event -> assertThat(event.method()).isEqualTo("GET"))
        .satisfies(event -> assertThat(event.route()).contains(path));
  }

  @Test
  void theCauseGoesToTheErrorLog() throws Exception {
    server.send("GET", "/failed", Map.of("X-Request-Id", "cause"));

    assertThat(server.errors)
        .filteredOn(event -> event.correlation().equals("cause"))
        .extracting(ErrorEvent::cause)
        .containsExactly(defect);
  }
}
