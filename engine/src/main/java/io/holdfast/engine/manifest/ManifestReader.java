package io.holdfast.engine.manifest;

import io.avaje.json.JsonReader;
import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactType;
import io.holdfast.engine.artifact.CheckResult;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.run.BackupId;
import io.holdfast.engine.run.InstallationName;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.engine.run.Trigger;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads what follows the version in a manifest. */
final class ManifestReader {
  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private final JsonReader json;
  private final long version;

  /**
   * @param version as it was read, one that is known
   */
  ManifestReader(JsonReader json, long version) {
    this.json = json;
    this.version = version;
  }

  StoredManifest manifest() {
    var f = new Fields();
    while (json.hasNextField()) {
      String key = json.nextField();
      f.put(
          key,
          switch (key) {
            case "size_bytes" -> StrictJson.number(json);
            case "requested" -> StrictJson.array(json, () -> new ComponentName(text()));
            case "components" -> StrictJson.array(json, this::component);
            case "failure" -> failure();
            case "run_id",
                "backup_id",
                "status",
                "type",
                "trigger",
                "safety_for",
                "started_at",
                "finished_at",
                "received_at",
                "installation",
                "host",
                "software_version",
                "compression",
                "checksums_sha256" ->
                text();
            default -> throw unknown(key);
          });
    }
    json.endObject();
    var manifest =
        new Manifest(
            new RunId(f.text("run_id")),
            new BackupId(f.text("backup_id")),
            word(RunStatus.values(), RunStatus::word, f.text("status")),
            word(Trigger.values(), Trigger::word, f.text("trigger")),
            f.optionalText("safety_for").map(RunId::new),
            f.list("requested"),
            instant(f.text("started_at")),
            f.optionalText("finished_at").map(ManifestReader::instant),
            f.optionalText("received_at").map(ManifestReader::instant),
            f.optionalText("installation").map(InstallationName::new),
            f.text("host"),
            f.text("software_version"),
            f.text("compression"),
            f.list("components"),
            f.optional("failure", ComponentRecord.Failure.class));
    same("format_version", (long) manifest.formatVersion(), version);
    same("type", ManifestCodec.type(manifest), f.text("type"));
    same("size_bytes", manifest.sizeBytes(), f.number("size_bytes"));
    return new StoredManifest(manifest, f.optionalText("checksums_sha256").map(this::digest));
  }

  private ComponentRecord component() {
    var f = new Fields();
    StrictJson.object(
        json,
        key ->
            f.put(
                key,
                switch (key) {
                  case "critical" -> StrictJson.flag(json);
                  case "size_bytes" -> StrictJson.number(json);
                  case "source" -> source();
                  case "artifacts" -> StrictJson.array(json, this::artifact);
                  case "warnings" -> StrictJson.array(json, this::text);
                  case "failure" -> failure();
                  case "name", "kind", "group", "status", "instant", "started_at", "finished_at" ->
                      text();
                  default -> throw unknown(key);
                }));
    List<Artifact> artifacts = f.list("artifacts");
    var names = new HashSet<String>();
    for (Artifact artifact : artifacts) {
      if (!names.add(artifact.name())) {
        throw new IllegalArgumentException("artifact " + artifact.name() + " stands twice");
      }
    }
    var component =
        new ComponentRecord(
            new ComponentName(f.text("name")),
            f.text("kind"),
            f.flag("critical"),
            f.optionalText("group"),
            word(ComponentStatus.values(), ComponentStatus::word, f.text("status")),
            f.source(),
            f.optionalText("instant").map(ManifestReader::instant),
            instant(f.text("started_at")),
            f.optionalText("finished_at").map(ManifestReader::instant),
            artifacts,
            f.list("warnings"),
            f.optional("failure", ComponentRecord.Failure.class));
    same("size_bytes", component.sizeBytes(), f.number("size_bytes"));
    return component;
  }

