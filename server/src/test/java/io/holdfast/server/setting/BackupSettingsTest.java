package io.holdfast.server.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.repository.Compression;
import io.holdfast.server.setting.SettingValue.Source;
import io.holdfast.server.state.SettingStore;
import io.holdfast.server.state.StateException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BackupSettingsTest {
  private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

  private final Store store = new Store();
  private final Map<String, String> environment = new HashMap<>();
  private final Map<SettingKey, String> file = new HashMap<>();

  private final PlaceJudge places =
      new PlaceJudge() {
        @Override
        public void check(String path) {
          if (path.startsWith("/component")) {
            throw new HoldfastException(ErrorCode.CONFIGURATION_INVALID, "in a component", "");
          }
        }

        @Override
        public boolean isInUse(String path) {
          return path.equals("/backups");
        }
      };

  /** A store that can be made to fail. */
  private static final class Store implements SettingStore {
    private final Map<String, Stored> values = new HashMap<>();
    private boolean fails;
    private boolean failsAfterAChange;

    /** Runs between the question and the answer, once. */
    private volatile Runnable meanwhile = () -> {};

    @Override
    public Map<String, Stored> all() {
      check();
      Map<String, Stored> answer = Map.copyOf(values);
      Runnable first = meanwhile;
      meanwhile = () -> {};
      first.run();
      return answer;
    }

    @Override
    public void put(String key, Stored value) {
      check();
      values.put(key, value);
      fails = failsAfterAChange;
    }

    @Override
    public void putAll(Map<String, Stored> all) {
      check();
      values.putAll(all);
    }

    @Override
    public boolean remove(String key) {
      check();
      return values.remove(key) != null;
    }

    private void check() {
      if (fails) {
        throw new StateException("gone", new IllegalStateException());
      }
    }
  }

  @Test
  @DisplayName("stored goes before environment, that before the file, that before the default")
  void precedence() {
    assertThat(settings().get(SettingKey.SCHEDULE_HOURS))
        .returns("6", SettingValue::value)
        .returns(Source.DEFAULT, SettingValue::source);
    file.put(SettingKey.SCHEDULE_HOURS, "7");
    assertThat(settings().get(SettingKey.SCHEDULE_HOURS))
        .returns("7", SettingValue::value)
        .returns(Source.FILE, SettingValue::source);
    environment.put("HOLDFAST_BACKUP_SCHEDULE_HOURS", "8");
    assertThat(settings().get(SettingKey.SCHEDULE_HOURS))
        .returns("8", SettingValue::value)
        .returns(Source.ENVIRONMENT, SettingValue::source);
    BackupSettings settings = settings();
    assertThat(settings.put(SettingKey.SCHEDULE_HOURS, "9", "ann"))
        .returns("9", SettingValue::value)
        .returns(Source.STORED, SettingValue::source)
        .returns("ann", value -> value.changedBy().orElseThrow());
    assertThat(settings().get(SettingKey.SCHEDULE_HOURS).value()).isEqualTo("9");
    assertThat(settings.reset(SettingKey.SCHEDULE_HOURS).value()).isEqualTo("8");
  }

  @ParameterizedTest
  @CsvSource({
    "SCHEDULE_HOURS, 0",
    "SCHEDULE_HOURS, 169",
    "SCHEDULE_HOURS, -1",
    "SCHEDULE_HOURS, 1.5",
    "SCHEDULE_HOURS, 99999999999999999999",
    "ENABLED, yes",
    "COMPRESSION, lz4",
    "SCHEDULE_CRON, every day",
    "SCHEDULE_CRON, 61 * * * *",
    "SCHEDULE_ZONE, Atlantis",
    "MAX_COUNT, 1001",
    "MAX_AGE_DAYS, 3651"
  })
  @DisplayName("a value that is not allowed is refused, and the old one stays in force")
  void refused(SettingKey key, String text) {
    BackupSettings settings = settings();
    String before = settings.get(key).value();
    assertThatThrownBy(() -> settings.put(key, text, "ann"))
        .isInstanceOfSatisfying(
            HoldfastException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.VALUE_REFUSED);
              assertThat(e.message()).contains(key.form().allowed());
            });
    assertThat(settings.get(key).value()).isEqualTo(before);
    assertThat(store.values).isEmpty();
  }

  @Test
  @DisplayName(
      "a path that backups must not lie in is refused; one that does not count yet says so")
  void path() {
    file.put(SettingKey.PATH, "/backups");
    BackupSettings settings = settings();
    assertThat(settings.get(SettingKey.PATH).restartRequired()).isFalse();
    assertThatThrownBy(() -> settings.put(SettingKey.PATH, "/component/a", "ann"))
        .isInstanceOfSatisfying(
            HoldfastException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.VALUE_REFUSED);
              assertThat(e.message()).contains("/component/a", "in a component");
            });
    assertThat(settings.put(SettingKey.PATH, "/other", "ann").restartRequired()).isTrue();
    assertThat(settings.reset(SettingKey.PATH).restartRequired()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(SettingKey.class)
  @DisplayName("every default is allowed, but for the path, which has none")
  void defaults(SettingKey key) {
    assertThat(key.form().canonical(key.otherwise()).isPresent()).isEqualTo(key != SettingKey.PATH);
    assertThat(SettingKey.of(key.key())).contains(key);
  }

  @Test
  @DisplayName("listeners hear of a change after it is in force, and not of one that was refused")
  void listeners() {
    BackupSettings settings = settings();
    List<String> heard = new ArrayList<>();
    settings.onChange(key -> heard.add(key + "=" + settings.get(key).value()));
    settings.put(SettingKey.ENABLED, "false", "ann");
    assertThatThrownBy(() -> settings.put(SettingKey.ENABLED, "perhaps", "ann"))
        .isInstanceOf(HoldfastException.class);
    settings.reset(SettingKey.ENABLED);
    assertThat(heard).containsExactly("ENABLED=false", "ENABLED=true");
  }

  @Test
  @DisplayName("while the database does not answer, what was last read of it stays in force")
  void databaseGone() {
    BackupSettings settings = settings();
    settings.put(SettingKey.COMPRESSION, "gzip", "ann");
    store.fails = true;
    assertThat(settings.compression()).isEqualTo(Compression.GZIP);
    assertThatThrownBy(() -> settings.put(SettingKey.COMPRESSION, "none", "ann"))
        .isInstanceOf(StateException.class);
    assertThat(settings.compression()).isEqualTo(Compression.GZIP);
  }

  @Test
  @DisplayName("an answer that comes late does not undo a change that was made meanwhile")
  void lateAnswer() {
    BackupSettings settings = settings();
    List<Integer> heard = new ArrayList<>();
    settings.onChange(key -> heard.add(settings.number(key)));
    store.meanwhile = () -> settings.put(SettingKey.SCHEDULE_HOURS, "9", "ann");
    settings.all();
    store.fails = true;
    assertThat(settings.number(SettingKey.SCHEDULE_HOURS)).isEqualTo(9);
    assertThat(heard).containsExactly(9);
  }

  @Test
  @DisplayName("a change is in force even if the database goes away right after it")
  void goneAfterAChange() {
    BackupSettings settings = settings();
    settings.put(SettingKey.COMPRESSION, "gzip", "ann");
    List<String> heard = new ArrayList<>();
    settings.onChange(key -> heard.add(settings.get(key).value()));
    store.failsAfterAChange = true;
    settings.put(SettingKey.SCHEDULE_HOURS, "9", "ann");
    assertThat(heard).containsExactly("9");
    assertThat(settings.compression()).isEqualTo(Compression.GZIP);
  }

  @Test
  @DisplayName("a stored or environment value that makes no sense is passed over")
  void nonsense() {
    store.put("schedule_hours", new SettingStore.Stored("often", "somebody", NOON));
    environment.put("HOLDFAST_BACKUP_MAX_COUNT", "3");
    environment.put("HOLDFAST_BACKUP_ENABLED", "perhaps");
    assertThat(settings().number(SettingKey.SCHEDULE_HOURS)).isEqualTo(6);
    assertThat(settings().flag(SettingKey.ENABLED)).isTrue();
    assertThat(settings().environmentProblems())
        .singleElement()
        .asString()
        .contains("HOLDFAST_BACKUP_ENABLED")
        .doesNotContain("perhaps");
  }

  private BackupSettings settings() {
    return new BackupSettings(
        store, environment::get, file, Clock.fixed(NOON, ZoneOffset.UTC), places);
  }
}
