package io.holdfast.vault.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.engine.file.FilePath;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultAccess;
import io.holdfast.vault.backend.BackendFault;
import io.holdfast.vault.backend.FaultyBackend;
import io.holdfast.vault.backend.MemoryBackend;
import io.holdfast.vault.crypto.KeyFile;
import io.holdfast.vault.crypto.ScryptParameters;
import io.holdfast.vault.lock.LockOwner;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A vault in memory, over a backend that fails as it is told to. */
final class FaultyVault implements VaultSetting {
  static final String PASSWORD = "secret";

  private final SecureRandom random = new SecureRandom();
  private final MemoryBackend.Storage storage;
  private final BackendFault fault;
  private final LockOwner owner;
  private @Nullable FaultyBackend backend;

  FaultyVault(MemoryBackend.Storage storage, BackendFault fault) {
    this(storage, fault, new LockOwner("host", "user", ProcessHandle.current().pid()));
  }

  /** As somebody else. */
  FaultyVault(MemoryBackend.Storage storage, BackendFault fault, LockOwner owner) {
    this.storage = storage;
    this.fault = fault;
    this.owner = owner;
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
  public LockOwner owner() {
    return owner;
  }

  @Override
  public int level() {
    return 1;
  }

  @Override
  public Vault open(boolean create) throws IOException {
    byte[] password = PASSWORD.getBytes(UTF_8);
    if (create && !VaultAccess.exists(new MemoryBackend(storage))) {
      VaultAccess.create(
          new MemoryBackend(storage),
          password,
          new ScryptParameters(2, 1, 1),
          new KeyFile.Origin("", "", Instant.EPOCH),
          random);
    }
    var faulty = new FaultyBackend(new MemoryBackend(storage), fault);
    backend = faulty;
    return VaultAccess.open(faulty, password, random).orElseThrow();
  }

  /** Whether the fault has struck. */
  boolean struck() {
    return backend != null && backend.struck();
  }

  /** What was done with the storage. */
  List<String> trace() {
    return backend == null ? List.of() : backend.trace();
  }
}
