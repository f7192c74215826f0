package io.holdfast.vault.backend.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.artifact.BytesContent;
import io.holdfast.engine.component.Finding;
import io.holdfast.engine.configuration.SettingsDocument;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.repository.RepositoryContext;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.testkit.repository.RepositoryContract;
import io.holdfast.vault.backup.VaultRepositoryKind;
import io.holdfast.vault.restic.ResticProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A vault behind a server, named by its address alone, held to what every repository promises. */
class RestVaultRepositoryTest extends RepositoryContract {
  private static final Map<String, String> VARIABLES =
      Map.of(
          "HOLDFAST_PASSWORD",
          "open sesame",
          "RESTIC_REST_USERNAME",
          "user",
          "RESTIC_REST_PASSWORD",
          "päss");

  private final TestRestServer server;

  RestVaultRepositoryTest() throws IOException {
    server = TestRestServer.start();
    server.requireAuthorization("Basic dXNlcjpww6Rzcw==");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Override
  protected Repository open(FilePath place) {
    var kind = new VaultRepositoryKind();
    return kind.repository(
        SettingsDocument.of(
                "the test", kind.bareSettings("rest:" + server.address(), VARIABLES::get))
            .settings(),
        new RepositoryContext(files, CLOCK, place.resolve(".state"), VARIABLES::get));
  }

  @Override
  protected Compression compression() {
    return Compression.ZSTD;
  }

  @Test
  @DisplayName("a server that is empty all at once gets no second vault, and is not called unfit")
  void emptied() throws IOException {
    try (var emptied = TestRestServer.start()) {
      var kind = new VaultRepositoryKind();
      try (Repository repository =
          kind.repository(
              SettingsDocument.of(
                      "the test", kind.bareSettings("rest:" + emptied.address(), VARIABLES::get))
                  .settings(),
              new RepositoryContext(files, CLOCK, room().resolve("state"), VARIABLES::get))) {
        assertThatThrownBy(repository::resume)
            .isInstanceOf(HoldfastException.class)
            .hasMessageContaining("there is no vault at");
        assertThat(repository.isMade()).isFalse();
        assertThat(repository.tryPlace(new Cancellation()))
            .noneMatch(finding -> finding.severity() == Finding.Severity.ERROR)
            .last()
            .satisfies(finding -> assertThat(finding.message()).contains("none is there yet"));

        repository.create();
        repository.resume();
        assertThat(repository.isMade()).isTrue();
      }
    }
  }

  @Test
  @Tag("P11")
  @DisplayName("P11: restic checks what Holdfast wrote to a server")
  void restic() throws Exception {
    ResticProgram.assumeInstalled();
    publish(
        start(1), Map.of(ALPHA, sink -> sink.file("large", new BytesContent(noise(3, 20 << 20)))));
    var restic =
        new ResticProgram(
            Path.of(room().toString()),
            "open sesame".getBytes(UTF_8),
            // Version 0.14 takes them from nowhere else.
            "rest:" + server.address().toString().replace("://", "://user:p%C3%A4ss@"),
            Map.of());
    restic.run("check", "--read-data");
    assertThat(restic.run("snapshots")).contains("1 snapshots");
  }
}
