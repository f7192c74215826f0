package io.holdfast.vault.backend.rest;

import static io.holdfast.vault.backend.rest.RestFixture.assertRefused;
import static io.holdfast.vault.backend.rest.RestFixture.bytes;
import static io.holdfast.vault.backend.rest.RestFixture.open;
import static io.holdfast.vault.backend.rest.RestFixture.operations;
import static io.holdfast.vault.backend.rest.RestFixture.pack;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.backend.BackendException.Reason;
import io.holdfast.vault.backend.Backoff;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.RetryingBackend;
import io.holdfast.vault.backend.Waiter;
import io.holdfast.vault.backend.rest.FaultSwitch.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server, or the line to it, that does not do what it should. */
@Timeout(120)
class RestFaultTest {
  private static final byte[] CONTENT = bytes(1, 100_000);
  private static final FileId FILE = pack(CONTENT);

  private static final Map<String, String> METHODS =
      Map.of(
          "create", "POST", "write", "POST", "read", "GET", "readAll", "GET", "list", "GET",
          "delete", "DELETE");

  private TestRestServer server;
  private RestBackend backend;

  @BeforeEach
  void start() throws IOException {
    server = TestRestServer.start();
    backend = open(server);
    backend.create();
    backend.write(FILE, ByteBuffer.wrap(CONTENT));
    backend.write(FileId.CONFIG, ByteBuffer.allocate(10));
  }

