package io.holdfast.server.target;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.component.Finding;
import io.holdfast.engine.component.Finding.Severity;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.repository.RepositoryKeys;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.Waiter;
import io.holdfast.vault.backend.rest.RestBackend;
import io.holdfast.vault.backend.rest.RestCredentials;
import io.holdfast.vault.backend.rest.RestSettings;
import io.holdfast.vault.backup.VaultRepository;
import io.holdfast.vault.trial.StorageTrial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs deletions, with a token that may only add. */
class TargetAppendOnlyTest {
  @TempDir Path root;

  private TargetServer server;
  private String token = "";
  private VaultRepository repository;

  @BeforeEach
  void start() throws Exception {
    server = TargetServer.start(root);
    token = server.token("laptop", false);
    repository =
        new VaultRepository(
            new RemoteVault(server.target("laptop"), token),
            PosixFileLayer.create(),
            Clock.systemUTC(),
            FilePath.of(root.resolve("state")));
    repository.create();
  }

  @AfterEach
  void stop() throws IOException {
    repository.close();
    server.close();
  }

  @Test
  @DisplayName("a password is not changed half: it is refused before the new one is there")
  void passwordIsNotChangedHalf() throws IOException {
    RepositoryKeys keys = repository.keys().orElseThrow();
    List<RepositoryKeys.Key> before = keys.list();

    assertThatThrownBy(() -> keys.change("another".getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            HoldfastException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(ErrorCode.REPOSITORY_UNWRITABLE);
              assertThat(refused.message()).contains("the password was not changed");
              assertThat(refused.guidance())
                  .contains("key add", "key remove " + before.getFirst().id().substring(0, 8));
            });

    assertThat(keys.list()).isEqualTo(before);
  }

  @Test
  @DisplayName("a trial of the storage leaves nothing, and says what was not tried")
  void aTrialLeavesNothing() throws IOException {
    List<Path> before = files();

    List<Finding> findings;
    try (Backend one = backend();
        Backend other = backend()) {
      findings =
          new StorageTrial(
                  one,
                  other,
                  new SecureRandom(),
                  Clock.systemUTC(),
                  Waiter.real(),
                  new Cancellation())
              .findings();
    }

    assertThat(files()).isEqualTo(before);
    assertThat(findings)
        .filteredOn(finding -> finding.severity() == Severity.WARNING)
        .extracting(Finding::subject)
        .containsExactly("delete", "not tried");
    assertThat(findings).noneMatch(finding -> finding.severity() == Severity.ERROR);
  }

  private Backend backend() {
    return new RestBackend(
        RestSettings.of(server.target("laptop"), new RestCredentials.Bearer(() -> token)));
  }

  private List<Path> files() throws IOException {
    try (var all = Files.walk(server.directory("laptop"))) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
