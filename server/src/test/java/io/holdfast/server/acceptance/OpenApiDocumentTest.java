package io.holdfast.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.holdfast.server.acceptance.OpenApi.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The OpenAPI document by itself: that it is one, whole and true to its own rules. */
class OpenApiDocumentTest {
  private static final OpenApi DOCUMENT = OpenApi.DOCUMENT;
  private static final Pattern VARIABLE = Pattern.compile("\\{([a-z_]+)}");
  private static final Set<String> TOP =
      Set.of("openapi", "info", "servers", "security", "tags", "paths", "components");
  private static final Set<String> OF_AN_OPERATION =
      Set.of(
          "operationId",
          "summary",
          "description",
          "tags",
          "x-role",
          "security",
          "parameters",
          "requestBody",
          "responses");

  @Test
  @DisplayName("the document is OpenAPI 3.1, and says what it is about")
  void head() {
    assertThat(DOCUMENT.root().get("openapi").asString()).startsWith("3.1.");
    assertThat(DOCUMENT.root().propertyNames()).containsExactlyInAnyOrderElementsOf(TOP);
    assertThat(DOCUMENT.root().at("/info/title").asString()).isNotEmpty();
    assertThat(DOCUMENT.root().at("/info/version").asString()).isNotEmpty();
    assertThat(DOCUMENT.root().at("/components/securitySchemes/bearer/scheme").asString())
        .isEqualTo("bearer");
  }

  @Test
  @DisplayName("every reference leads somewhere, and nothing is there that nobody refers to")
  void references() {
    Set<String> used = new HashSet<>();
    walk(
        DOCUMENT.root(),
        "",
        (place, node) -> {
          JsonNode reference = node.path("$ref");
          if (reference.isString()) {
            used.add(reference.asString());
            assertThat(DOCUMENT.root().at(reference.asString().substring(1)).isMissingNode())
                .as("%s: %s", place, reference)
                .isFalse();
          }
        });
    for (String kind : List.of("schemas", "responses", "parameters", "headers")) {
      DOCUMENT
          .root()
          .at("/components/" + kind)
          .propertyNames()
          .forEach(name -> assertThat(used).contains("#/components/" + kind + "/" + name));
    }
  }

  @Test
  @DisplayName("every operation says what it is, who may, and what it answers")
  void operations() {
    Set<String> ids = new HashSet<>();
    Set<String> tags = new HashSet<>();
    DOCUMENT.root().get("tags").forEach(tag -> tags.add(tag.get("name").asString()));
    for (Operation operation : DOCUMENT.operations()) {
      JsonNode node = operation.node();
      assertThat(OF_AN_OPERATION).as("%s", operation).containsAll(names(node));
      assertThat(ids.add(operation.id())).as("%s: id", operation).isTrue();
      assertThat(operation.id()).matches("[a-z][A-Za-z]+");
      assertThat(node.get("summary").asString()).isNotEmpty().doesNotEndWith(".");
      node.get("tags").forEach(tag -> assertThat(tags).contains(tag.asString()));
      boolean open = operation.role().equals("open");
      assertThat(node.get("description").asString())
          .as("%s", operation)
          .endsWith(open ? "Needs no token." : "Needs the role " + operation.role() + ".");
      assertThat(node.has("security")).as("%s: security", operation).isEqualTo(open);
      assertThat(node.get("responses").has("401")).as("%s: 401", operation).isEqualTo(!open);
      assertThat(names(node.get("responses")))
          .as("%s: a success", operation)
          .anyMatch(status -> status.startsWith("2"));
    }
  }

  @Test
  @DisplayName("every parameter is bounded and described, and every variable of a path is one")
  void parameters() {
    for (Operation operation : DOCUMENT.operations()) {
      Set<String> inPath = new HashSet<>();
      for (JsonNode parameter : operation.parameters()) {
        assertThat(parameter.get("description").asString()).as("%s", operation).isNotEmpty();
        assertThat(parameter.has("example")).as("%s: %s", operation, parameter).isTrue();
        if (parameter.get("in").asString().equals("path")) {
          inPath.add(parameter.get("name").asString());
          assertThat(parameter.get("required").asBoolean()).isTrue();
        }
        if (!parameter.get("in").asString().equals("header")
            || parameter.get("required").asBoolean()) {
          assertThat(names(DOCUMENT.resolve(parameter.get("schema"))))
              .as("%s: bounds of %s", operation, parameter.get("name"))
              .containsAnyOf("enum", "pattern", "maximum", "maxLength");
        }
      }
      Set<String> inTemplate = new HashSet<>();
      VARIABLE.matcher(operation.template()).results().forEach(r -> inTemplate.add(r.group(1)));
      assertThat(inPath).as("%s", operation).isEqualTo(inTemplate);
    }
  }

