package io.holdfast.vault.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.backend.BackendException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RetryingBackendTest {
  private static final byte[] CONTENT = bytes(1, 3_000_000);
  private static final FileId FILE = FileId.of(FileType.PACK, ContentId.of(CONTENT));
  private static final Backoff BACKOFF =
      new Backoff(5, Duration.ofSeconds(1), Duration.ofSeconds(100), Duration.ofHours(1));

  private final MemoryBackend.Storage storage = new MemoryBackend.Storage();
  private final Cancellation cancellation = new Cancellation();
  private final TestWaiter waiter = new TestWaiter();
  private final List<String> told = new ArrayList<>();

  private static byte[] bytes(long seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private RetryingBackend over(Backend inner) {
    return over(inner, waiter);
  }

  private RetryingBackend over(Backend inner, Waiter time) {
    return new RetryingBackend(
        inner,
        BACKOFF,
        cancellation,
        time,
        new Random(1),
        (failure, failures, pause) -> told.add(failures + " " + failure.getMessage()));
  }

  private RetryingBackend over(BackendFault fault) {
    return over(new FaultyBackend(new MemoryBackend(storage), fault));
  }

  private static void write(Backend backend) throws IOException {
    backend.write(FILE, ByteBuffer.wrap(CONTENT));
  }

  private static List<ThrowingCallable> operations(Backend backend) {
    byte[] fresh = bytes(7, 10);
    return List.of(
        backend::create,
        () -> backend.write(FileId.of(FileType.KEY, ContentId.of(fresh)), ByteBuffer.wrap(fresh)),
        () -> backend.read(FILE, 0, ByteBuffer.allocate(10)),
        () -> backend.readAll(FILE),
        () -> backend.size(FILE),
        () -> backend.exists(FILE),
        () -> backend.list(FileType.PACK),
        () -> backend.delete(FILE));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  @DisplayName("every operation that fails for the moment is tried again, and told of")
  void everyOperation(int number) throws Throwable {
    write(new MemoryBackend(storage));
    for (BackendFault fault :
        List.of(
            BackendFault.failBefore(1, Reason.TRANSIENT),
            BackendFault.failAfter(1, Reason.TRANSIENT))) {
      operations(over(fault)).get(number).call();
      storage.files().keySet().removeIf(file -> file.type() == FileType.KEY);
    }
    assertThat(told).hasSize(2).allMatch(failure -> failure.startsWith("1 "));
    assertThat(waiter.pauses()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TRANSIENT")
  @DisplayName("what will not get better is not tried again")
  void permanent(Reason reason) {
    for (ThrowingCallable call : operations(over(BackendFault.failBefore(1, reason).forGood()))) {
      if (reason != Reason.NOT_FOUND) {
        assertRefused(reason, call);
      }
    }
    assertThat(told).isEmpty();
    assertThat(waiter.pauses()).isEmpty();
  }

  @Test
  @DisplayName("it ends after the attempts that are allowed, with the last failure")
  void givesUp() {
    var faulty =
        new FaultyBackend(
            new MemoryBackend(storage), BackendFault.failBefore(1, Reason.TRANSIENT).forGood());
    assertThatThrownBy(() -> over(faulty).size(FILE))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("number 5")
        .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessageContaining("number 1"));
    assertThat(faulty.trace()).hasSize(5);
    assertThat(told).hasSize(4);
    Duration before = Duration.ZERO;
    for (Duration pause : waiter.pauses()) {
      assertThat(pause).isGreaterThan(before);
      before = pause;
    }
  }

  @Test
  @DisplayName("it ends when the time is up, however few attempts that were")
  void timeIsUp() {
    var slow =
        new FaultyBackend(
            new MemoryBackend(storage), BackendFault.failBefore(1, Reason.TRANSIENT).forGood());
    var backend =
        over(
            new InterceptedBackend(slow) {
              @Override
              <T> T intercept(Operation operation, String subject, Call<T> call)
                  throws IOException {
                waiter.pass(Duration.ofMinutes(25));
                return call.run();
              }
            });
    assertRefused(Reason.TRANSIENT, () -> backend.size(FILE));
    assertThat(slow.trace()).hasSize(3);
  }

  @Test
  @DisplayName("a read that is tried again begins at the buffer's position")
  void readAgain() throws IOException {
    write(new MemoryBackend(storage));
    var target = ByteBuffer.allocate(100).position(10);
    over(BackendFault.failBefore(1, Reason.TRANSIENT)).read(FILE, 5, target);
    assertThat(target.hasRemaining()).isFalse();
    assertThat(target.slice(10, 90)).isEqualTo(ByteBuffer.wrap(CONTENT, 5, 90));
  }

  @Test
  @DisplayName("a write whose answer was lost succeeds if what is there is what was to be written")
  void lostAnswer() throws IOException {
    write(over(BackendFault.failAfter(1, Reason.TRANSIENT)));
    assertThat(storage.files().get(FILE)).isEqualTo(CONTENT);
    assertThat(told).hasSize(1);
  }

  @Test
  @DisplayName("the same when comparing fails for the moment")
  void lostAnswerAndMore() throws IOException {
    for (int k = 2; k < 8; k++) {
      storage.files().clear();
      int second = k;
      var first =
          new FaultyBackend(
              new MemoryBackend(storage), BackendFault.failAfter(1, Reason.TRANSIENT));
      var both = new FaultyBackend(first, BackendFault.failBefore(second, Reason.TRANSIENT));
      write(over(both));
      assertThat(storage.files().get(FILE)).isEqualTo(CONTENT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"longer", "shorter", "first byte", "last byte", "empty"})
  @DisplayName(
      "it fails if something else is there: another's file must not be taken for one's own")
  void anothersFile(String difference) {
    byte[] other =
        switch (difference) {
          case "longer" -> Arrays.copyOf(CONTENT, CONTENT.length + 1);
          case "shorter" -> Arrays.copyOf(CONTENT, CONTENT.length - 1);
          case "empty" -> new byte[0];
          default -> CONTENT.clone();
        };
    if (difference.endsWith("byte")) {
      other[difference.startsWith("first") ? 0 : other.length - 1]++;
    }
    storage.files().put(FileId.CONFIG, other);
    var backend = over(BackendFault.failBefore(1, Reason.TRANSIENT));
    assertRefused(
        Reason.ALREADY_EXISTS, () -> backend.write(FileId.CONFIG, ByteBuffer.wrap(CONTENT)));
    assertThat(storage.files().get(FileId.CONFIG)).isEqualTo(other);
  }

  @Test
  @DisplayName("a name that is taken at the first try is refused, even if the content is the same")
  void takenAtFirst() throws IOException {
    write(new MemoryBackend(storage));
    var counting = new CountingBackend(new MemoryBackend(storage));
    assertRefused(Reason.ALREADY_EXISTS, () -> write(over(counting)));
    assertThat(counting.count(Operation.READ).calls()).isZero();
  }

  @Test
  @DisplayName("an empty file is compared too")
  void emptyFile() throws IOException {
    FileId empty = FileId.of(FileType.PACK, ContentId.of(new byte[0]));
    over(BackendFault.failAfter(1, Reason.TRANSIENT)).write(empty, ByteBuffer.allocate(0));
    assertThat(storage.files()).containsOnlyKeys(empty);
  }

  @Test
  @DisplayName("a dead process does not try again")
  void dead() {
    var backend = over(BackendFault.crashBefore(1));
    for (ThrowingCallable call : operations(backend)) {
      assertThatThrownBy(call).isInstanceOf(BackendCrash.class);
    }
    assertThat(waiter.pauses()).isEmpty();
  }

  private static void assertRefused(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            BackendException.class, e -> assertThat(e.reason()).as(e.toString()).isEqualTo(reason));
  }
}
