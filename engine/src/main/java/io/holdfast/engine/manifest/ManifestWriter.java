package io.holdfast.engine.manifest;

import io.avaje.json.JsonWriter;
import io.avaje.json.stream.JsonStream;
import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.CheckResult;
import io.holdfast.engine.component.ComponentName;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes a manifest as JSON, always with the same keys in the same order. */
final class ManifestWriter {
  private final JsonWriter json;

  private ManifestWriter(JsonWriter json) {
    this.json = json;
  }

  static byte[] write(StoredManifest stored) {
    var out = new ByteArrayOutputStream(4096);
    try (JsonWriter json =
        JsonStream.builder().serializeEmpty(true).build().writer((java.io.OutputStream) out)) {
      json.pretty(true);
      new ManifestWriter(json).manifest(stored);
    }
    out.write('\n');
    return out.toByteArray();
  }

  private void manifest(StoredManifest stored) {
    Manifest manifest = stored.manifest();
    json.beginObject();
    text("format", ManifestCodec.FORMAT);
    number("format_version", manifest.formatVersion());
    text("run_id", manifest.runId().value());
    text("backup_id", manifest.backupId().value());
    text("status", manifest.status().word());
    text("type", ManifestCodec.type(manifest));
    text("trigger", manifest.trigger().word());
    manifest.safetyFor().ifPresent(run -> text("safety_for", run.value()));
    texts("requested", manifest.requested().stream().map(ComponentName::value).toList());
    text("started_at", manifest.startedAt().toString());
    time("finished_at", manifest.finishedAt());
    time("received_at", manifest.receivedAt());
    manifest.installation().ifPresent(name -> text("installation", name.value()));
    text("host", manifest.host());
    text("software_version", manifest.softwareVersion());
    text("compression", manifest.compression());
    number("size_bytes", manifest.sizeBytes());
    stored.checksumsSha256().ifPresent(digest -> text("checksums_sha256", digest));
    list("components", manifest.components(), this::component);
    manifest.failure().ifPresent(this::failure);
    json.endObject();
  }

  private void component(ComponentRecord component) {
    json.beginObject();
    text("name", component.name().value());
    text("kind", component.kind());
    flag("critical", component.critical());
    component.group().ifPresent(group -> text("group", group));
    text("status", component.status().word());
    if (!component.source().isEmpty()) {
      json.name("source");
      json.beginObject();
      component.source().forEach(this::text);
      json.endObject();
    }
    time("instant", component.instant());
    text("started_at", component.startedAt().toString());
    time("finished_at", component.finishedAt());
    number("size_bytes", component.sizeBytes());
    list("artifacts", component.artifacts(), this::artifact);
    texts("warnings", component.warnings());
    component.failure().ifPresent(this::failure);
    json.endObject();
  }

  private void artifact(Artifact artifact) {
    json.beginObject();
    text("name", artifact.name());
    text("type", artifact.type().word());
    number("size_bytes", artifact.sizeBytes());
    number("files", artifact.files());
    text("sha256", artifact.sha256());
    list("checks", artifact.checks(), this::check);
    json.endObject();
  }

  private void check(CheckResult check) {
    json.beginObject();
    text("name", check.name());
    flag("ok", check.ok());
    text("detail", check.detail());
    json.endObject();
  }

  private void failure(ComponentRecord.Failure failure) {
    json.name("failure");
    json.beginObject();
    text("code", failure.code().name().toLowerCase(Locale.ROOT));
    text("message", failure.message());
    text("guidance", failure.guidance());
    json.endObject();
  }

  private void text(String name, String value) {
    json.name(name);
    json.value(ManifestCodec.wellFormed(value));
  }

  private void number(String name, long value) {
    json.name(name);
    json.value(value);
  }

  private void flag(String name, boolean value) {
    json.name(name);
    json.value(value);
  }

  private void time(String name, Optional<Instant> value) {
    value.ifPresent(instant -> text(name, instant.toString()));
  }

  private void texts(String name, List<String> values) {
    list(name, values, value -> json.value(ManifestCodec.wellFormed(value)));
  }

  private <T> void list(String name, List<T> values, java.util.function.Consumer<T> each) {
    json.name(name);
    if (values.isEmpty()) {
      json.rawValue("[]");
      return;
    }
    json.beginArray();
    values.forEach(each);
    json.endArray();
  }
}
