package io.holdfast.vault.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.repository.RepositoryKeys;
import io.holdfast.vault.VaultAccess;
import io.holdfast.vault.backend.BackendFault;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.MemoryBackend;
import io.holdfast.vault.backend.WatchedBackend;
import io.holdfast.vault.lock.LockOwner;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords of a vault that two people change at the same time. */
class VaultKeysBesideTest {
  @TempDir Path temporary;

  private final MemoryBackend.Storage storage = new MemoryBackend.Storage();
  private final AtomicReference<WatchedBackend.Before> meanwhile =
      new AtomicReference<>(operation -> {});
  private VaultRepository repository;
  private RepositoryKeys keys;

  @BeforeEach
  void vault() throws IOException {
    var scene = new Scene(temporary);
    scene.repository(new FaultyVault(storage, BackendFault.none())).create();
    repository =
        scene.repository(
            new WatchedVault(
                storage,
                new LockOwner("host", "user", 1),
                operation -> meanwhile.get().operation(operation)));
    keys = repository.keys().orElseThrow();
  }

  private boolean opens(String password) throws IOException {
    return VaultAccess.open(
            new MemoryBackend(storage), password.getBytes(UTF_8), new SecureRandom())
        .isPresent();
  }

  private static FileId file(String key) {
    return FileId.of(FileType.KEY, io.holdfast.vault.ContentId.parse(key));
  }

  /** Somebody removes a key just before an operation of that beginning. */
  private void removes(String key, String operation) {
    meanwhile.set(next -> {
      if (next.startsWith(operation)) {
        storage.files().remove(file(key));
      }
    });
  }

  private String own() throws IOException {
    return keys.list().stream()
        .filter(RepositoryKeys.Key::current)
        .map(RepositoryKeys.Key::id)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void twoWhoRemoveEachOthersLeaveOne() throws IOException {
    String other = keys.add("another".getBytes(UTF_8));
    removes(own(), "delete keys");

    assertThatThrownBy(() -> keys.remove(other))
        .isInstanceOfSatisfying(
            HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUSY))
        .hasMessageContaining("put back");

    assertThat(opens(QuickVault.PASSWORD)).isTrue();
    assertThat(opens("another")).isFalse();
  }

  @Test
  void whoseKeyIsGoneRemovesNone() throws IOException {
    String other = keys.add("another".getBytes(UTF_8));
    String third = keys.add("a third".getBytes(UTF_8));
    storage.files().remove(file(own()));

    assertThatThrownBy(() -> keys.remove(third)).isInstanceOf(HoldfastException.class);

    assertThat(keys.list())
        .extracting(RepositoryKeys.Key::id)
        .containsExactlyInAnyOrder(other, third);
  }

  @Test
  void aNewPasswordThatSomebodyRemovesAtOnceIsPutBack() throws IOException {
    meanwhile.set(next -> {
      if (next.startsWith("delete keys/")) {
        storage
            .files()
            .keySet()
            .removeIf(key -> key.type() == FileType.KEY && !next.equals("delete " + key));
      }
    });

    assertThatThrownBy(() -> keys.change("changed".getBytes(UTF_8)))
        .isInstanceOf(HoldfastException.class)
        .hasMessageContaining("put back");

    assertThat(opens("changed")).isTrue();
  }

  @Test
  void aKeyThatGoesWhileKeysAreListedIsNotListed() throws IOException {
    String other = keys.add("another".getBytes(UTF_8));
    removes(other, "read keys/" + other);

    assertThat(keys.list()).singleElement().matches(RepositoryKeys.Key::current);
  }
}