  private Map<String, String> source() {
    var source = new LinkedHashMap<String, String>();
    StrictJson.object(json, key -> source.put(key, text()) == null);
    return source;
  }

  private Artifact artifact() {
    var f = new Fields();
    StrictJson.object(
        json,
        key ->
            f.put(
                key,
                switch (key) {
                  case "name", "type", "sha256" -> text();
                  case "size_bytes", "files" -> StrictJson.number(json);
                  case "checks" -> StrictJson.array(json, this::check);
                  default -> throw unknown(key);
                }));
    return new Artifact(
        f.text("name"),
        word(ArtifactType.values(), ArtifactType::word, f.text("type")),
        f.number("size_bytes"),
        f.number("files"),
        f.text("sha256"),
        f.list("checks"));
  }

  private CheckResult check() {
    var f = new Fields();
    StrictJson.object(
        json,
        key ->
            f.put(
                key,
                switch (key) {
                  case "name", "detail" -> text();
                  case "ok" -> StrictJson.flag(json);
                  default -> throw unknown(key);
                }));
    return new CheckResult(f.text("name"), f.flag("ok"), f.text("detail"));
  }

  private ComponentRecord.Failure failure() {
    var f = new Fields();
    StrictJson.object(
        json,
        key ->
            switch (key) {
              case "code", "message", "guidance" -> f.put(key, text());
              default -> throw unknown(key);
            });
    return new ComponentRecord.Failure(code(f.text("code")), f.text("message"), f.text("guidance"));
  }

  private String text() {
    return StrictJson.text(json);
  }

  private String digest(String text) {
    if (!text.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not a SHA-256 of 64 lowercase hex digits: " + text);
    }
    return text;
  }

  /** A code that this version does not know is no reason to refuse a backup. */
  private static ErrorCode code(String word) {
    return Arrays.stream(ErrorCode.values())
        .filter(code -> code.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElse(ErrorCode.INTERNAL);
  }

  private static <E> E word(E[] all, Function<E, String> wordOf, String word) {
    return Arrays.stream(all)
        .filter(each -> wordOf.apply(each).equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown word \"" + word + "\""));
  }

  private static void same(String key, Object computed, Object found) {
    if (!computed.equals(found)) {
      throw new IllegalArgumentException(
          key + " is " + found + " where the rest of the manifest makes it " + computed);
    }
  }

  private static IllegalArgumentException unknown(String key) {
    return new IllegalArgumentException("unknown key \"" + key + "\"");
  }

  /** The values of one object by key, each asked for in the type that its key has. */
  private static final class Fields {
    private final Map<String, Object> values = new HashMap<>();

    boolean put(String key, Object value) {
      if (values.put(key, value) != null) {
        throw new IllegalArgumentException("key \"" + key + "\" stands twice");
      }
      return true;
    }

    String text(String key) {
      return (String) required(key);
    }

    long number(String key) {
      return (Long) required(key);
    }

    boolean flag(String key) {
      return (Boolean) required(key);
    }

    Optional<String> optionalText(String key) {
      return optional(key, String.class);
    }

    <T> Optional<T> optional(String key, Class<T> type) {
      return Optional.ofNullable(values.get(key)).map(type::cast);
    }

    @SuppressWarnings("unchecked") // each key is put with elements of one type only
    <T> List<T> list(String key) {
      return (List<T>) required(key);
    }

    @SuppressWarnings("unchecked")
    Map<String, String> source() {
      return (Map<String, String>) values.getOrDefault("source", Map.of());
    }

    private Object required(String key) {
      Object value = values.get(key);
      if (value == null) {
        throw new IllegalArgumentException("key \"" + key + "\" is missing");
      }
      return value;
    }
  }

  /** Years of four digits; no calendar can show others. */
  private static Instant instant(String text) {
    Instant instant = Instant.parse(text);
    if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
      throw new IllegalArgumentException(text + " is no time of a backup");
    }
    return instant;
  }
}
