package io.holdfast.vault.backend.local;

import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.contract.BackendContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.io.TempDir;

class LocalBackendTest extends BackendContract {
  @TempDir Path directory;

  @Override
  protected Backend open() {
    return new LocalBackend(
        PosixFileLayer.create(), FilePath.of(directory).resolve("vault"), new SecureRandom());
  }

  @Override
  public void putForeign(FileType type, String name) throws Exception {
    Path files = directory.resolve("vault").resolve(type.word());
    Files.writeString(files.resolve(name), "foreign");
    if (type == FileType.PACK) {
      Files.writeString(files.resolve("ab").resolve(name), "foreign");
    }
  }
}
