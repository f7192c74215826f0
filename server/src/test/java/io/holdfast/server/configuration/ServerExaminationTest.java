package io.holdfast.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.component.Finding;
import io.holdfast.engine.component.Finding.Severity;
import io.holdfast.engine.configuration.SettingsDocument;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerExaminationTest {
  @TempDir Path root;

  private List<Finding> findings() {
    var document =
        SettingsDocument.yaml(
            FilePath.of(root.resolve("holdfast.yaml")),
            "server: {target: {path: targets}}".getBytes(StandardCharsets.UTF_8),
            Optional.empty());
    return new ServerExamination(PosixFileLayer.create(), name -> null)
        .of(ServerSettingsReader.read(document.settings()));
  }

  @Test
  @DisplayName("the directory of targets has to be one, by whatever link")
  void targets() throws Exception {
    assertThat(findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.severity()).isEqualTo(Severity.ERROR);
          assertThat(finding.toString()).contains("no directory", "mount");
        });
    Files.createFile(root.resolve("targets"));
    assertThat(findings()).singleElement().extracting(Finding::severity).isEqualTo(Severity.ERROR);
    Files.delete(root.resolve("targets"));
    Files.createSymbolicLink(
        root.resolve("targets"), Files.createDirectory(root.resolve("elsewhere")));
    assertThat(findings()).singleElement().extracting(Finding::severity).isEqualTo(Severity.OK);
  }
}
