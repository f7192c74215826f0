package io.holdfast.vault.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultAccess;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.crypto.KeyFile;
import io.holdfast.vault.crypto.ScryptParameters;
import io.holdfast.vault.lock.LockOwner;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/** A vault with a password that opens quickly, on whatever storage a test brings. */
public abstract class QuickVault implements VaultSetting {
  public static final String PASSWORD = "secret";

  private final String password;
  private final LockOwner owner;

  /** This process's, with the usual password. */
  protected QuickVault() {
    this(PASSWORD, new LockOwner("host", "user", ProcessHandle.current().pid()));
  }

  protected QuickVault(String password, LockOwner owner) {
    this.password = password;
    this.owner = owner;
  }

  /** The storage, as it is asked from now on. */
  protected abstract Backend backend(Cancellation cancellation) throws IOException;

  /** The storage, as it is asked while the vault is made: that may have no faults. */
  protected Backend maker() throws IOException {
    return backend(new Cancellation());
  }

  @Override
  public String location() {
    return "memory";
  }

  @Override
  public Optional<FilePath> place() {
    return Optional.empty();
  }

  @Override
  public final LockOwner owner() {
    return owner;
  }

  @Override
  public final int level() {
    return 1;
  }

  @Override
  public final Vault open(boolean create) throws IOException {
    return open(create, new Cancellation());
  }

  @Override
  public final Vault open(boolean create, Cancellation cancellation) throws IOException {
    var random = new SecureRandom();
    if (create) {
      try (Backend backend = maker()) {
        make(backend, random);
      }
    }
    return VaultAccess.open(backend(cancellation), password.getBytes(UTF_8), random)
        .orElseThrow()
        .under(new Cancellation());
  }

  private void make(Backend backend, SecureRandom random) throws IOException {
    if (!VaultAccess.exists(backend)) {
      try {
        VaultAccess.create(
            backend,
            password.getBytes(UTF_8),
            new ScryptParameters(2, 1, 1),
            new KeyFile.Origin("host", "user", Instant.EPOCH),
            random);
      } catch (BackendException e) {
        if (e.reason() != BackendException.Reason.ALREADY_EXISTS) {
          throw e;
        }
        // Somebody else was quicker.
      }
    }
  }
}
