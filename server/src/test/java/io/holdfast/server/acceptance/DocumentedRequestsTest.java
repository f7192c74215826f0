package io.holdfast.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.server.acceptance.ApiClient.Answer;
import io.holdfast.server.acceptance.OpenApi.Operation;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The document's own bounds, tried out: what it does not allow is refused, and what it allows is
 * not called malformed.
 */
class DocumentedRequestsTest {
  private static final OpenApi DOCUMENT = OpenApi.DOCUMENT;

  @TempDir static Path root;
  private static LiveServer server;

  @BeforeAll
  static void start() throws Exception {
    LiveServer.platform(root);
    server = LiveServer.start(root, LiveServer.configuration());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static List<JsonNode> values() {
    return Stream.of(
            "null",
            "true",
            "0",
            "1",
            "-1",
            "3651",
            "1.5",
            "\"\"",
            "\" \"",
            "\"x\"",
            "\"none\"",
            "\"tree\"",
            "\"viewer\"",
            "\"/\"",
            "\"\\u0000\"",
            "\"ü\"",
            "[]",
            "[1]",
            "[null]",
            "[\"tree\"]",
            "[[\"tree\"]]",
            "{}",
            "{\"a\": 1}")
        .map(OpenApi.JSON::readTree)
        .toList();
  }

  static Stream<Operation> withBody() {
    return DOCUMENT.operations().stream().filter(o -> o.node().has("requestBody"));
  }

  @ParameterizedTest
  @MethodSource("withBody")
  @DisplayName("bodies: every field with every kind of value, missing, and one that there is not")
  void bodies(Operation operation) throws Exception {
    JsonNode media = operation.node().at("/requestBody/content/application~1json");
    JsonNode schema = DOCUMENT.resolve(media.get("schema"));
    for (JsonNode example : media.get("examples")) {
      ObjectNode good = (ObjectNode) example.get("value");
      for (String field : schema.get("properties").propertyNames()) {
        for (JsonNode value : values()) {
          ObjectNode changed = good.deepCopy();
          changed.set(field, value);
          assertHeld(operation, schema, changed);
        }
        ObjectNode without = good.deepCopy();
        without.remove(field);
        assertHeld(operation, schema, without);
      }
      ObjectNode more = good.deepCopy();
      more.put("surplus", 1);
      assertHeld(operation, schema, more);
    }
  }

  private static void assertHeld(Operation operation, JsonNode schema, JsonNode body)
      throws Exception {
    String path = operation.template().replace("{key}", "compression");
    HttpRequest request =
        server
            .plain(path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .method(operation.method(), BodyPublishers.ofString(body.toString()))
            .build();
    // Whoever accepts what the schema does not allow is caught by the client's own check.
    Answer answer = server.send(request);
    assertThat(answer.status()).as("%s %s", operation, body).isLessThan(500);
    if (Contract.errors(schema, body).isEmpty()) {
      assertThat(answer.status()).as("%s, which is allowed: %s", operation, body).isNotEqualTo(400);
    } else {
      assertThat(answer.status()).as("%s, which is not: %s", operation, body).isIn(400, 422);
    }
  }

  static Stream<Operation> withParameters() {
    return DOCUMENT.operations().stream().filter(o -> o.parameters().size() > 1);
  }

  @ParameterizedTest
  @MethodSource("withParameters")
  @DisplayName("parameters: what the document does not allow is not there, or is refused")
  void parameters(Operation operation) throws Exception {
    List<String> values = new ArrayList<>(List.of("!", "x", "A b", "ü", "0", "201", "-1", "1.5"));
    values.addAll(List.of("a".repeat(129), "a".repeat(513), "%", "a/b", "..a", "latest"));
    for (JsonNode parameter : operation.parameters()) {
      String in = parameter.get("in").asString();
      for (String value : values) {
        boolean allowed = isAllowed(parameter, value);
        if (!in.equals("header") && !allowed) {
          Answer answer = server.send(request(operation, parameter, value));
          assertThat(answer.status())
              .as("%s %s=%s", operation, parameter.get("name"), value)
              .isIn(400, 404, 422);
        }
      }
    }
  }

  private static boolean isAllowed(JsonNode parameter, String value) {
    boolean number =
        DOCUMENT.resolve(parameter.get("schema")).path("type").asString("").equals("integer");
    JsonNode typed =
        number && value.matches("-?[0-9]+")
            ? OpenApi.JSON.valueToTree(Integer.parseInt(value))
            : OpenApi.JSON.valueToTree(value);
    return Contract.errors(parameter.get("schema"), typed).isEmpty();
  }

  private static HttpRequest request(Operation operation, JsonNode parameter, String value) {
    String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    String name = parameter.get("name").asString();
    String path = operation.template();
    if (parameter.get("in").asString().equals("path")) {
      path = path.replace("{" + name + "}", encoded);
    } else {
      path += "?" + name + "=" + encoded;
    }
    Map<String, String> examples = Map.of("id", "000000000000", "key", "enabled");
    for (JsonNode other : operation.parameters()) {
      String otherName = other.get("name").asString();
      path = path.replace("{" + otherName + "}", examples.getOrDefault(otherName, "tree"));
    }
    HttpRequest.Builder request =
        server.plain(path).header("Idempotency-Key", UUID.randomUUID().toString());
    return operation.node().has("requestBody")
        ? request
            .header("Content-Type", "application/json")
            .method(operation.method(), BodyPublishers.ofString("{\"value\": true}"))
            .build()
        : request.method(operation.method(), BodyPublishers.noBody()).build();
  }
}
