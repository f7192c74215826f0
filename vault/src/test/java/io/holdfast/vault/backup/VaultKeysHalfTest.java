package io.holdfast.vault.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.repository.RepositoryKeys;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.MemoryBackend.Storage;
import io.holdfast.vault.backend.Operation;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change of a password that stops in its middle. */
class VaultKeysHalfTest {
  @TempDir Path temporary;

  @Test
  @DisplayName("which passwords are good is said when the old one could not be removed")
  void saysWhichAreGood() throws Exception {
    var storage = new Storage();
    var refused = new AtomicReference<>("");
    var setting =
        new HookedVault(
            storage,
            (operation, subject, done) -> {
              if (operation == Operation.DELETE && subject.equals(refused.get()) && !done) {
                throw new BackendException(
                    "delete", subject, BackendException.Reason.FORBIDDEN, "a legal hold");
              }
            });
    try (var repository = new Scene(temporary).repository(setting)) {
      repository.create();
      RepositoryKeys keys = repository.keys().orElseThrow();
      String before = keys.list().getFirst().id();
      refused.set(FileType.KEY.word() + "/" + before);

      assertThatThrownBy(() -> keys.change("another".getBytes(UTF_8)))
          .isInstanceOfSatisfying(
              HoldfastException.class,
              half -> {
                assertThat(half.message())
                    .contains("two passwords open the vault now", before.substring(0, 8));
                assertThat(half.guidance()).contains("key remove " + before.substring(0, 8));
              });

      assertThat(keys.list()).hasSize(2).filteredOn(RepositoryKeys.Key::current).hasSize(1);
    }
  }
}
