package io.holdfast.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.artifact.ArtifactType;
import io.holdfast.engine.component.Change;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.manifest.ComponentStatus;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.run.RunPhase;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.engine.run.Trigger;
import io.holdfast.server.acceptance.OpenApi.Operation;
import io.holdfast.server.api.Api;
import io.holdfast.server.api.Services;
import io.holdfast.server.document.BackupJson;
import io.holdfast.server.document.BackupValidateJson;
import io.holdfast.server.document.ErrorJson;
import io.holdfast.server.document.SettingProblemJson;
import io.holdfast.server.http.Access;
import io.holdfast.server.http.ProblemCode;
import io.holdfast.server.setting.SettingKey;
import io.holdfast.server.setting.SettingValue;
import io.holdfast.server.state.RunRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The OpenAPI document beside the code that answers: the one says what the other does. */
class OpenApiSourceTest {
  private static final OpenApi DOCUMENT = OpenApi.DOCUMENT;
  private static final JsonNode SCHEMAS = DOCUMENT.root().at("/components/schemas");

  /** Added to those of the API when the server is put together. */
  private static final String METRICS = "GET /metrics open []";

  /** What the command line alone prints. */
  private static final Set<Class<?>> OF_THE_COMMAND_LINE =
      Set.of(ErrorJson.class, SettingProblemJson.class, BackupValidateJson.class);

  @Test
  @DisplayName(
      "every route is documented with its role and parameters, and every documented operation is a route")
  void routes() {
    Set<String> routes = new TreeSet<>(Set.of(METRICS));
    var nothing =
        new Services(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null,
            null, 1, false);
    Api.routes(nothing)
        .all()
        .forEach(route ->
            routes.add(
                "%s %s %s %s"
                    .formatted(
                        route.method(),
                        route.template(),
                        route.needed().word(),
                        new TreeSet<>(route.parameters()))));
    Set<String> documented = new TreeSet<>();
    for (Operation operation : DOCUMENT.operations()) {
      documented.add(operation + " " + operation.role() + " " + operation.queryParameters());
    }
    assertThat(documented).isEqualTo(routes);
  }

  @Test
  @DisplayName("every document has a schema with its fields, their types and whether they may lack")
  void records() throws Exception {
    Set<String> used = new TreeSet<>();
    for (Class<?> record : documents()) {
      String name = schemaName(record);
      used.add(name);
      JsonNode schema = SCHEMAS.path(name);
      assertThat(schema.isObject()).as("a schema %s", name).isTrue();
      boolean asked = schema.path("additionalProperties").isBoolean();
      Map<String, JsonNode> fields = new TreeMap<>();
      schema.get("properties").properties().forEach(f -> fields.put(f.getKey(), f.getValue()));
      Set<String> required = new TreeSet<>();
      schema.path("required").forEach(field -> required.add(field.asString()));
      for (var component : record.getRecordComponents()) {
        String field = RecordSchemas.fieldName(component);
        JsonNode actual = fields.remove(field);
        assertThat(actual).as("%s.%s", name, field).isNotNull();
        boolean nullable = RecordSchemas.isNullable(component);
        if (asked) {
          assertThat(nullable).as("%s.%s: anything may lack in a request", name, field).isTrue();
          actual = RecordSchemas.withoutNull(actual, required.contains(field));
        } else {
          assertThat(required.contains(field))
              .as("%s.%s required", name, field)
              .isNotEqualTo(nullable);
        }
        assertThat(RecordSchemas.shape(actual))
            .as("%s.%s", name, field)
            .isEqualTo(
                RecordSchemas.shape(component.getGenericType(), OpenApiSourceTest::schemaName));
      }
      assertThat(fields).as("%s: fields that no document has", name).isEmpty();
    }
    Set<String> objects = new TreeSet<>();
    for (var schema : SCHEMAS.properties()) {
      if (schema.getValue().path("type").asString("").equals("object")) {
        objects.add(schema.getKey());
      }
    }
    assertThat(objects).isEqualTo(used);
  }

