package io.holdfast.vault.backend.rest;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException.Reason;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.contract.BackendContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The contract, with rclone as the server; without its cache, which may still hold a file that was
 * deleted.
 */
class RcloneTest extends BackendContract {
  @TempDir static Path directory;
  private static RcloneServer server;

  private final String vault = "a/" + UUID.randomUUID() + "/";

  @BeforeAll
  static void start() throws IOException {
    server = RcloneServer.start(directory, "--cache-objects=false");
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (server != null) {
      server.close();
    }
  }

  @Override
  protected Backend open() {
    return new RestBackend(
        RestSettings.of(
            server.address().resolve(vault),
            new RestCredentials.Basic(RcloneServer.USER, () -> RcloneServer.PASSWORD)));
  }

  /** It replaces what bears a name; only the config would be another one then. */
  @Override
  @ParameterizedTest
  @EnumSource
  public void takenNameIsRefused(FileType type) throws Exception {
    byte[] content = bytes(1, 4000);
    FileId file = write(type, content);
    if (type == FileType.CONFIG) {
      assertRefused(Reason.ALREADY_EXISTS, () -> write(type, content));
    } else {
      write(type, content);
    }
    assertStored(backend(), file, content);
  }

  /** It looks whether a name is taken only if it is append-only, and not at one with writing. */
  @Override
  public void oneConfig() {
    // Promised for one caller after another, and so no test of this one.
  }

  /** As {@link #oneConfig}. */
  @Override
  public void onePack() {
    // Promised for one caller after another, and so no test of this one.
  }

  /** It writes into the file that others may read. */
  @Override
  public void neverAPart() {
    // Not promised: it is no storage for a vault with several writers.
  }

  @Override
  public void putForeign(FileType type, String name) throws IOException {
    Path place = directory.resolve(vault).resolve(type.word());
    Files.createDirectories(place);
    Files.writeString(place.resolve(name), "foreign");
  }
}
