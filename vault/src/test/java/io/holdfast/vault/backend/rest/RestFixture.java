package io.holdfast.vault.backend.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Reason;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.http.HttpSettings;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the tests of this package share. */
final class RestFixture {
  static final Duration LONG = Duration.ofMinutes(1);

  private RestFixture() {}

  static byte[] bytes(long seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static FileId pack(byte[] content) {
    return FileId.of(FileType.PACK, ContentId.of(content));
  }

  static RestBackend open(TestRestServer server) {
    return open(server, LONG);
  }

  static RestBackend open(TestRestServer server, Duration stall) {
    return new RestBackend(
        RestSettings.of(server.address(), new RestCredentials.Anonymous())
            .over(new HttpSettings(Optional.empty(), LONG, stall)));
  }

  static void assertRefused(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            BackendException.class, e -> assertThat(e.reason()).as(e.toString()).isEqualTo(reason));
  }

  /** Every operation, on a file that is there, by name. */
  static Map<String, ThrowingCallable> operations(RestBackend backend, byte[] stored) {
    FileId file = pack(stored);
    byte[] fresh = bytes(99, 100);
    var all = new TreeMap<String, ThrowingCallable>();
    all.put("create", backend::create);
    all.put("write", () -> backend.write(pack(fresh), ByteBuffer.wrap(fresh)));
    all.put("read", () -> backend.read(file, 0, ByteBuffer.allocate(stored.length)));
    all.put("readAll", () -> backend.readAll(file));
    all.put("size", () -> backend.size(file));
    all.put("list", () -> backend.list(FileType.PACK));
    all.put("delete", () -> backend.delete(file));
    return all;
  }
}
