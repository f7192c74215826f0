package io.holdfast.vault.backend.rest;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.contract.BackendContract;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class RestBackendTest extends BackendContract {
  private final TestRestServer server;

  RestBackendTest() throws IOException {
    server = TestRestServer.start();
  }

  @Override
  protected Backend open() {
    return new RestBackend(
        RestSettings.of(server.address(), new RestCredentials.Basic("user", () -> "päss")));
  }

  @BeforeEach
  void requirePassword() {
    server.requireAuthorization("Basic dXNlcjpww6Rzcw==");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Override
  public void putForeign(FileType type, String name) {
    server.files().put(type.word() + "/" + name, new byte[10]);
  }
}
