package io.holdfast.vault.backup;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultAccess;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.crypto.KeyFile;
import io.holdfast.vault.crypto.ScryptParameters;
import io.holdfast.vault.lock.LockOwner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A vault in a directory of this machine.
 *
 * @param files the file layer
 * @param directory where it lies, or will
 * @param level how hard to compress
 * @param password asked for each time the vault is opened
 */
record LocalVault(FileLayer files, FilePath directory, int level, Supplier<String> password)
    implements VaultSetting {
  private static final FilePath HOST_NAME = FilePath.of("/proc/sys/kernel/hostname");
  private static final int MOST_BYTES = 1024;

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
    return new LockOwner(host(), "holdfast", ProcessHandle.current().pid());
  }

  private String host() {
    try {
      return new String(FileTrees.readAll(files, HOST_NAME, MOST_BYTES), StandardCharsets.UTF_8)
          .strip();
    } catch (IOException unknown) {
      return Objects.requireNonNullElse(System.getenv("HOSTNAME"), "");
    }
  }

  @Override
  public Vault open(boolean create) throws IOException {
    var random = new SecureRandom();
    Backend backend = new LocalBackend(files, directory, random);
    byte[] secret = password.get().getBytes(StandardCharsets.UTF_8);
    try {
      if (create && !VaultAccess.exists(backend)) {
        Optional<Vault> made = create(backend, secret, random);
        if (made.isPresent()) {
          return made.get();
        }
      }
      return VaultAccess.open(backend, secret, random).orElseThrow(this::wrongPassword);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** Makes it; empty if somebody else was quicker. */
  private static Optional<Vault> create(Backend backend, byte[] secret, SecureRandom random)
      throws IOException {
    try {
      return Optional.of(
          VaultAccess.create(
              backend,
              secret,
              ScryptParameters.DEFAULT,
              new KeyFile.Origin("", "holdfast", Optional.empty()),
              random));
    } catch (BackendException e) {
      if (e.reason() == BackendException.Reason.ALREADY_EXISTS) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private HoldfastException wrongPassword() {
    return new HoldfastException(
        ErrorCode.REPOSITORY_UNAVAILABLE,
        "the password opens no key of the vault " + directory,
        "Correct the password. Whoever has lost every password of a vault has lost the vault.");
  }
}