  @Test
  @DisplayName("every list of words is that of the code")
  void words() {
    assertThat(words("RunStatus")).isEqualTo(words(RunStatus.values(), RunStatus::word));
    List<String> listed = new ArrayList<>(words("RunStatus"));
    listed.addAll(List.of("corrupt", "unsupported"));
    assertThat(words("ListedStatus")).isEqualTo(listed);
    assertThat(words("ComponentStatus"))
        .isEqualTo(words(ComponentStatus.values(), ComponentStatus::word));
    assertThat(words("Trigger")).isEqualTo(words(Trigger.values(), Trigger::word));
    assertThat(words("Operation"))
        .isEqualTo(words(RunRecord.Operation.values(), RunRecord.Operation::word));
    assertThat(words("Phase")).isEqualTo(words(RunPhase.values(), RunPhase::word));
    assertThat(words("SettingKey")).isEqualTo(words(SettingKey.values(), SettingKey::key));
    assertThat(words("ErrorCode")).isEqualTo(words(ProblemCode.values(), Enum::name));
    List<String> roles = new ArrayList<>(words(Access.values(), Access::word));
    roles.remove("open");
    assertThat(words("Role")).isEqualTo(roles);
    assertThat(words("Artifact/properties/type"))
        .isEqualTo(words(ArtifactType.values(), ArtifactType::word));
    assertThat(words("Change/properties/action"))
        .isEqualTo(words(Change.Action.values(), Change.Action::word));
    assertThat(words("Setting/properties/source"))
        .isEqualTo(words(SettingValue.Source.values(), SettingValue.Source::word));
    assertThat(words("Problem/properties/error_category"))
        .isEqualTo(
            Arrays.stream(ProblemCode.values()).map(ProblemCode::category).distinct().toList());
    assertThat(words("BackupOrder/properties/compression")).startsWith("none", "gzip", "zstd");
    assertThat(Compression.words()).containsExactly("none", "gzip", "zstd");
  }

  @Test
  @DisplayName("the pattern of a component's name is that of the code")
  void names() {
    String pattern = SCHEMAS.at("/Component/properties/name/pattern").asString();
    for (String name : List.of("a", "0", "a-b_c9", "a".repeat(63), "", "-a", "A", "a".repeat(64))) {
      assertThat(name.matches(pattern)).as(name).isEqualTo(ComponentName.isComponentName(name));
    }
  }

  private static List<String> words(String pointer) {
    List<String> words = new ArrayList<>();
    SCHEMAS.at("/" + pointer + "/enum").forEach(word -> words.add(word.asString("")));
    return words;
  }

  private static <E extends Enum<E>> List<String> words(
      E[] values, java.util.function.Function<E, String> word) {
    return Arrays.stream(values).map(word).toList();
  }

  /** The records of the package of documents, and that of problems. */
  private static List<Class<?>> documents() throws Exception {
    Path classes =
        Path.of(BackupJson.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .resolve("io/holdfast/server/document");
    List<Class<?>> records = new ArrayList<>();
    records.add(Class.forName("io.holdfast.server.http.ProblemDocument"));
    try (Stream<Path> files = Files.list(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = file.getFileName().toString().replace(".class", "");
        Class<?> type = Class.forName("io.holdfast.server.document." + name);
        if (type.isRecord() && !OF_THE_COMMAND_LINE.contains(type)) {
          records.add(type);
        }
      }
    }
    assertThat(records).hasSizeGreaterThan(30);
    return records;
  }

  private static String schemaName(Class<?> record) {
    return switch (record.getSimpleName()) {
      case "ProblemDocument" -> "Problem";
      case "ProblemJson" -> "RepositoryProblem";
      case String name -> name.substring(0, name.length() - "Json".length());
    };
  }

  @Test
  @DisplayName("every code of a problem has the status that is documented for it")
  void codes() {
    String responses = DOCUMENT.root().at("/components/responses").toString();
    String about = DOCUMENT.root().at("/info/description").asString();
    for (ProblemCode code : ProblemCode.values()) {
      boolean told = responses.contains("`" + code + "`") || about.contains("`" + code + "`");
      assertThat(told || code == ProblemCode.NOT_ACCEPTABLE).as("%s", code).isTrue();
    }
    for (JsonNode response : DOCUMENT.root().at("/components/responses")) {
      for (JsonNode example : response.at("/content/application~1problem+json/examples")) {
        ProblemCode code = ProblemCode.valueOf(example.at("/value/error_code").asString());
        assertThat(example.at("/value/status").asInt()).isEqualTo(code.status());
        assertThat(example.at("/value/title").asString()).isEqualTo(code.title());
        assertThat(example.at("/value/retryable").asBoolean()).isEqualTo(code.retryable());
        assertThat(example.at("/value/error_category").asString())
            .isEqualTo(code.category().toLowerCase(Locale.ROOT));
      }
    }
  }
}
