package io.holdfast.cli.restic;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultAccess;
import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.crypto.Sealer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/** Makes a vault say that it is of a version that is not known yet. */
final class NewerFormat {
  private NewerFormat() {}

  static void make(Path vault, String password) throws IOException {
    var random = new SecureRandom();
    byte[] sealed;
    try (Vault opened =
        VaultAccess.open(
                new LocalBackend(PosixFileLayer.create(), FilePath.of(vault), random),
                password.getBytes(UTF_8),
                random)
            .orElseThrow()) {
      String json =
          new String(opened.config().encode(), UTF_8).replace("\"version\":2", "\"version\":3");
      sealed = new Sealer(opened.key(), random).seal(json.getBytes(UTF_8));
    }
    Path config = vault.resolve("config");
    Files.delete(config);
    Files.write(config, sealed);
  }
}
