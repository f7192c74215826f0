package io.holdfast.server.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.server.state.SettingStore.Stored;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Settings that were changed while the server ran. */
interface SettingStoreContract extends StateFixture {
  @Test
  default void settingsAreStoredReplacedAndRemoved() {
    SettingStore settings = database().settings();
    assertThat(settings.all()).isEmpty();
    var first = new Stored("6", "admin", NOON);
    var second = new Stored("", "eve", NOON.plusSeconds(1));
    settings.put("schedule_hours", first);
    settings.put("enabled", first);
    settings.put("schedule_hours", second);
    assertThat(settings.all())
        .isEqualTo(Map.of("schedule_hours", second, "enabled", first))
        .isEqualTo(another().settings().all());
    assertThat(settings.remove("schedule_hours")).isTrue();
    assertThat(settings.remove("schedule_hours")).isFalse();
    assertThat(settings.all()).containsOnlyKeys("enabled");
    settings.putAll(Map.of());
    settings.putAll(Map.of("enabled", second, "compression", first));
    assertThat(settings.all()).isEqualTo(Map.of("enabled", second, "compression", first));
  }
}
