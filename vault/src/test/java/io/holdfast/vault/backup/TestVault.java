package io.holdfast.vault.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultAccess;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.crypto.KeyFile;
import io.holdfast.vault.crypto.ScryptParameters;
import io.holdfast.vault.lock.LockOwner;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/** A vault in a directory, with a password that opens quickly. */
record TestVault(FileLayer files, FilePath directory, String password) implements VaultSetting {
  static final String PASSWORD = "open sesame";

  TestVault(FileLayer files, FilePath directory) {
    this(files, directory, PASSWORD);
  }

  @Override
  public String location() {
    return directory.toString();
  }

  @Override
  public Optional<FilePath> place() {
    return Optional.of(directory);
  }

  @Override
  public LockOwner owner() {
    return new LockOwner("host", "user", ProcessHandle.current().pid());
  }

  @Override
  public int level() {
    return 3;
  }

  @Override
  public Vault open(boolean create) throws IOException {
    var random = new SecureRandom();
    Backend backend = new LocalBackend(files, directory, random);
    if (create && !VaultAccess.exists(backend)) {
      try {
        return VaultAccess.create(
            backend,
            password.getBytes(UTF_8),
            new ScryptParameters(1 << 10, 8, 1),
            new KeyFile.Origin("host", "user", Instant.EPOCH),
            random);
      } catch (BackendException e) {
        if (e.reason() != BackendException.Reason.ALREADY_EXISTS) {
          throw e;
        }
        // Somebody else was quicker.
      }
    }
    return VaultAccess.open(backend, password.getBytes(UTF_8), random).orElseThrow();
  }
}
