package io.holdfast.vault.backend.rest;

import static io.holdfast.vault.backend.rest.RestFixture.assertRefused;
import static io.holdfast.vault.backend.rest.RestFixture.bytes;
import static io.holdfast.vault.backend.rest.RestFixture.open;
import static io.holdfast.vault.backend.rest.RestFixture.pack;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.BackendException.Reason;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the statuses of a server mean. */
class RestStatusTest {
  private static final byte[] CONTENT = bytes(1, 1000);

  private TestRestServer server;
  private RestBackend backend;

  @BeforeEach
  void start() throws IOException {
    server = TestRestServer.start();
    backend = open(server);
    backend.write(pack(CONTENT), ByteBuffer.wrap(CONTENT));
  }

  @AfterEach
  void stop() {
    backend.close();
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "400, OTHER", "401, UNAUTHENTICATED", "403, FORBIDDEN", "404, NOT_FOUND", "405, UNSUPPORTED",
    "408, TRANSIENT", "409, OTHER", "410, NOT_FOUND", "413, OTHER", "416, TOO_SHORT",
    "418, OTHER", "425, TRANSIENT", "429, TRANSIENT", "500, TRANSIENT", "501, UNSUPPORTED",
    "502, TRANSIENT", "503, TRANSIENT", "504, TRANSIENT", "507, FULL", "599, TRANSIENT",
    "301, OTHER", "307, OTHER"
  })
  @DisplayName("what a status means when something is read")
  void reading(int status, Reason reason) {
    server.fault().set(status, "");
    FileId file = pack(CONTENT);
    assertRefused(reason, () -> backend.read(file, 0, ByteBuffer.allocate(10)));
    assertRefused(reason, () -> backend.readAll(file));
    assertRefused(reason, () -> backend.size(file));
    assertRefused(reason, () -> backend.list(FileType.PACK));
    assertRefused(reason, backend::create);
    if (reason != Reason.NOT_FOUND) {
      assertRefused(reason, () -> backend.delete(file));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, TRANSIENT", "401, UNAUTHENTICATED", "403, FORBIDDEN", "404, NOT_FOUND",
    "405, UNSUPPORTED", "409, ALREADY_EXISTS", "412, ALREADY_EXISTS", "413, OTHER",
    "429, TRANSIENT", "500, TRANSIENT", "503, TRANSIENT", "507, FULL"
  })
  @DisplayName("what a status means when something is stored")
  void storing(int status, Reason reason) {
    server.fault().set(status, "POST");
    for (int size : new int[] {0, 10, 5_000_000}) {
      byte[] fresh = bytes(2, size);
      assertRefused(reason, () -> backend.write(pack(fresh), ByteBuffer.wrap(fresh)));
    }
    assertThat(server.files()).hasSize(1);
  }

  @Test
  @DisplayName("a refusal because the name was taken just now is told from one of the writer")
  void takenJustNow() {
    byte[] fresh = bytes(2, 10);
    String place = pack(fresh).toString();
    server.fault().set(403, "POST");
    assertRefused(Reason.FORBIDDEN, () -> backend.write(pack(fresh), ByteBuffer.wrap(fresh)));
    server.onNext("POST", () -> server.files().put(place, fresh));
    assertRefused(Reason.ALREADY_EXISTS, () -> backend.write(pack(fresh), ByteBuffer.wrap(fresh)));
  }

  @Test
  @DisplayName("what was deleted by somebody else is gone already")
  void goneAlready() throws IOException {
    server.fault().set(404, "DELETE");
    backend.delete(pack(CONTENT));
  }
}
