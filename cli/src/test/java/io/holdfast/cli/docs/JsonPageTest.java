package io.holdfast.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.avaje.jsonb.Jsonb;
import io.holdfast.cli.json.BackupDeleteJson;
import io.holdfast.cli.json.BackupListJson;
import io.holdfast.cli.json.BackupShowJson;
import io.holdfast.cli.json.DemoJson;
import io.holdfast.cli.json.DoctorJson;
import io.holdfast.cli.json.RepositoryAcknowledgeJson;
import io.holdfast.cli.json.RepositoryCheckedJson;
import io.holdfast.cli.json.RepositoryCopyJson;
import io.holdfast.cli.json.RepositoryInitJson;
import io.holdfast.cli.json.RepositoryKeyChangeJson;
import io.holdfast.cli.json.RepositoryKeysJson;
import io.holdfast.cli.json.RepositoryPartCheckJson;
import io.holdfast.cli.json.RepositoryPruneJson;
import io.holdfast.cli.json.RepositoryStatsJson;
import io.holdfast.cli.json.RepositoryUnlockJson;
import io.holdfast.cli.json.RunShowJson;
import io.holdfast.cli.json.RunsJson;
import io.holdfast.cli.json.SettingShowJson;
import io.holdfast.cli.json.SettingsJson;
import io.holdfast.cli.json.SnapshotJson;
import io.holdfast.cli.json.SnapshotRestoreJson;
import io.holdfast.cli.json.SnapshotShowJson;
import io.holdfast.cli.json.SnapshotValidateJson;
import io.holdfast.cli.json.TokenCreateJson;
import io.holdfast.cli.json.TokenRevokeJson;
import io.holdfast.cli.json.TokensJson;
import io.holdfast.server.document.BackupCreateJson;
import io.holdfast.server.document.BackupJson;
import io.holdfast.server.document.BackupValidateJson;
import io.holdfast.server.document.ComponentListJson;
import io.holdfast.server.document.ErrorJson;
import io.holdfast.server.document.RestoreJson;
import io.holdfast.server.document.RunJson;
import io.holdfast.server.document.SettingJson;
import io.holdfast.server.document.StatusJson;
import io.holdfast.server.document.TokenJson;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page on JSON documents and the records they are written from have the same fields. */
class JsonPageTest {
  private static final Path PAGE = Path.of("../docs/cli-json.md");
  private static final List<Class<?>> DOCUMENTS =
      List.of(
          BackupCreateJson.class,
          BackupListJson.class,
          BackupShowJson.class,
          BackupValidateJson.class,
          SnapshotShowJson.class,
          SnapshotValidateJson.class,
          SnapshotRestoreJson.class,
          BackupDeleteJson.class,
          RestoreJson.class,
          RepositoryCheckedJson.class,
          RepositoryPartCheckJson.class,
          RepositoryPruneJson.class,
          RepositoryStatsJson.class,
          RepositoryUnlockJson.class,
          RepositoryAcknowledgeJson.class,
          RepositoryInitJson.class,
          RepositoryKeysJson.class,
          RepositoryKeyChangeJson.class,
          RepositoryCopyJson.class,
          ComponentListJson.class,
          DoctorJson.class,
          DemoJson.class,
          StatusJson.class,
          RunsJson.class,
          RunShowJson.class,
          SettingsJson.class,
          SettingShowJson.class,
          TokensJson.class,
          TokenCreateJson.class,
          TokenRevokeJson.class,
          ErrorJson.class);

  /** Documents within documents, which have an example of their own. */
  private static final Map<Class<?>, Set<Class<?>>> SHOWN_ELSEWHERE =
      Map.of(
          BackupShowJson.class, Set.of(BackupJson.class),
          SnapshotShowJson.class, Set.of(SnapshotJson.class),
          DemoJson.class, Set.of(BackupJson.class),
          RunJson.class, Set.of(BackupCreateJson.class, RestoreJson.class),
          StatusJson.class, Set.of(RunJson.class),
          RunsJson.class, Set.of(RunJson.class),
          SettingsJson.class, Set.of(SettingJson.class),
          TokensJson.class, Set.of(TokenJson.class));

  @ParameterizedTest
  @MethodSource("documents")
  void theExampleHasEveryField(Class<?> document) throws Exception {
    String schema = (String) document.getField("SCHEMA").get(null);

    assertThat(examples()).containsKey(schema);
    var fields = new TreeSet<String>();
    fields(document, "", fields);
    assertThat(keys(examples().get(schema))).isEqualTo(fields);
  }

  @Test
  void everyExampleIsADocument() throws Exception {
    assertThat(examples().keySet())
        .containsExactlyInAnyOrderElementsOf(DOCUMENTS.stream().map(JsonPageTest::schema).toList());
  }

  static Stream<Class<?>> documents() {
    return DOCUMENTS.stream();
  }

  private static String schema(Class<?> document) {
    try {
      return (String) document.getField("SCHEMA").get(null);
    } catch (ReflectiveOperationException missing) {
      throw new AssertionError(missing);
    }
  }

  private static Map<String, Object> examples() throws IOException {
    var examples = new LinkedHashMap<String, Object>();
    Pattern.compile("```json\n(.*?)```", Pattern.DOTALL)
        .matcher(Files.readString(PAGE))
        .results()
        .map(match -> Jsonb.builder().build().type(Object.class).fromJson(match.group(1)))
        .forEach(example -> examples.put((String) ((Map<?, ?>) example).get("schema"), example));
    return examples;
  }

  private static Set<String> keys(Object example) {
    var keys = new TreeSet<String>();
    keys(example, "", keys);
    return keys;
  }

  private static void keys(Object value, String prefix, Set<String> keys) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, inner) -> {
        keys.add(prefix + key);
        // Free-form mappings, and what is shown elsewhere.
        if (!key.equals("source") && !key.equals("context")) {
          keys(inner, prefix + key + ".", keys);
        }
      });
    } else if (value instanceof List<?> list) {
      list.forEach(inner -> keys(inner, prefix, keys));
    }
  }

  private static void fields(Class<?> type, String prefix, Set<String> fields) {
    for (RecordComponent component : type.getRecordComponents()) {
      String name = component.getName().replaceAll("([A-Z0-9]+)", "_$1").toLowerCase();
      name = name.equals("sha_256") ? "sha256" : name.equals("otherwise") ? "default" : name;
      fields.add(prefix + name);
      Class<?> inner = inner(component.getGenericType());
      boolean shownElsewhere = SHOWN_ELSEWHERE.getOrDefault(type, Set.of()).contains(inner);
      if (inner.isRecord() && !shownElsewhere) {
        fields(inner, prefix + name + ".", fields);
      }
    }
  }

  private static Class<?> inner(Type type) {
    if (type instanceof ParameterizedType generic) {
      return (Class<?>)
          generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
    }
    return (Class<?>) type;
  }
}
