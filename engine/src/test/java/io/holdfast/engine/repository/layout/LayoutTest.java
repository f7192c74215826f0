package io.holdfast.engine.repository.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactType;
import io.holdfast.engine.artifact.CheckResult;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.repository.content.ArtifactRecords;
import io.holdfast.engine.repository.content.ChecksumLine;
import io.holdfast.engine.run.Trigger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutTest {
  @ParameterizedTest
  @CsvSource({
    "20260304-050607-000001_manual, MANUAL, NONE",
    "20260304-050607-000001_pre_update, PRE_UPDATE, NONE",
    "20260304-050607-000001_scheduled.tar.zst, SCHEDULED, ZSTD",
    "20260304-050607-000001_pre_migration.tar.gz, PRE_MIGRATION, GZIP",
  })
  void namesOfBackups(String text, Trigger trigger, Compression compression) {
    BackupName name = BackupName.parse(text.getBytes(StandardCharsets.US_ASCII)).orElseThrow();
    assertThat(name).hasToString(text);
    assertThat(name.trigger()).isEqualTo(trigger);
    assertThat(name.compression()).isEqualTo(compression);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "20260304-050607-000001",
        "20260304-050607-000001_",
        "manual",
        "20260304-050607-000001_never",
        "20260304-050607-00001_manual",
        "20260304-050607-000001_manual.tar",
        "20260304-050607-000001_manual.tar.zst.part",
        "20260304-050607-000001-manual",
        "20260304-050607-000001_MANUAL",
        "20260304-050607-000001_manual\n",
        "..",
        "20260304-050607-000001_manual/x",
      })
  void whatIsNoName(String text) {
    assertThat(BackupName.parse(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  @DisplayName("names with line ends and backslashes are written as sha256sum does")
  void checksumLines() {
    assertThat(line("a b")).isEqualTo("00  a b\n");
    assertThat(line("a\nb")).isEqualTo("\\00  a\\nb\n");
    assertThat(line("a\\b")).isEqualTo("\\00  a\\\\b\n");
    assertThat(line("a\rb")).isEqualTo("\\00  a\\rb\n");
  }

  private static String line(String name) {
    return new String(
        ChecksumLine.of("00", name.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }

  @Test
  @DisplayName("two artifacts cannot have one name, nor one that a listing needs")
  void artifactNames() {
    var records = new ArtifactRecords();
    records.takeTree("files");
    records.takeFile("x.tree");
    for (String name : List.of("files", "files.tree", "../x", "")) {
      assertThatThrownBy(() -> records.takeFile(name)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> records.takeTree("x")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> records.checked("unheard-of", CheckResult.passed("x", "")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("checks may come before and after their artifact")
  void checks() {
    var records = new ArtifactRecords();
    records.takeFile("f");
    records.checked("f", CheckResult.passed("before", ""));
    records.finished(new Artifact("f", ArtifactType.FILE, 1, 1, "ab".repeat(32), List.of()));
    records.checked("f", CheckResult.failed("after", "no"));
    assertThat(records.artifacts().getFirst().checks())
        .extracting(CheckResult::name)
        .containsExactly("before", "after");
    assertThat(records.artifacts().getFirst().isSound()).isFalse();
  }
}
