package io.holdfast.server.target;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.contract.BackendContract;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The promises of a storage for vaults, kept across HTTP. */
class TargetContractTest extends BackendContract {
  @TempDir static Path root;
  private static TargetServer server;
  private static int count;

  private String target = "";
  private String token = "";

  @BeforeAll
  static void start() throws Exception {
    server = TargetServer.start(root);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  protected Backend open() throws Exception {
    if (target.isEmpty()) {
      target = "machine-" + ++count;
      token = server.token(target, true);
    }
    return server.open(target, token);
  }

  @Override
  public void putForeign(FileType type, String name) throws Exception {
    Path directory = server.directory(target).resolve(type.word());
    Path holder = type == FileType.PACK ? directory.resolve("ab") : directory;
    Files.write(holder.resolve(name), new byte[10]);
  }
}