  @Test
  @DisplayName("every response is described, has a correlation id, and problems are problems")
  void responses() {
    for (Operation operation : DOCUMENT.operations()) {
      for (var entry : operation.node().get("responses").properties()) {
        JsonNode response = DOCUMENT.resolve(entry.getValue());
        String where = operation + " " + entry.getKey();
        assertThat(response.get("description").asString()).as(where).isNotEmpty();
        assertThat(response.get("headers").has("X-Correlation-Id")).as(where).isTrue();
        if (entry.getKey().compareTo("400") >= 0) {
          JsonNode problem = response.at("/content/application~1problem+json");
          assertThat(problem.at("/schema/$ref").asString())
              .as(where)
              .isEqualTo("#/components/schemas/Problem");
          problem
              .get("examples")
              .forEach(example ->
                  assertThat(example.at("/value/status").asString())
                      .as(where)
                      .isEqualTo(entry.getKey()));
        }
      }
    }
  }

  @Test
  @DisplayName("every schema is one of JSON Schema 2020-12, and every field of it is described")
  void schemas() {
    var meta =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));
    List<JsonNode> all = new ArrayList<>();
    DOCUMENT.root().at("/components/schemas").forEach(all::add);
    walk(
        DOCUMENT.root(),
        "",
        (place, node) -> {
          if (node.path("schema").isObject() && !place.contains("/properties")) {
            all.add(node.get("schema"));
          }
        });
    assertThat(all).hasSizeGreaterThan(100);
    for (JsonNode schema : all) {
      assertThat(meta.validate(schema)).as("%s", schema).isEmpty();
    }
    for (var schema : DOCUMENT.root().at("/components/schemas").properties()) {
      assertThat(schema.getValue().path("description").asString(""))
          .as(schema.getKey())
          .endsWith(".");
      for (var field : schema.getValue().path("properties").properties()) {
        boolean described = field.getValue().has("description") || field.getValue().has("$ref");
        assertThat(described).as("%s.%s", schema.getKey(), field.getKey()).isTrue();
      }
    }
  }

  @Test
  @DisplayName("every example is what its schema says")
  void examples() {
    List<String> seen = new ArrayList<>();
    walk(
        DOCUMENT.root(),
        "",
        (place, node) -> {
          for (var example : node.path("examples").properties()) {
            seen.add(place + "/" + example.getKey());
            assertThat(Contract.errors(node.get("schema"), example.getValue().get("value")))
                .as("%s/examples/%s", place, example.getKey())
                .isEmpty();
          }
          if (node.has("example")) {
            assertThat(Contract.errors(node.get("schema"), node.get("example")))
                .as("%s/example", place)
                .isEmpty();
          }
        });
    assertThat(seen).hasSizeGreaterThan(50);
    for (Operation operation : DOCUMENT.operations()) {
      for (JsonNode response : operation.node().get("responses")) {
        for (var media : DOCUMENT.resolve(response).path("content").properties()) {
          if (media.getKey().endsWith("json") && !operation.id().equals("getOpenApi")) {
            assertThat(media.getValue().has("examples")).as("%s", operation).isTrue();
          }
        }
      }
    }
  }

  private static List<String> names(JsonNode node) {
    return List.copyOf(node.propertyNames());
  }

  private static void walk(JsonNode node, String place, BiConsumer<String, JsonNode> visit) {
    visit.accept(place, node);
    for (var child : node.properties()) {
      walk(child.getValue(), place + "/" + child.getKey(), visit);
    }
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        walk(node.get(i), place + "/" + i, visit);
      }
    }
  }
}
