package io.holdfast.vault.backend;

import io.holdfast.vault.backend.contract.BackendContract;

/** What tests build upon keeps the contract too. */
class MemoryBackendTest extends BackendContract {
  private final MemoryBackend.Storage storage = new MemoryBackend.Storage();

  @Override
  protected Backend open() {
    return new MemoryBackend(storage);
  }

  /** Memory holds nothing but files of vaults. */
  @Override
  public void putForeign(FileType type, String name) {}
}
