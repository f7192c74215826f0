package io.holdfast.vault.backup;

import io.holdfast.engine.component.Finding;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.Vault;
import io.holdfast.vault.lock.LockOwner;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** How to get at a vault. */
public interface VaultSetting {
  /** Where it is, for people, without secrets. */
  String location();

  /** The directory on this machine that it occupies, if it occupies one. */
  Optional<FilePath> place();

  /** Whose locks there are. */
  LockOwner owner();

  /** How hard to compress, 1 to 22. */
  int level();

  /**
   * Tries whether the storage keeps its promises; needs no password.
   *
   * @see io.holdfast.vault.trial.StorageTrial
   */
  default List<Finding> tryStorage(Cancellation cancellation) throws IOException {
    return List.of();
  }

  /** Whether a vault was made there; needs no password. */
  default boolean isMade() throws IOException {
    return true;
  }

  /** Looks whether its password can be had. */
  default List<Finding> inspect() {
    return List.of();
  }

  /**
   * Opens it with the password.
   *
   * @param create whether to make it where there is none
   */
  Vault open(boolean create) throws IOException;

  /**
   * The same, as long as nobody cancels it. Of the vault that is opened that cancels nothing.
   *
   * @param create whether to make it where there is none
   */
  default Vault open(boolean create, Cancellation cancellation) throws IOException {
    return open(create);
  }
}
