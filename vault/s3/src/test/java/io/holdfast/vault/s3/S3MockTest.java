package io.holdfast.vault.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.component.Finding;
import io.holdfast.engine.configuration.SettingsDocument;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.repository.RepositoryContext;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.backup.VaultRepositoryKind;
import io.holdfast.vault.restic.ResticProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Another store that others wrote, from one end to the other. */
@Timeout(300)
class S3MockTest {
  private static final String PASSWORD = "open sesame";

  @TempDir Path directory;

  @Test
  @Tag("P11")
  @DisplayName("P11: a vault that Holdfast makes is one to restic, and what both do there is sound")
  void together() throws Exception {
    ResticProgram.assumeInstalled();
    try (var store = new MockStore(MockStore.directory(directory))) {
      String address = store.url("a/vault");
      var restic =
          new ResticProgram(directory, PASSWORD.getBytes(UTF_8), address, ProxyStore.environment());
      Path source = Files.createDirectories(directory.resolve("source"));
      Files.write(source.resolve("file"), new byte[3_000_000]);
      try (Repository repository = open(address)) {
        repository.create();
        restic.run("backup", source.toString());
        assertThat(repository.checkStructure(new Cancellation())).isEmpty();
        assertThat(repository.tryPlace(new Cancellation()))
            .isNotEmpty()
            .noneMatch(finding -> finding.severity() == Finding.Severity.ERROR);
      }
      restic.run("check", "--read-data");
    }
  }

  private Repository open(String address) {
    var variables = new HashMap<>(ProxyStore.environment());
    variables.put("HOLDFAST_PASSWORD", PASSWORD);
    var kind = new VaultRepositoryKind();
    return kind.repository(
        SettingsDocument.of("the test", kind.bareSettings(address, variables::get)).settings(),
        new RepositoryContext(
            PosixFileLayer.create(),
            Clock.systemUTC(),
            FilePath.of(directory.resolve("state")),
            variables::get));
  }
}
