package io.holdfast.vault.backup;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.lock.LockOwner;
import java.security.SecureRandom;
import java.util.Optional;

/** A vault in a directory. */
final class TestVault extends QuickVault {
  private final FileLayer files;
  private final FilePath directory;

  TestVault(FileLayer files, FilePath directory) {
    this(files, directory, PASSWORD);
  }

  TestVault(FileLayer files, FilePath directory, String password) {
    super(password, new LockOwner("host", "user", ProcessHandle.current().pid()));
    this.files = files;
    this.directory = directory;
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
  protected Backend backend(Cancellation cancellation) {
    return new LocalBackend(files, directory, new SecureRandom());
  }
}
