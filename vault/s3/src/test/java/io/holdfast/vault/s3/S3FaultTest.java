package io.holdfast.vault.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Reason;
import io.holdfast.vault.backend.Backoff;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.RetryListener;
import io.holdfast.vault.backend.RetryingBackend;
import io.holdfast.vault.backend.Waiter;
import io.holdfast.vault.backend.rest.FaultSwitch.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A store, or the line to it, that does not do what it should. */
@Timeout(120)
class S3FaultTest {
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final byte[] CONTENT = bytes(1, 2_000_000);
  private static final FileId FILE = pack(CONTENT);

  private FaultyStore store;
  private S3Backend backend;

  @BeforeEach
  void start() throws IOException {
    store = new FaultyStore();
    backend = store.open();
    backend.write(FILE, ByteBuffer.wrap(CONTENT));
  }

  @AfterEach
  void stop() {
    backend.close();
    store.close();
  }

  private static byte[] bytes(long seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static FileId pack(byte[] content) {
    return FileId.of(FileType.PACK, ContentId.of(content));
  }

  private static Map<String, ThrowingCallable> operations(Backend on) {
    byte[] fresh = bytes(99, 100_000);
    var all = new TreeMap<String, ThrowingCallable>();
    all.put("create", on::create);
    all.put("write", () -> on.write(pack(fresh), ByteBuffer.wrap(fresh)));
    all.put("read", () -> on.read(FILE, 0, ByteBuffer.allocate(CONTENT.length)));
    all.put("readAll", () -> on.readAll(FILE));
    all.put("size", () -> on.size(FILE));
    all.put("list", () -> on.list(FileType.PACK));
    all.put("delete", () -> on.delete(FILE));
    return all;
  }

  private static void assertRefused(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            BackendException.class,
            e -> {
              assertThat(e.reason()).as(e.toString()).isEqualTo(reason);
              assertThat(e.toString()).doesNotContain(ProxyStore.SECRET, ProxyStore.ID, "words");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "503, SlowDown, TRANSIENT",
    "500, InternalError, TRANSIENT",
    "502, '', TRANSIENT",
    "400, RequestTimeout, TRANSIENT",
    "400, InvalidArgument, OTHER",
    "400, ExpiredToken, UNAUTHENTICATED",
    "403, AccessDenied, FORBIDDEN",
    "403, SignatureDoesNotMatch, UNAUTHENTICATED",
    "403, RequestTimeTooSkewed, UNAUTHENTICATED",
    "403, InvalidObjectState, OTHER",
    "301, PermanentRedirect, OTHER",
    "307, TemporaryRedirect, OTHER",
    "507, XMinioStorageFull, FULL",
    "405, MethodNotAllowed, UNSUPPORTED",
    "429, TooManyRequests, TRANSIENT"
  })
  @DisplayName("what a store answers has the reason that it means")
  void answers(int status, String code, Reason reason) {
    store.code = code;
    store.fault().set(status, "GET");
    assertRefused(reason, () -> backend.read(FILE, 0, ByteBuffer.allocate(10)));
    assertRefused(reason, () -> backend.readAll(FILE));
    assertRefused(reason, () -> backend.list(FileType.PACK));
    store.fault().set(status, "DELETE");
    assertRefused(reason, () -> backend.delete(FILE));
    store.fault().set(status, "PUT");
    byte[] fresh = bytes(2, 10);
    assertRefused(reason, () -> backend.write(pack(fresh), ByteBuffer.wrap(fresh)));
    store.fault().set(status, "");
    assertRefused(reason, () -> backend.size(FILE));
  }

  @ParameterizedTest
  @EnumSource(names = {"RESET", "SHORT"})
  @DisplayName("half an answer is none, and the buffer's position stays")
  void half(Kind kind) {
    store.fault().set(kind, "GET");
    var target = ByteBuffer.allocate(CONTENT.length);
    assertRefused(Reason.TRANSIENT, () -> backend.read(FILE, 0, target));
    assertThat(target.position()).isZero();
    if (kind == Kind.RESET) {
      assertRefused(Reason.TRANSIENT, () -> backend.readAll(FILE));
      assertRefused(Reason.TRANSIENT, () -> backend.list(FileType.PACK));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REFUSED", "SILENT"})
  @DisplayName("a connection that breaks, and a store that says nothing, may be better next time")
  void nothing(Kind kind) {
    store.fault().set(kind, "");
    try (S3Backend hasty = store.open(SHORT)) {
      operations(hasty).forEach((name, call) -> assertRefused(Reason.TRANSIENT, call));
    }
  }

  @Test
  @DisplayName("a transfer that stops half-way is given up")
  void stalls() {
    try (S3Backend hasty = store.open(SHORT)) {
      store.fault().set(Kind.STALL, "GET");
      assertRefused(Reason.TRANSIENT, () -> hasty.readAll(FILE));
      store.fault().set(Kind.STALL_UPLOAD, "PUT");
      byte[] large = bytes(3, 20_000_000);
      assertRefused(Reason.TRANSIENT, () -> hasty.write(pack(large), ByteBuffer.wrap(large)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "write", "read", "readAll", "size", "list", "delete"})
  @DisplayName("who is interrupted while a store says nothing leaves it at once")
  void interrupted(String operation) throws Exception {
    store.fault().set(Kind.SILENT, "");
    var failure = new AtomicReference<Throwable>();
    Thread thread =
        Thread.ofPlatform()
            .start(() -> {
              try {
                operations(backend).get(operation).call();
              } catch (Throwable thrown) {
                failure.set(thrown);
              }
            });
    store.fault().awaitHeldUp();
    thread.interrupt();
    thread.join();
    assertThat(failure.get()).isInstanceOf(InterruptedIOException.class);
  }

  @Test
  @DisplayName("a file whose answer was lost is known again, and what was busy is asked again")
  void triedAgain() throws Exception {
    byte[] fresh = bytes(5, 5000);
    store.fault().set(Kind.LOST_ANSWER, "PUT");
    RetryListener clearing = (failure, failures, pause) -> store.fault().clear();
    try (var patient =
        new RetryingBackend(
            store.open(),
            new Backoff(5, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMinutes(1)),
            new Cancellation(),
            Waiter.real(),
            new Random(1),
            clearing)) {
      patient.write(pack(fresh), ByteBuffer.wrap(fresh));
      store.fault().set(503, "GET");
      assertThat(patient.readAll(pack(fresh))).isEqualTo(fresh);
    }
  }

  @Test
  @DisplayName("lists go on over pages, and pass over what is none of a vault")
  void pages() throws Exception {
    for (int i = 0; i < 7; i++) {
      byte[] content = bytes(100 + i, 10 + i);
      backend.write(pack(content), ByteBuffer.wrap(content));
    }
    String name = pack(CONTENT).id().orElseThrow().toString();
    for (String foreign :
        List.of("data/" + name, "data/zz/" + name, "data/ab/" + name, "data/a b\u0001&<", "dat")) {
      store.objects().put(FaultyStore.PREFIX + "/" + foreign, new byte[1]);
    }
    store.objects().put("data/" + name.substring(0, 2) + "/" + name, new byte[1]);
    assertThat(backend.list(FileType.PACK)).hasSize(8).doesNotHaveDuplicates();
    assertThat(backend.list(FileType.KEY)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html><body>please log in</body></html>",
        "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>",
        "<ListBucketResult><Contents><Key>a</Key></Contents></ListBucketResult>",
        "<ListBucketResult><Contents><Key>a</Key><Size>-1</Size></Contents></ListBucketResult>",
        "<ListBucketResult><IsTruncated>true</IsTruncated>"
            + "<NextContinuationToken>same</NextContinuationToken></ListBucketResult>",
        "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><ListBucketResult>&b;"
            + "</ListBucketResult>",
        "<ListBucketResult>"
      })
  @DisplayName("what is no whole list is never taken for an empty one")
  void noList(String answer) {
    store.list = answer;
    assertRefused(Reason.OTHER, () -> backend.list(FileType.PACK));
  }

  @Test
  @DisplayName("a list that goes round, or on for ever and says nothing, is given up")
  void endless() {
    store.endless = after -> after.equals("a") ? "b" : "a";
    assertRefused(Reason.OTHER, () -> backend.list(FileType.PACK));
    store.endless = after -> String.valueOf(after.isEmpty() ? 1 : Integer.parseInt(after) + 1);
    assertRefused(Reason.OTHER, () -> backend.list(FileType.PACK));
  }

  @Test
  @DisplayName("a store that passes over the condition keeps a config that is there")
  void conditionPassedOver() throws Exception {
    store.condition = FaultyStore.Condition.PASSED_OVER;
    backend.write(FileId.CONFIG, ByteBuffer.wrap(bytes(1, 10)));
    assertRefused(
        Reason.ALREADY_EXISTS, () -> backend.write(FileId.CONFIG, ByteBuffer.wrap(bytes(2, 10))));
    assertThat(backend.readAll(FileId.CONFIG)).isEqualTo(bytes(1, 10));
  }

  @Test
  @DisplayName("a store that refuses the condition is asked once, and then without, after looking")
  void conditionRefused() throws Exception {
    store.condition = FaultyStore.Condition.REFUSED;
    byte[] fresh = bytes(5, 5000);
    backend.write(pack(fresh), ByteBuffer.wrap(fresh));
    assertThat(backend.readAll(pack(fresh))).isEqualTo(fresh);
    int before = store.requests().size();
    assertRefused(Reason.ALREADY_EXISTS, () -> backend.write(pack(fresh), ByteBuffer.wrap(fresh)));
    assertThat(store.requests().subList(before, store.requests().size()))
        .singleElement()
        .asString()
        .startsWith("HEAD ");
  }

  @Test
  @DisplayName("content that arrives damaged is refused by the store, and sent again")
  void damagedOnTheWay() {
    FileId wrong = pack(bytes(6, 10));
    assertRefused(Reason.TRANSIENT, () -> backend.write(wrong, ByteBuffer.wrap(bytes(7, 10))));
    assertThat(store.objects()).hasSize(1);
  }
}
