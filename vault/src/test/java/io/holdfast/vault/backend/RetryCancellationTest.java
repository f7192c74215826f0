package io.holdfast.vault.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.backend.BackendException.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the wish to end, or an interruption, ends what is tried again and again. */
@Timeout(60)
class RetryCancellationTest {
  private static final byte[] CONTENT = new byte[1000];
  private static final FileId FILE = FileId.of(FileType.PACK, ContentId.of(CONTENT));
  private static final Backoff BACKOFF =
      new Backoff(5, Duration.ofSeconds(1), Duration.ofSeconds(100), Duration.ofHours(1));

  private final MemoryBackend.Storage storage = new MemoryBackend.Storage();
  private final Cancellation cancellation = new Cancellation();
  private final TestWaiter waiter = new TestWaiter();

  private RetryingBackend over(Backend inner) {
    return over(inner, waiter);
  }

  private RetryingBackend over(Backend inner, Waiter time) {
    return new RetryingBackend(
        inner, BACKOFF, cancellation, time, new Random(1), RetryListener.none());
  }

  private RetryingBackend over(BackendFault fault) {
    return over(new FaultyBackend(new MemoryBackend(storage), fault));
  }

  private static List<ThrowingCallable> operations(Backend backend) {
    byte[] fresh = new byte[10];
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

  @Test
  @DisplayName("once cancelled, nothing is asked of the storage")
  void cancelledBefore() {
    var faulty = new FaultyBackend(new MemoryBackend(storage), BackendFault.none());
    cancellation.cancel(Cancellation.Reason.CANCELLED);
    for (ThrowingCallable call : operations(over(faulty))) {
      assertCancelled(call);
    }
    assertThat(faulty.trace()).isEmpty();
  }

  @Test
  @DisplayName("a cancellation between two tries ends them")
  void cancelledBetween() {
    var faulty =
        new FaultyBackend(
            new MemoryBackend(storage), BackendFault.failBefore(1, Reason.TRANSIENT).forGood());
    var backend =
        over(
            faulty,
            new Waiter() {
              @Override
              public long nanoTime() {
                return 0;
              }

              @Override
              public void pause(Duration time, Cancellation wish) {
                wish.cancel(Cancellation.Reason.TIMEOUT);
              }
            });
    assertThatThrownBy(() -> backend.size(FILE))
        .isInstanceOfSatisfying(
            HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT));
    assertThat(faulty.trace()).hasSize(1);
  }

  @Test
  @DisplayName("the real waiter ends a pause of hours as soon as it is cancelled")
  void cancelledPause() throws Exception {
    var began = new CountDownLatch(1);
    var backend =
        over(
            new FaultyBackend(
                new MemoryBackend(storage), BackendFault.failBefore(1, Reason.TRANSIENT).forGood()),
            new Waiter() {
              @Override
              public long nanoTime() {
                return 0;
              }

              @Override
              public void pause(Duration time, Cancellation wish) throws InterruptedException {
                began.countDown();
                Waiter.real().pause(Duration.ofHours(10), wish);
              }
            });
    var thrown = new AtomicReference<Throwable>();
    var thread = inThread(() -> backend.size(FILE), thrown);
    began.await();
    cancellation.cancel(Cancellation.Reason.CANCELLED);
    thread.join();
    assertThat(thrown.get()).isInstanceOf(HoldfastException.class);
  }

  @Test
  @DisplayName("an interruption ends a pause, and the thread stays interrupted")
  void interruptedPause() {
    var backend = over(BackendFault.failBefore(1, Reason.TRANSIENT).forGood());
    var interrupting =
        new RetryingBackend(
            backend.inner(),
            BACKOFF,
            cancellation,
            waiter,
            new Random(),
            (failure, failures, pause) -> Thread.currentThread().interrupt());
    assertThatThrownBy(() -> interrupting.size(FILE)).isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  /** A storage that never answers, and says when it is asked. */
  private static final class Deaf extends InterceptedBackend {
    private final CountDownLatch asked = new CountDownLatch(1);

    Deaf() {
      super(new MemoryBackend());
    }

    @Override
    <T> T intercept(Operation operation, String subject, Call<T> call) throws IOException {
      asked.countDown();
      try {
        new CountDownLatch(1).await();
        throw new AssertionError();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      }
    }
  }

  private Thread inThread(ThrowingCallable call, AtomicReference<Throwable> thrown) {
    return Thread.ofPlatform()
        .start(() -> {
          try {
            call.call();
          } catch (Throwable failure) {
            thrown.set(failure);
          }
          if (Thread.currentThread().isInterrupted()) {
            thrown.get().addSuppressed(new IllegalStateException("still interrupted"));
          }
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  @DisplayName("a call that is under way ends at once, and its thread is free for other work")
  void cancelledUnderWay(int number) throws Exception {
    var deaf = new Deaf();
    var thrown = new AtomicReference<Throwable>();
    var thread = inThread(operations(over(deaf)).get(number), thrown);
    deaf.asked.await();
    cancellation.cancel(Cancellation.Reason.CANCELLED);
    thread.join();
    assertThat(thrown.get()).isInstanceOf(HoldfastException.class).hasNoSuppressedExceptions();
  }

  @Test
  @DisplayName("an interruption by others is no cancellation")
  void interruptedUnderWay() throws Exception {
    var deaf = new Deaf();
    var thrown = new AtomicReference<Throwable>();
    var thread = inThread(operations(over(deaf)).get(4), thrown);
    deaf.asked.await();
    thread.interrupt();
    thread.join();
    assertThat(thrown.get()).isInstanceOf(InterruptedIOException.class);
    assertThat(thrown.get().getSuppressed()).hasSize(1);
  }

  @Test
  @DisplayName("who insists tries again until it is cancelled, once more, and then gives up")
  void insistsUntilCancelled() {
    var faulty =
        new FaultyBackend(
            new MemoryBackend(storage), BackendFault.failBefore(1, Reason.TRANSIENT).forGood());
    var pauses = new AtomicInteger();
    var backend =
        over(
                faulty,
                new Waiter() {
                  @Override
                  public long nanoTime() {
                    return 0;
                  }

                  @Override
                  public void pause(Duration time, Cancellation wish) {
                    if (pauses.incrementAndGet() == 3) {
                      wish.cancel(Cancellation.Reason.CANCELLED);
                    }
                  }
                })
            .insistingUntil(cancellation);

    assertCancelled(() -> backend.delete(FILE));
    assertThat(faulty.trace()).hasSize(4);
    assertCancelled(() -> backend.delete(FILE));
    assertThat(faulty.trace()).hasSize(5);
    assertThat(pauses).hasValue(3);
  }

  @Test
  @DisplayName("who insists is served after it was cancelled, and told what is wrong for good")
  void insistsAfterCancelled() throws IOException {
    var inner = new MemoryBackend(storage);
    inner.create();
    inner.write(FILE, ByteBuffer.wrap(CONTENT));
    cancellation.cancel(Cancellation.Reason.CANCELLED);

    var backend = over(inner).insistingUntil(cancellation);

    assertThat(backend.size(FILE)).isEqualTo(CONTENT.length);
    backend.delete(FILE);
    assertThatThrownBy(() -> backend.size(FILE))
        .isInstanceOfSatisfying(
            BackendException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND));
    assertCancelled(() -> backend.under(cancellation).size(FILE));
  }

  private static void assertCancelled(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
  }
}
