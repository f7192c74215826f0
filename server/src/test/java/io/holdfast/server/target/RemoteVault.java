package io.holdfast.server.target;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.engine.file.FilePath;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultAccess;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.rest.RestBackend;
import io.holdfast.vault.backend.rest.RestCredentials;
import io.holdfast.vault.backend.rest.RestSettings;
import io.holdfast.vault.backup.VaultSetting;
import io.holdfast.vault.crypto.KeyFile;
import io.holdfast.vault.crypto.ScryptParameters;
import io.holdfast.vault.lock.LockOwner;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/** A vault at a target, with a password that opens quickly. */
record RemoteVault(URI target, String token) implements VaultSetting {
  static final String PASSWORD = "correct horse";

  @Override
  public String location() {
    return target.toString();
  }

  @Override
  public Optional<FilePath> place() {
    return Optional.empty();
  }

  @Override
  public LockOwner owner() {
    return new LockOwner("host", "user", ProcessHandle.current().pid());
  }

  @Override
  public int level() {
    return 1;
  }

  @Override
  public Vault open(boolean create) throws IOException {
    var random = new SecureRandom();
    Backend backend =
        new RestBackend(RestSettings.of(target, new RestCredentials.Basic("machine", () -> token)));
    if (create && !VaultAccess.exists(backend)) {
      try {
        return VaultAccess.create(
            backend,
            PASSWORD.getBytes(UTF_8),
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
    return VaultAccess.open(backend, PASSWORD.getBytes(UTF_8), random).orElseThrow();
  }
}
