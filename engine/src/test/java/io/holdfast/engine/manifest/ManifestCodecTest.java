package io.holdfast.engine.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactType;
import io.holdfast.engine.artifact.CheckResult;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.run.BackupId;
import io.holdfast.engine.run.InstallationName;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.engine.run.Trigger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestCodecTest {
  private static final Instant START = Instant.parse("2026-03-04T05:06:07.123456789Z");
  private static final String DIGEST = "0123456789abcdef".repeat(4);

  private static final StoredManifest FULL =
      new StoredManifest(
          new Manifest(
              RunId.of(START, 42),
              new BackupId("0123456789ab"),
              RunStatus.PARTIAL,
              Trigger.PRE_MIGRATION,
              Optional.of(RunId.of(START, 41)),
              List.of(new ComponentName("db"), new ComponentName("files")),
              START,
              Optional.of(START.plusSeconds(1)),
              Optional.of(Instant.EPOCH),
              Optional.empty(),
              "höst \"with\" \\ \u0001 \ud83d\ude00",
              "0.1.0",
              "zstd",
              List.of(
                  new ComponentRecord(
                      new ComponentName("db"),
                      "sqlite",
                      true,
                      Optional.of("core"),
                      ComponentStatus.COMPLETED,
                      Map.of("path", "/srv/db"),
                      Optional.of(START),
                      START,
                      Optional.of(START),
                      List.of(
                          new Artifact(
                              "db.sqlite",
                              ArtifactType.FILE,
                              Long.MAX_VALUE,
                              1,
                              DIGEST,
                              List.of(
                                  CheckResult.passed("integrity_check", ""),
                                  CheckResult.failed("x", "why")))),
                      List.of("grew"),
                      Optional.empty()),
                  new ComponentRecord(
                      new ComponentName("files"),
                      "directory",
                      false,
                      Optional.empty(),
                      ComponentStatus.FAILED,
                      Map.of(),
                      Optional.empty(),
                      START,
                      Optional.empty(),
                      List.of(),
                      List.of(),
                      Optional.of(
                          new ComponentRecord.Failure(
                              ErrorCode.SOURCE_UNREADABLE, "no", "chmod it")))),
              Optional.of(new ComponentRecord.Failure(ErrorCode.IO, "broke", ""))),
          Optional.of(DIGEST));

  private static String json() {
    return new String(ManifestCodec.encode(FULL), StandardCharsets.UTF_8);
  }

  private static ErrorCode refusal(String json) {
    try {
      ManifestCodec.decode(json.getBytes(StandardCharsets.UTF_8), "manifest.json");
    } catch (HoldfastException failure) {
      assertThat(failure.guidance()).isNotEmpty();
      return failure.code();
    }
    throw new AssertionError("was read: " + json);
  }

  @Test
  @DisplayName("what was written is read back the same")
  void roundTrip() {
    assertThat(ManifestCodec.decode(ManifestCodec.encode(FULL), "x")).isEqualTo(FULL);
    assertThat(json()).isEqualTo(json()).endsWith("}\n").doesNotContain("null");
  }

  @Test
  @DisplayName("format and version come first, keys stand in their order")
  void order() {
    assertThat(json())
        .startsWith(
            "{\n  \"format\": \"holdfast-backup\",\n  \"format_version\": 1,\n  \"run_id\":")
        .containsSubsequence(
            "\"backup_id\"",
            "\"status\": \"partial\"",
            "\"type\": \"scoped\"",
            "\"trigger\": \"pre_migration\"",
            "\"safety_for\"",
            "\"requested\"",
            "\"started_at\": \"2026-03-04T05:06:07.123456789Z\"",
            "\"received_at\"",
            "\"compression\"",
            "\"size_bytes\"",
            "\"checksums_sha256\"",
            "\"components\"",
            "\"failure\"");
  }

  private static StoredManifest named() {
    Manifest m = FULL.manifest();
    return new StoredManifest(
        new Manifest(
            m.runId(),
            m.backupId(),
            m.status(),
            m.trigger(),
            m.safetyFor(),
            m.requested(),
            m.startedAt(),
            m.finishedAt(),
            m.receivedAt(),
            Optional.of(new InstallationName("shop-1")),
            m.host(),
            m.softwareVersion(),
            m.compression(),
            m.components(),
            m.failure()),
        FULL.checksumsSha256());
  }

  @Test
  @Tag("P6")
  @DisplayName("P6: the name of an installation makes it version 2, which older readers refuse")
  void installation() {
    byte[] bytes = ManifestCodec.encode(named());
    String json = new String(bytes, StandardCharsets.UTF_8);

    assertThat(ManifestCodec.decode(bytes, "x")).isEqualTo(named());
    assertThat(json).contains("\"format_version\": 2", "\"installation\": \"shop-1\"");
    for (String damaged :
        List.of(
            json.replace("\"format_version\": 2", "\"format_version\": 1"),
            json.replace("\"installation\": \"shop-1\",", ""),
            json.replace("\"shop-1\"", "\"-\""),
            json().replace("\"format_version\": 1", "\"format_version\": 2"))) {
      assertThatThrownBy(() -> ManifestCodec.decode(damaged.getBytes(StandardCharsets.UTF_8), "m"))
          .isInstanceOfSatisfying(
              HoldfastException.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.MANIFEST_CORRUPT));
    }
  }

  @Test
  @Tag("P6")
  @DisplayName("P6: a manifest of a newer version is refused, and both versions are named")
  void future() {
    String future = "{\"format\":\"holdfast-backup\",\"format_version\":3,\"unheard_of\":[{}]}";
    assertThatThrownBy(() -> ManifestCodec.decode(future.getBytes(StandardCharsets.UTF_8), "m"))
        .isInstanceOfSatisfying(
            HoldfastException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(ErrorCode.FORMAT_UNSUPPORTED);
              assertThat(failure.message()).contains("version 3").contains("up to 2");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"format_version\": 1|\"format_version\": 0",
        "\"format_version\": 1|\"format_version\": \"1\"",
        "\"holdfast-backup\"|\"other\"",
        "\"host\"|\"hosts\"",
        "\"compression\": \"zstd\",|",
        "\"status\": \"partial\"|\"status\": \"unknown\"",
        "\"type\": \"scoped\"|\"type\": \"full\"",
        "\"size_bytes\": 9223372036854775807|\"size_bytes\": 1",
        "\"files\": 1|\"files\": -1",
        "\"files\": 1|\"files\": 1.5",
        "\"files\": 1|\"files\": null",
        "\"files\": 1|\"files\": 1, \"files\": 1",
        "\"critical\": true|\"critical\": \"true\"",
        "\"name\": \"db\"|\"name\": \"../db\"",
        "\"name\": \"db.sqlite\"|\"name\": \"../db.sqlite\"",
        "\"started_at\": \"2026|\"started_at\": \"yesterday 2026",
        "\"run_id\": \"2026|\"run_id\": \"x2026",
        "0123456789abcdef\"|0123456789ABCDEF\"",
        "\"name\": \"files\"|\"name\": \"db\"",
      })
  @DisplayName("anything that version 1 does not allow is damage")
  void strict(String intact, String wrong) {
    assertThat(json()).contains(intact);
    String damaged =
        json()
            .replaceFirst(
                java.util.regex.Pattern.quote(intact),
                java.util.regex.Matcher.quoteReplacement(wrong == null ? "" : wrong));
    assertThat(refusal(damaged)).isEqualTo(ErrorCode.MANIFEST_CORRUPT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "null", "7", "{\"format\":", "[[[[[[[[", "\u0000"})
  @DisplayName("what is no manifest is damage")
  void noManifest(String text) {
    assertThat(refusal(text)).isEqualTo(ErrorCode.MANIFEST_CORRUPT);
  }

  @Test
  @DisplayName("however it is cut, it is damage")
  void cut() {
    byte[] whole = ManifestCodec.encode(FULL);
    for (int length = 0; length < whole.length - 2; length++) {
      assertThat(refusal(new String(whole, 0, length, StandardCharsets.UTF_8)))
          .as("%s", length)
          .isEqualTo(ErrorCode.MANIFEST_CORRUPT);
    }
  }

  @Test
  @DisplayName("an error code of tomorrow does not make a backup of today unreadable")
  void unknownCode() {
    var read =
        ManifestCodec.decode(
            json()
                .replace("\"source_unreadable\"", "\"moon_phase\"")
                .getBytes(StandardCharsets.UTF_8),
            "x");
    assertThat(read.manifest().components().getLast().failure().orElseThrow().code())
        .isEqualTo(ErrorCode.INTERNAL);
  }
}
