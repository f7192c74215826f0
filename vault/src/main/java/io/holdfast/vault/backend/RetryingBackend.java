package io.holdfast.vault.backend;

import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.backend.BackendException.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Tries again what {@link Reason#isRetryable may} succeed a little later, as patiently as its
 * {@link Patience} says. The last failure is thrown, with the first one suppressed in it.
 *
 * <p>A cancellation ends pauses and calls at once: a call under way is interrupted. What has to be
 * done even then, such as the removal of a lock, is done through {@link #insistingUntil}: nobody
 * who cancels wants to wait until a storage that is away has come back.
 *
 * <p>When the answer to a write is lost, the file may be there already and the second try be told
 * {@code ALREADY_EXISTS}. That is success if what is there is what was to be written, to the byte,
 * and is a failure otherwise: of two who make a vault in one place at once, the one whose answer
 * was lost must not take the other's config for its own. A write that is told so at its first try
 * was not the one who wrote, so nothing is compared.
 *
 * <p>Not built upon Failsafe: its pauses cannot be ended by a cancellation, and neither its clock
 * nor its jitter can be replaced in tests.
 */
public final class RetryingBackend extends InterceptedBackend {
  private static final int COMPARED_AT_ONCE = 1 << 20;

  private final Patience patience;
  private final Cancellation cancellation;
  private final Waiter waiter;
  private final RandomGenerator random;
  private final RetryListener listener;
  private final boolean insisting;

  /** The same patience for all operations. */
  public RetryingBackend(
      Backend inner,
      Backoff backoff,
      Cancellation cancellation,
      Waiter waiter,
      RandomGenerator random,
      RetryListener listener) {
    this(inner, Patience.of(backoff), cancellation, waiter, random, listener);
  }

  /**
   * @param inner closed in the end
   * @param random spreads the pauses; used by one thread at a time
   */
  public RetryingBackend(
      Backend inner,
      Patience patience,
      Cancellation cancellation,
      Waiter waiter,
      RandomGenerator random,
      RetryListener listener) {
    this(inner, patience, cancellation, waiter, random, listener, false);
  }

  private RetryingBackend(
      Backend inner,
      Patience patience,
      Cancellation cancellation,
      Waiter waiter,
      RandomGenerator random,
      RetryListener listener,
      boolean insisting) {
    super(inner);
    this.patience = patience;
    this.cancellation = cancellation;
    this.waiter = waiter;
    this.random = random;
    this.listener = listener;
    this.insisting = insisting;
  }

  @Override
  public Backend under(Cancellation other) {
    return new RetryingBackend(inner(), patience, other, waiter, random, listener, false);
  }

  @Override
  public Backend insistingUntil(Cancellation other) {
    return new RetryingBackend(inner(), patience, other, waiter, random, listener, true);
  }

  @Override
  public void write(FileId file, ByteBuffer content) throws IOException {
    var write =
        new Call<@Nullable Void>() {
          private boolean again;

          @Override
          public @Nullable Void run() throws IOException {
            boolean mayBeOurs = again;
            again = true;
            try {
              inner().write(file, content);
            } catch (BackendException e) {
              if (e.reason() != Reason.ALREADY_EXISTS || !mayBeOurs || !isThere(file, content)) {
                throw e;
              }
            }
            return null;
          }
        };
    intercept(Operation.WRITE, file.toString(), write);
  }

  /**
   * @throws io.holdfast.engine.error.HoldfastException {@code CANCELLED} or {@code TIMEOUT}
   */
  @Override
  <T extends @Nullable Object> T intercept(Operation operation, String subject, Call<T> call)
      throws IOException {
    long began = waiter.nanoTime();
    BackendException first = null;
    for (int failures = 1; ; failures++) {
      try {
        return insisting ? call.run() : unlessCancelled(call);
      } catch (BackendException e) {
        first = first == null ? e : first;
        if (insisting && e.reason().isRetryable()) {
          cancellation.check();
        }
        Duration elapsed = Duration.ofNanos(waiter.nanoTime() - began);
        Optional<Duration> pause =
            e.reason().isRetryable() ? pause(operation, failures, elapsed) : Optional.empty();
        if (pause.isEmpty()) {
          if (first != e) {
            e.addSuppressed(first);
          }
          throw e;
        }
        listener.retrying(e, failures, pause.get());
        pause(operation, subject, pause.get());
      }
    }
  }

  private <T extends @Nullable Object> T unlessCancelled(Call<T> call) throws IOException {
    cancellation.check();
    var interrupter = new Interrupter();
    try (var listening = cancellation.onCancel(interrupter::strike)) {
      return call.run();
    } catch (InterruptedIOException e) {
      cancellation.check();
      throw e;
    } finally {
      interrupter.end();
    }
  }

  private Optional<Duration> pause(Operation operation, int failures, Duration elapsed) {
    synchronized (random) {
      return patience.of(operation).pause(failures, elapsed, random);
    }
  }

  private void pause(Operation operation, String subject, Duration time) throws IOException {
    try {
      waiter.pause(time, cancellation);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(operation.word() + " " + subject + ": interrupted");
    }
  }

  /** Whether the storage holds this very content; what may fail in that is tried again too. */
  private boolean isThere(FileId file, ByteBuffer content) throws IOException {
    if (size(file) != content.remaining()) {
      return false;
    }
    var stored = ByteBuffer.allocate(Math.min(content.remaining(), COMPARED_AT_ONCE));
    for (int at = 0; at < content.remaining(); at += stored.limit()) {
      stored.clear().limit(Math.min(stored.capacity(), content.remaining() - at));
      read(file, at, stored);
      if (!stored.flip().equals(content.slice(content.position() + at, stored.limit()))) {
        return false;
      }
    }
    return true;
  }
}
