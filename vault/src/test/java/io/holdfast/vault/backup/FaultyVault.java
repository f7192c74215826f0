package io.holdfast.vault.backup;

import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendFault;
import io.holdfast.vault.backend.FaultyBackend;
import io.holdfast.vault.backend.MemoryBackend;
import io.holdfast.vault.lock.LockOwner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A vault in memory, made without faults, over a backend that fails as it is told to. */
final class FaultyVault extends QuickVault {
  private final MemoryBackend.Storage storage;
  private final BackendFault fault;
  private @Nullable FaultyBackend backend;

  FaultyVault(MemoryBackend.Storage storage, BackendFault fault) {
    this.storage = storage;
    this.fault = fault;
  }

  /** As somebody else. */
  FaultyVault(MemoryBackend.Storage storage, BackendFault fault, LockOwner owner) {
    super(PASSWORD, owner);
    this.storage = storage;
    this.fault = fault;
  }

  @Override
  protected Backend maker() {
    return new MemoryBackend(storage);
  }

  @Override
  protected Backend backend(Cancellation cancellation) {
    var faulty = new FaultyBackend(new MemoryBackend(storage), fault);
    backend = faulty;
    return faulty;
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