  @AfterEach
  void stop() {
    backend.close();
    server.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"RESET", "SHORT", "LONG", "WRONG_PART", "REFUSED"})
  @DisplayName("a part that comes broken, too short, too long or from elsewhere may be tried again")
  void brokenPart(Kind kind) throws IOException {
    server.fault().set(kind, "GET");
    var target = ByteBuffer.allocate(5000).position(10);
    assertRefused(Reason.TRANSIENT, () -> backend.read(FILE, 300, target));
    assertThat(target.position()).isEqualTo(10);

    server.fault().clear();
    backend.read(FILE, 300, target);
    assertThat(target.array()).endsWith(Arrays.copyOfRange(CONTENT, 300, 300 + 4990));
  }

  @ParameterizedTest
  @EnumSource(names = {"RESET", "REFUSED"})
  @DisplayName("a body that breaks off may be tried again, of a file or of a list")
  void brokenBody(Kind kind) throws IOException {
    server.fault().set(kind, "GET");
    assertRefused(Reason.TRANSIENT, () -> backend.readAll(FILE));
    assertRefused(Reason.TRANSIENT, () -> backend.list(FileType.PACK));
    server.fault().clear();
    assertThat(backend.readAll(FILE)).isEqualTo(CONTENT);
  }

  @Test
  @DisplayName("a server that knows no ranges is put up with")
  void noRanges() throws IOException {
    server.fault().set(Kind.NO_RANGES, "GET");
    for (int offset : new int[] {0, 1, 70_000, 99_000}) {
      var target = ByteBuffer.allocate(1000);
      backend.read(FILE, offset, target);
      assertThat(target.array()).isEqualTo(Arrays.copyOfRange(CONTENT, offset, offset + 1000));
    }
    assertRefused(Reason.TOO_SHORT, () -> backend.read(FILE, 99_001, ByteBuffer.allocate(1000)));
  }

  @Test
  @DisplayName("a list that is none, or of another version, is told from an empty one")
  void badLists() {
    server.fault().set(Kind.GARBAGE, "GET");
    assertRefused(Reason.OTHER, () -> backend.list(FileType.PACK));
    server.fault().set(Kind.SHORT, "GET");
    assertRefused(Reason.OTHER, () -> backend.list(FileType.PACK));
    server.fault().set(Kind.VERSION_1, "GET");
    assertRefused(Reason.UNSUPPORTED, () -> backend.list(FileType.PACK));
  }

  @Test
  @DisplayName("a list that is not found is no empty list")
  void listNotFound() throws IOException {
    server.fault().set(404, "GET");
    assertRefused(Reason.TRANSIENT, () -> backend.list(FileType.PACK));
    backend.delete(FileId.CONFIG);
    assertRefused(Reason.NOT_FOUND, () -> backend.list(FileType.PACK));
  }

  @ParameterizedTest
  @EnumSource(names = {"LOST_ANSWER", "REFUSED"})
  @DisplayName("a write whose answer is lost may be tried again, and succeeds then")
  void lostAnswer(Kind kind) throws IOException {
    byte[] content = bytes(2, 3_000_000);
    server.fault().set(kind, "POST");
    assertRefused(Reason.TRANSIENT, () -> backend.write(pack(content), ByteBuffer.wrap(content)));
    assertThat(server.files().containsKey(pack(content).toString()))
        .isEqualTo(kind == Kind.LOST_ANSWER);
    server.files().remove(pack(content).toString());

    var patient =
        new RetryingBackend(
            backend,
            new Backoff(5, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMinutes(1)),
            new Cancellation(),
            Waiter.real(),
            new Random(),
            (failure, failures, pause) -> server.fault().clear());
    patient.write(pack(content), ByteBuffer.wrap(content));
    assertThat(server.files().get(pack(content).toString())).isEqualTo(content);
  }

  @Test
  @DisplayName("a deletion whose answer is lost may be tried again")
  void lostAnswerOfDeletion() throws IOException {
    server.fault().set(Kind.LOST_ANSWER, "DELETE");
    assertRefused(Reason.TRANSIENT, () -> backend.delete(FILE));
    server.fault().clear();
    backend.delete(FILE);
    assertThat(backend.exists(FILE)).isFalse();
  }

  @Test
  @DisplayName("a server that explains a failure without end is not heard out")
  void endlessExplanation() {
    for (String method : List.of("GET", "POST", "DELETE")) {
      server.fault().set(Kind.ENDLESS, method);
      operations(backend, CONTENT)
          .forEach((name, call) -> {
            if (method.equals(METHODS.get(name))) {
              assertRefused(Reason.TRANSIENT, call);
            }
          });
    }
  }

  @Test
  @DisplayName("where nobody listens, every operation may be tried again")
  void nobodyListens() {
    server.close();
    operations(backend, CONTENT).forEach((name, call) -> assertRefused(Reason.TRANSIENT, call));
  }

  @Test
  @DisplayName("an existing config stays, even on a server that would replace it")
  void replacingServer() throws IOException {
    server.replaceExisting();
    assertRefused(
        Reason.ALREADY_EXISTS, () -> backend.write(FileId.CONFIG, ByteBuffer.allocate(20)));
    assertThat(backend.size(FileId.CONFIG)).isEqualTo(10);
  }

  @Test
  @DisplayName("a redirect is not followed")
  void redirect() {
    server.fault().set(302, "");
    operations(backend, CONTENT).forEach((name, call) -> assertRefused(Reason.OTHER, call));
    assertThat(server.requests()).noneMatch(request -> request.contains("elsewhere"));
  }

  @Test
  @DisplayName("one request for each operation, over one connection")
  void frugal() throws IOException {
    int before = server.requests().size();
    for (int i = 0; i < 10; i++) {
      backend.read(FILE, 100L * i, ByteBuffer.allocate(1000 * i + 1));
      assertThat(backend.readAll(FILE)).hasSize(CONTENT.length);
      assertThat(backend.list(FileType.PACK)).isNotEmpty();
      assertThat(backend.size(FILE)).isEqualTo(CONTENT.length);
      assertThat(backend.exists(pack(bytes(-1, 10)))).isFalse();
      byte[] fresh = bytes(i + 10, i);
      backend.write(pack(fresh), ByteBuffer.wrap(fresh));
      backend.delete(pack(fresh));
    }
    assertThat(server.requests()).hasSize(before + 70);
    assertThat(server.connections()).isOne();
  }
}
