package io.holdfast.server.lifecycle;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The last value of something that is costly to find out, which many ask for. Who asks while it is
 * found out waits for it. Thread-safe.
 *
 * @param <K> what the value depends on besides time
 */
final class Remembered<K, V> {
  private final Duration kept;
  private final Clock clock;
  private @Nullable Value<K, V> last;

  private record Value<K, V>(K key, Instant since, V value) {}

  /**
   * @param kept how old a value may be
   */
  Remembered(Duration kept, Clock clock) {
    this.kept = kept;
    this.clock = clock;
  }

  /** The value that is remembered for this key, or else what is found out now. */
  synchronized V get(K key, Supplier<V> find) {
    Instant now = clock.instant();
    Value<K, V> known = last;
    if (known != null
        && known.key().equals(key)
        && !now.isBefore(known.since())
        && now.isBefore(known.since().plus(kept))) {
      return known.value();
    }
    V value = find.get();
    last = new Value<>(key, now, value);
    return value;
  }
}
