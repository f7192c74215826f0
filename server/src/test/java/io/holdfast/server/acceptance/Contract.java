package io.holdfast.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.holdfast.server.acceptance.OpenApi.Operation;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Holds exchanges to the document: the server may answer nothing that does not stand there, and may
 * accept nothing that the document does not allow. Thread-safe.
 */
final class Contract {
  private static final OpenApi DOCUMENT = OpenApi.DOCUMENT;
  private static final Schemas SCHEMAS = new Schemas(DOCUMENT.root());

  /** Whatever else an answer has in its head has to stand in the document. */
  private static final Set<String> OF_HTTP =
      Set.of(
          "cache-control",
          "connection",
          "content-length",
          "content-security-policy",
          "content-type",
          "date",
          "transfer-encoding",
          "x-accel-buffering",
          "x-content-type-options");

  /** What is answered before anybody looks at the address. */
  private static final Set<Integer> ANYWHERE = Set.of(400, 404, 408, 413, 414, 421, 431, 503);

  private Contract() {}

  /** What is wrong with a value by a schema of the document. */
  static List<String> errors(JsonNode schema, JsonNode value) {
    return SCHEMAS.errors(schema, value);
  }

  /** Fails if an exchange breaks the document. */
  static void check(Exchanged exchange) {
    Optional<Operation> operation = DOCUMENT.find(exchange.method(), exchange.path());
    if (operation.isPresent()) {
      answer(operation.get(), exchange);
      if (exchange.status() < 400) {
        request(operation.get(), exchange);
      }
    } else if (!DOCUMENT.methods(exchange.path()).isEmpty()) {
      otherMethod(exchange);
    } else {
      assertThat(exchange.status()).as("%s, which is not documented", exchange).isIn(ANYWHERE);
      problem(exchange);
    }
  }

  private static void otherMethod(Exchanged exchange) {
    if (Set.of(403, 421).contains(exchange.status())) {
      problem(exchange);
      return;
    }
    var allowed = new ArrayList<>(DOCUMENT.methods(exchange.path()));
    allowed.add("OPTIONS");
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    assertThat(exchange.answered().firstValue("Allow").orElse("").split(", "))
        .as("%s: Allow", exchange)
        .containsExactlyInAnyOrderElementsOf(allowed);
    if (exchange.method().equals("OPTIONS")) {
      assertThat(exchange.status()).as("%s", exchange).isEqualTo(204);
    } else {
      assertThat(exchange.status()).as("%s", exchange).isEqualTo(405);
      problem(exchange);
    }
  }

  private static void answer(Operation operation, Exchanged exchange) {
    JsonNode response = operation.node().get("responses").get(Integer.toString(exchange.status()));
    if (response == null) {
      fail("%s: a status that is not documented; %s", exchange, exchange.received().orElse(""));
    }
    response = DOCUMENT.resolve(response);
    headers(response, exchange);
    JsonNode content = response.get("content");
    if (content == null) {
      assertThat(exchange.received()).as("%s: body", exchange).contains("");
      return;
    }
    JsonNode media = content.get(exchange.mediaType());
    if (media == null) {
      fail("%s: the type %s is not documented", exchange, exchange.mediaType());
    }
    if (exchange.mediaType().endsWith("json") && !exchange.method().equals("HEAD")) {
      JsonNode body = OpenApi.JSON.readTree(exchange.received().orElseThrow());
      assertThat(errors(media.get("schema"), body)).as("%s: %s", exchange, body).isEmpty();
    }
    if (exchange.mediaType().equals("application/problem+json")) {
      problem(exchange);
    }
  }

  private static void headers(JsonNode response, Exchanged exchange) {
    JsonNode documented = response.path("headers");
    for (var header : documented.properties()) {
      JsonNode declared = DOCUMENT.resolve(header.getValue());
      Optional<String> value = exchange.answered().firstValue(header.getKey());
      if (declared.path("required").asBoolean()) {
        assertThat(value).as("%s: header %s", exchange, header.getKey()).isPresent();
      }
      value.ifPresent(text ->
          assertThat(errors(declared.get("schema"), typed(declared.get("schema"), text)))
              .as("%s: header %s: %s", exchange, header.getKey(), text)
              .isEmpty());
    }
    List<String> names = new ArrayList<>();
    documented.propertyNames().forEach(name -> names.add(name.toLowerCase(java.util.Locale.ROOT)));
    names.addAll(OF_HTTP);
    assertThat(exchange.answered().map().keySet())
        .as("%s: headers", exchange)
        .allSatisfy(name -> assertThat(names).contains(name.toLowerCase(java.util.Locale.ROOT)));
  }

