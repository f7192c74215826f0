package io.holdfast.server.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.server.event.EventName;
import io.holdfast.server.event.ServerEvent;
import io.holdfast.server.event.ServerEvents;
import io.holdfast.server.state.SettingStore;
import io.holdfast.server.state.SettingStore.Stored;
import io.holdfast.server.state.StateException;
import io.holdfast.testkit.fault.FaultFileLayer;
import io.holdfast.testkit.fault.FaultPlan;
import io.holdfast.testkit.fault.SimulatedCrash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MirroredSettingsTest {
  private static final Stored HUNDRED =
      new Stored("100", "ann", Instant.parse("2026-03-04T12:00:00Z"));
  private static final Stored SEVEN = new Stored("7", "bob", HUNDRED.changedAt());

  @TempDir Path state;

  private final Database database = new Database();
  private final FileLayer files = PosixFileLayer.create();
  private final ServerEvents events = new ServerEvents();
  private final List<ServerEvent> heard = new ArrayList<>();

  MirroredSettingsTest() {
    events.listen(heard::add);
  }

  /** A database that can be lost, and can fail. */
  private static final class Database implements SettingStore {
    private final Map<String, Stored> values = new TreeMap<>();
    private boolean fails;

    @Override
    public Map<String, Stored> all() {
      check();
      return Map.copyOf(values);
    }

    @Override
    public void put(String key, Stored value) {
      putAll(Map.of(key, value));
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
        throw new StateException("gone");
      }
    }
  }

  private MirroredSettings started() {
    return started(files);
  }

  private MirroredSettings started(FileLayer layer) {
    var settings =
        new MirroredSettings(database, new SettingsFile(layer, FilePath.of(state)), events);
    settings.begin();
    return settings;
  }

  private Map<String, Stored> file() throws IOException {
    return new SettingsFile(files, FilePath.of(state)).read();
  }

  @Test
  @DisplayName("a database without settings takes over those of the file, and that is told")
  void takenOver() throws Exception {
    MirroredSettings settings = started();
    assertThat(state.resolve("settings.json")).doesNotExist();
    settings.put("retention.max_count", HUNDRED);
    settings.put("schedule_hours", SEVEN);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(state.resolve("settings.json"))))
        .isEqualTo("rw-------");
    database.values.clear();
    assertThat(heard).isEmpty();
    assertThat(started().all())
        .isEqualTo(database.values)
        .isEqualTo(Map.of("retention.max_count", HUNDRED, "schedule_hours", SEVEN));
    assertThat(heard)
        .singleElement()
        .returns(EventName.SETTINGS_RECOVERED, ServerEvent::name)
        .satisfies(event -> assertThat(event.text()).contains("retention.max_count"));
  }

  @Test
  @DisplayName("what was reset does not come back with a new database")
  void reset() throws Exception {
    MirroredSettings settings = started();
    settings.put("retention.max_count", HUNDRED);
    assertThat(settings.remove("retention.max_count")).isTrue();
    assertThat(settings.remove("retention.max_count")).isFalse();
    assertThat(started().all()).isEmpty();
    assertThat(file()).isEmpty();
  }

  @Test
  @DisplayName("a database that holds settings decides, and the file follows it")
  void databaseDecides() throws Exception {
    started().put("retention.max_count", HUNDRED);
    database.values.clear();
    database.values.put("schedule_hours", SEVEN);
    assertThat(started().all()).isEqualTo(Map.of("schedule_hours", SEVEN)).isEqualTo(file());
    assertThat(heard).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}",
        "[]",
        "null",
        "{\"schema\":\"holdfast.stored-settings/1\",\"sha256\":\"00\",\"settings\":[]}",
        "{\"schema\":\"holdfast.stored-settings/1\",\"sha256\":\"00\",\"settings\":[null]}",
        "{\"schema\":\"holdfast.stored-settings/2\"}"
      })
  @DisplayName("a file that cannot be understood is a warning, and the next change mends it")
  void unreadable(String content) throws Exception {
    Files.writeString(state.resolve("settings.json"), content);
    MirroredSettings settings = started();
    assertThat(heard)
        .singleElement()
        .returns(EventName.SETTINGS_UNMIRRORED, ServerEvent::name)
        .returns(ServerEvent.Severity.WARNING, ServerEvent::severity)
        .satisfies(event -> assertThat(event.text()).contains("settings.json"));
    settings.put("schedule_hours", SEVEN);
    assertThat(file()).isEqualTo(Map.of("schedule_hours", SEVEN));
  }

  @Test
  @DisplayName("a value that was changed by hand is damage, and is not believed")
  void changedByHand() throws Exception {
    started().put("retention.max_count", HUNDRED);
    Path file = state.resolve("settings.json");
    Files.writeString(file, Files.readString(file).replace("100", "1"));
    assertThatThrownBy(this::file).hasMessageContaining("damaged");
    assertThat(started().all()).containsEntry("retention.max_count", HUNDRED);
    assertThat(file()).isEqualTo(database.values);
  }

  @Test
  @DisplayName("where the file cannot be written, the database is not changed either")
  void full() throws Exception {
    var layer = new FaultFileLayer(files, FaultPlan.fullAfter(600));
    MirroredSettings settings = started(layer);
    settings.put("retention.max_count", HUNDRED);
    settings.put("retention.max_count", HUNDRED);
    Map<String, Stored> before = Map.copyOf(database.values);
    assertThatThrownBy(() -> settings.put("schedule_hours", SEVEN))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("schedule_hours");
    assertThatThrownBy(() -> settings.remove("retention.max_count"))
        .isInstanceOf(StateException.class);
    assertThat(database.values).isEqualTo(before).isEqualTo(file());
  }

  @Test
  @DisplayName("what the database refuses does not stay in the file")
  void refused() throws Exception {
    MirroredSettings settings = started();
    settings.put("retention.max_count", HUNDRED);
    database.fails = true;
    assertThatThrownBy(() -> settings.put("schedule_hours", SEVEN))
        .isInstanceOf(StateException.class);
    assertThatThrownBy(() -> settings.remove("retention.max_count"))
        .isInstanceOf(StateException.class);
    assertThat(file()).isEqualTo(Map.of("retention.max_count", HUNDRED));
    assertThat(state.toFile().list()).containsExactly("settings.json");
  }

  @Test
  @DisplayName("until the database answers, what the file has counts")
  void unanswered() {
    started().put("retention.max_count", HUNDRED);
    database.fails = true;
    MirroredSettings settings = started();
    assertThat(settings.all()).containsEntry("retention.max_count", HUNDRED);
    assertThat(heard).singleElement().returns(EventName.STATE_FAILED, ServerEvent::name);
    // It turns out to be a new one.
    database.fails = false;
    database.values.clear();
    assertThat(settings.all()).containsEntry("retention.max_count", HUNDRED);
    settings.put("schedule_hours", SEVEN);
    assertThat(database.values).containsOnlyKeys("retention.max_count", "schedule_hours");
  }

  @Test
  @Tag("P1")
  @DisplayName("killed at any instruction, database and file agree from the next start on")
  void killed() throws Exception {
    boolean struck = true;
    for (int k = 1; struck; k++) {
      for (boolean lost : new boolean[] {false, true}) {
        struck = killed(k, lost);
      }
    }
  }

  private boolean killed(int k, boolean lost) throws IOException {
    Files.deleteIfExists(state.resolve("settings.json"));
    database.values.clear();
    MirroredSettings settings = started();
    settings.put("retention.max_count", HUNDRED);
    settings.put("enabled", SEVEN);
    var layer = new FaultFileLayer(files, FaultPlan.crashBefore(k));
    boolean removed = false;
    try {
      MirroredSettings doomed =
          new MirroredSettings(database, new SettingsFile(layer, FilePath.of(state)), events);
      doomed.remove("enabled");
      removed = true;
      doomed.put("schedule_hours", SEVEN);
    } catch (SimulatedCrash expected) {
      // As planned.
    }
    if (lost) {
      database.values.clear();
    }
    Map<String, Stored> after = started().all();
    assertThat(after).as("killed at %d", k).containsEntry("retention.max_count", HUNDRED);
    assertThat(after).isEqualTo(database.values).isEqualTo(file());
    if (removed) {
      assertThat(after).doesNotContainKey("enabled");
    }
    return layer.struck();
  }

  @Test
  @DisplayName("a file that only could not get its name is told, and mended by the next start")
  void unnamed() throws Exception {
    MirroredSettings first = started();
    first.put("retention.max_count", HUNDRED);
    var counting = new FaultFileLayer(files, FaultPlan.none());
    new MirroredSettings(database, new SettingsFile(counting, FilePath.of(state)), events)
        .put("retention.max_count", HUNDRED);
    int rename = 1 + counting.trace().stream().map(o -> o.name()).toList().indexOf("rename");
    var layer = new FaultFileLayer(files, FaultPlan.failBefore(rename, Reason.INPUT_OUTPUT));
    new MirroredSettings(database, new SettingsFile(layer, FilePath.of(state)), events)
        .put("schedule_hours", SEVEN);
    assertThat(heard).singleElement().returns(EventName.SETTINGS_UNMIRRORED, ServerEvent::name);
    assertThat(file()).isNotEqualTo(database.values);
    started();
    assertThat(file()).isEqualTo(database.values);
  }
}
