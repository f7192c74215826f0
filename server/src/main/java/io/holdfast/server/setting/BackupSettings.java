package io.holdfast.server.setting;

import io.holdfast.engine.configuration.Problem;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.retention.RetentionPolicy;
import io.holdfast.server.setting.SettingValue.Source;
import io.holdfast.server.state.SettingStore;
import io.holdfast.server.state.StateException;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The settings in force. They are asked for at use time, so that a change needs no restart; the
 * scheduler listens. While the state database does not answer, what was last read of it stays in
 * force. Thread-safe.
 */
public final class BackupSettings {
  private final SettingStore store;
  private final UnaryOperator<@Nullable String> environment;
  private final Map<SettingKey, String> written;
  private final Clock clock;
  private final PlaceJudge places;
  private final List<Consumer<SettingKey>> listeners = new CopyOnWriteArrayList<>();
  private final AtomicLong turns = new AtomicLong();
  private volatile Known known = new Known(0, Map.of());

  /**
   * What the database last said.
   *
   * @param turn when it was asked, so that a late answer does not undo a change that came after the
   *     question
   */
  private record Known(long turn, Map<String, SettingStore.Stored> values) {}

  /**
   * @param environment the value of a variable, or null
   * @param written what the configuration file says
   * @param places judges the setting {@code path}
   */
  public BackupSettings(
      SettingStore store,
      UnaryOperator<@Nullable String> environment,
      Map<SettingKey, String> written,
      Clock clock,
      PlaceJudge places) {
    this.store = store;
    this.environment = environment;
    this.written = Map.copyOf(written);
    this.clock = clock;
    this.places = places;
  }

  /** Tells of every change, on the thread that makes it, after it is in force. */
  public void onChange(Consumer<SettingKey> listener) {
    listeners.add(listener);
  }

  /**
   * Variables of the environment that are set and not allowed; they are passed over.
   *
   * @return a sentence for each
   */
  public List<String> environmentProblems() {
    return Arrays.stream(SettingKey.values())
        .filter(key -> environment.apply(key.variable()) != null)
        .filter(key -> fromEnvironment(key).isEmpty())
        .map(key -> key.variable() + " is passed over: allowed is " + key.form().allowed())
        .toList();
  }

  public List<SettingValue> all() {
    Map<String, SettingStore.Stored> stored = stored();
    return Arrays.stream(SettingKey.values()).map(key -> value(key, stored)).toList();
  }

  public SettingValue get(SettingKey key) {
    return value(key, stored());
  }

  /**
   * Stores a value.
   *
   * @throws HoldfastException {@code VALUE_REFUSED} if it is not allowed; the old one stays in
   *     force
   * @throws StateException if it cannot be stored; the old one stays in force
   */
  public SettingValue put(SettingKey key, String text, String actor) {
    String value =
        key.form()
            .canonical(text)
            .orElseThrow(() -> refused(key, text, "allowed is " + key.form().allowed()));
    if (key == SettingKey.PATH) {
      try {
        places.check(value);
      } catch (HoldfastException wrong) {
        throw refused(key, text, wrong.message());
      }
    }
    var stored = new SettingStore.Stored(value, actor, clock.instant());
    store.put(key.key(), stored);
    remember(values -> values.put(key.key(), stored));
    return changed(key);
  }

  private static HoldfastException refused(SettingKey key, String text, String why) {
    return new HoldfastException(
            ErrorCode.VALUE_REFUSED,
            "the setting backup." + key.key() + " cannot be " + Problem.quoted(text) + "; " + why,
            "The old value stays in force.")
        .with("setting", "backup." + key.key());
  }

  /**
   * Forgets the stored value, so that the environment, the file or the default counts again.
   *
   * @throws StateException if that cannot be stored
   */
  public SettingValue reset(SettingKey key) {
    store.remove(key.key());
    remember(values -> values.remove(key.key()));
    return changed(key);
  }

  public boolean flag(SettingKey key) {
    return Boolean.parseBoolean(get(key).value());
  }

  public int number(SettingKey key) {
    return Integer.parseInt(get(key).value());
  }

  public Compression compression() {
    return Compression.ofWord(get(SettingKey.COMPRESSION).value()).orElse(Compression.ZSTD);
  }

  public RetentionPolicy retention() {
    Map<String, SettingStore.Stored> stored = stored();
    return new RetentionPolicy(
        number(SettingKey.MAX_COUNT, stored),
        number(SettingKey.MAX_AGE_DAYS, stored),
        number(SettingKey.KEEP_DAILY, stored),
        number(SettingKey.KEEP_WEEKLY, stored),
        number(SettingKey.KEEP_MONTHLY, stored),
        number(SettingKey.KEEP_YEARLY, stored));
  }

  private int number(SettingKey key, Map<String, SettingStore.Stored> stored) {
    return Integer.parseInt(value(key, stored).value());
  }

  private SettingValue changed(SettingKey key) {
    SettingValue value = get(key);
    listeners.forEach(listener -> listener.accept(key));
    return value;
  }

  private SettingValue value(SettingKey key, Map<String, SettingStore.Stored> stored) {
    SettingStore.Stored changed = stored.get(key.key());
    if (changed != null) {
      Optional<String> value = key.form().canonical(changed.value());
      if (value.isPresent()) {
        return new SettingValue(
            key,
            value.get(),
            Source.STORED,
            isPending(key, value.get()),
            Optional.of(changed.changedAt()),
            Optional.of(changed.actor()));
      }
    }
    Optional<String> outside = fromEnvironment(key);
    if (outside.isPresent()) {
      return unchanged(key, outside.get(), Source.ENVIRONMENT);
    }
    String inFile = written.get(key);
    return inFile != null
        ? unchanged(key, inFile, Source.FILE)
        : unchanged(key, key.otherwise(), Source.DEFAULT);
  }

  private SettingValue unchanged(SettingKey key, String value, Source source) {
    return new SettingValue(
        key, value, source, isPending(key, value), Optional.empty(), Optional.empty());
  }

  /** Only the path does not count at once; where nobody names one, the repository needs none. */
  private boolean isPending(SettingKey key, String value) {
    return key == SettingKey.PATH && !value.isEmpty() && !places.isInUse(value);
  }

  private Optional<String> fromEnvironment(SettingKey key) {
    return Optional.ofNullable(environment.apply(key.variable()))
        .flatMap(text -> key.form().canonical(text.strip()));
  }

  /** Not by way of the field: another thread may put there what it asked for earlier. */
  private Map<String, SettingStore.Stored> stored() {
    long turn = turns.incrementAndGet();
    try {
      Map<String, SettingStore.Stored> values = store.all();
      remember(turn, values);
      return values;
    } catch (StateException unanswered) {
      // What was last read stays in force; whoever looks at the database's health tells of it.
      return known.values();
    }
  }

  /** A change is known from here on, even if the database no longer answers. */
  private synchronized void remember(Consumer<Map<String, SettingStore.Stored>> change) {
    var values = new HashMap<>(known.values());
    change.accept(values);
    remember(turns.incrementAndGet(), values);
  }

  private synchronized void remember(long turn, Map<String, SettingStore.Stored> values) {
    if (turn > known.turn()) {
      known = new Known(turn, Map.copyOf(values));
    }
  }
}
