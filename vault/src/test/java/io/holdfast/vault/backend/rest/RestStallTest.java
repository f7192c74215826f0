package io.holdfast.vault.backend.rest;

import static io.holdfast.vault.backend.rest.RestFixture.LONG;
import static io.holdfast.vault.backend.rest.RestFixture.assertRefused;
import static io.holdfast.vault.backend.rest.RestFixture.bytes;
import static io.holdfast.vault.backend.rest.RestFixture.open;
import static io.holdfast.vault.backend.rest.RestFixture.operations;
import static io.holdfast.vault.backend.rest.RestFixture.pack;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Reason;
import io.holdfast.vault.backend.rest.FaultSwitch.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that is there and says nothing, or no more. */
@Timeout(120)
class RestStallTest {
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final byte[] CONTENT = bytes(1, 2_000_000);

  private TestRestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestRestServer.start();
    try (var backend = open(server)) {
      backend.write(pack(CONTENT), ByteBuffer.wrap(CONTENT));
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "write", "read", "readAll", "size", "list", "delete"})
  @DisplayName("a server that does not answer is given up, and may be tried again")
  void silence(String operation) {
    server.fault().set(Kind.SILENT, "");
    try (var backend = open(server, SHORT)) {
      assertRefused(Reason.TRANSIENT, operations(backend, CONTENT).get(operation));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"read", "readAll", "list"})
  @DisplayName("the same when it stops in the middle of its answer")
  void stalledAnswer(String operation) {
    server.fault().set(Kind.STALL, "GET");
    try (var backend = open(server, SHORT)) {
      assertRefused(Reason.TRANSIENT, operations(backend, CONTENT).get(operation));
    }
  }

  @Test
  @DisplayName("the same when it does not take what is sent to it")
  void stalledUpload() {
    server.fault().set(Kind.STALL_UPLOAD, "POST");
    byte[] large = bytes(2, 30_000_000);
    try (var backend = open(server, SHORT)) {
      assertRefused(Reason.TRANSIENT, () -> backend.write(pack(large), ByteBuffer.wrap(large)));
    }
    assertThat(server.files()).hasSize(1);
  }

  @Test
  @DisplayName("what was given up touches the buffer no more")
  void bufferIsFree() {
    server.fault().set(Kind.STALL, "GET");
    var target = ByteBuffer.allocate(CONTENT.length);
    try (var backend = open(server, SHORT)) {
      assertRefused(Reason.TRANSIENT, () -> backend.read(pack(CONTENT), 0, target));
      target.put(new byte[CONTENT.length]);
      server.fault().release();
    }
    server.close();
    assertThat(target.array()).containsOnly(0);
  }

  /** What one operation that is held up comes to when something happens to it. */
  private Throwable heldUp(String operation, Kind kind, Interference interference)
      throws Exception {
    var failure = new AtomicReference<Throwable>();
    var interrupted = new AtomicReference<Boolean>();
    server.fault().set(kind, "");
    try (var backend = open(server, LONG)) {
      var thread =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  operations(backend, CONTENT).get(operation).call();
                } catch (Throwable thrown) {
                  failure.set(thrown);
                }
                interrupted.set(Thread.currentThread().isInterrupted());
              });
      server.fault().awaitHeldUp();
      interference.with(thread, backend);
      thread.join();
    }
    assertThat(interrupted.get()).isEqualTo(failure.get() instanceof InterruptedIOException);
    return failure.get();
  }

  /** What happens to an operation. */
  private interface Interference {
    void with(Thread thread, RestBackend backend) throws Exception;
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "write", "read", "readAll", "size", "list", "delete"})
  @DisplayName("an interruption ends at once what waits for an answer")
  void interruption(String operation) throws Exception {
    assertThat(heldUp(operation, Kind.SILENT, (thread, backend) -> thread.interrupt()))
        .isInstanceOf(InterruptedIOException.class)
        .hasMessageContaining(operation.equals("readAll") ? "read" : operation);
  }

  @ParameterizedTest
  @ValueSource(strings = {"read", "readAll", "list"})
  @DisplayName("an interruption ends at once what waits for the rest of an answer")
  void interruptionInAnswer(String operation) throws Exception {
    assertThat(heldUp(operation, Kind.STALL, (thread, backend) -> thread.interrupt()))
        .isInstanceOf(InterruptedIOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"write", "read", "list"})
  @DisplayName("closing ends what is under way, which is not to be tried again")
  void closing(String operation) throws Exception {
    assertThat(heldUp(operation, Kind.SILENT, (thread, backend) -> backend.close()))
        .isInstanceOfSatisfying(
            BackendException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OTHER));
  }
}