  /** What a problem says of itself has to fit the answer that it came in. */
  private static void problem(Exchanged exchange) {
    assertThat(exchange.mediaType()).as("%s", exchange).isEqualTo("application/problem+json");
    if (exchange.method().equals("HEAD")) {
      return;
    }
    JsonNode problem = OpenApi.JSON.readTree(exchange.received().orElseThrow());
    assertThat(errors(schema("Problem"), problem)).as("%s: %s", exchange, problem).isEmpty();
    assertThat(problem.get("status").asInt()).as("%s", exchange).isEqualTo(exchange.status());
    assertThat(exchange.answered().firstValue("X-Correlation-Id"))
        .as("%s", exchange)
        .contains(problem.get("instance").asString());
    assertThat(exchange.answered().firstValue("Retry-After").orElse(""))
        .as("%s", exchange)
        .isEqualTo(problem.path("retry_after").asString(""));
  }

  /** The request was accepted, so the document has to allow it. */
  private static void request(Operation operation, Exchanged exchange) {
    for (String part : exchange.query().split("&", -1)) {
      if (!part.isEmpty()) {
        assertThat(operation.queryParameters())
            .as("%s: accepted with %s", exchange, part)
            .contains(decoded(part.split("=", -1)[0]));
      }
    }
    Iterator<String> variables =
        OpenApi.variables(operation.template(), exchange.path()).iterator();
    for (JsonNode parameter : operation.parameters()) {
      String name = parameter.get("name").asString();
      Optional<String> value =
          switch (parameter.get("in").asString()) {
            case "path" -> Optional.of(decoded(variables.next()));
            case "query" -> query(exchange.query(), name);
            default -> exchange.asked().firstValue(name);
          };
      if (parameter.path("required").asBoolean()) {
        assertThat(value).as("%s: accepted without %s", exchange, name).isPresent();
      }
      value.ifPresent(text ->
          assertThat(errors(parameter.get("schema"), typed(parameter.get("schema"), text)))
              .as("%s: accepted with %s=%s", exchange, name, text)
              .isEmpty());
    }
    body(operation, exchange);
  }

  private static void body(Operation operation, Exchanged exchange) {
    JsonNode documented = operation.node().path("requestBody");
    if (exchange.sent().isEmpty()) {
      assertThat(documented.path("required").asBoolean())
          .as("%s: accepted without a body", exchange)
          .isFalse();
      return;
    }
    assertThat(documented.isObject()).as("%s: accepted with a body", exchange).isTrue();
    JsonNode schema = documented.at("/content/application~1json/schema");
    JsonNode body = OpenApi.JSON.readTree(exchange.sent());
    assertThat(errors(schema, body)).as("%s: accepted: %s", exchange, body).isEmpty();
  }

  /** Fails unless an event of a stream is documented, and its data is what the document says. */
  static void event(Operation operation, String name, String data) {
    JsonNode schema =
        operation
            .node()
            .path("responses")
            .valueStream()
            .map(answer -> answer.at("/content/text~1event-stream/x-events").path(name))
            .filter(JsonNode::isObject)
            .findFirst()
            .orElse(MissingNode.getInstance());
    assertThat(schema.isObject()).as("%s: event %s is documented", operation, name).isTrue();
    assertThat(errors(schema, OpenApi.JSON.readTree(data)))
        .as("%s: event %s: %s", operation, name, data)
        .isEmpty();
  }

  static JsonNode schema(String name) {
    return DOCUMENT.root().at("/components/schemas/" + name);
  }

  private static Optional<String> query(String query, String name) {
    for (String part : query.split("&", -1)) {
      if (part.startsWith(name + "=")) {
        return Optional.of(decoded(part.substring(name.length() + 1)));
      }
    }
    return Optional.empty();
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** Text of a header or an address, as the type that the schema has. */
  private static JsonNode typed(JsonNode schema, String text) {
    JsonNode actual = DOCUMENT.resolve(schema);
    boolean number = actual.path("type").asString("").equals("integer");
    return number && text.matches("-?[0-9]{1,18}")
        ? OpenApi.JSON.valueToTree(Long.parseLong(text))
        : OpenApi.JSON.valueToTree(text);
  }
}
