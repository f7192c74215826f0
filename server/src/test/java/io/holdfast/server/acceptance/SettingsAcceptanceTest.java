package io.holdfast.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.installation.Automation;
import io.holdfast.server.Holdfast;
import io.holdfast.server.HoldfastBuilder;
import io.holdfast.server.acceptance.ApiClient.Answer;
import io.holdfast.server.event.EventName;
import io.holdfast.server.event.ServerEvent;
import io.holdfast.server.setting.SettingKey;
import io.holdfast.server.setting.SettingValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that are changed while the server runs. */
class SettingsAcceptanceTest {
  private static final String SETTINGS = "/settings/backup";
  private static final Automation QUIET =
      new Automation(
          false,
          Duration.ofHours(6),
          Optional.empty(),
          ZoneOffset.UTC,
          Duration.ZERO,
          false,
          false,
          false,
          Duration.ofSeconds(10));

  @TempDir Path root;

  @BeforeEach
  void platform() throws Exception {
    LiveServer.platform(root);
  }

  private static Answer put(ApiClient server, String key, String value) throws Exception {
    return server.put(SETTINGS + "/" + key, "{\"value\": " + value + "}");
  }

  private static Map<String, Object> schedule(LiveServer server) throws Exception {
    return server.get("/admin/status").object("schedule");
  }

  @Test
  @DisplayName(
      "a setting says where its value comes from: the default, the file, or whoever stored it")
  void source() throws Exception {
    try (LiveServer server =
        LiveServer.start(root, LiveServer.configuration("schedule_hours: 12"))) {
      assertThat(server.get(SETTINGS + "/schedule_hours").json())
          .containsEntry("key", "backup.schedule_hours")
          .containsEntry("value", "12")
          .containsEntry("source", "file")
          .containsEntry("default", "6")
          .containsEntry("restart_required", false)
          .doesNotContainKeys("changed_at", "changed_by");
      assertThat(server.get(SETTINGS + "/schedule_zone").json())
          .containsEntry("source", "default")
          .containsEntry("value", "UTC");
      assertThat(put(server, "schedule_zone", "\"Z\"").json()).containsEntry("value", "UTC");
      Answer stored = put(server, "schedule_hours", "24");
      assertThat(stored.json())
          .containsEntry("value", "24")
          .containsEntry("source", "stored")
          .containsEntry("changed_by", "admin")
          .containsKey("changed_at");
      assertThat(server.get(SETTINGS + "/schedule_hours").json()).isEqualTo(stored.json());
      assertThat(server.delete(SETTINGS + "/schedule_hours").json())
          .containsEntry("value", "12")
          .containsEntry("source", "file");
      assertThat(server.get(SETTINGS).data())
          .extracting(setting -> String.valueOf(setting.get("key")).substring("backup.".length()))
          .containsExactlyElementsOf(
              Contract.schema("SettingKey")
                  .get("enum")
                  .valueStream()
                  .map(k -> k.asString())
                  .toList());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "schedule_hours | 0",
        "schedule_hours | 169",
        "schedule_hours | -1",
        "schedule_hours | \"\"",
        "schedule_hours | \"six\"",
        "schedule_hours | true",
        "schedule_hours | 99999999999999999999",
        "schedule_cron | \"61 * * * *\"",
        "schedule_cron | \"every day\"",
        "schedule_zone | \"Mars/Olympus\"",
        "enabled | \"yes\"",
        "enabled | 1",
        "compression | \"bzip2\"",
        "on_startup | 0",
        "retention.max_count | 1001",
        "retention.max_age_days | 3651",
        "retention.keep_daily | -1",
        "path | \"\"",
        "path | \"/a\\u0000b\"",
        "path | \"/a\\nb\"",
        "path | \"/a\\u001b[2Jb\"",
        "path | \"/etc/passwd\"",
        "path | \"/etc\"",
        "path | \"/proc/x\"",
        "path | \"/dev/null\"",
        "path | \"/dev/null/x\"",
        "path | \"s3://evil\"",
        "path | 5",
        "path | \"relative/../../../x\""
      })
  @DisplayName("a value that is not allowed is refused, and the old one stays in force")
  void refused(String key, String value) throws Exception {
    try (LiveServer server = LiveServer.start(root, LiveServer.configuration())) {
      String before = server.get(SETTINGS + "/" + key).text();
      Answer refused = put(server, key, value);
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.json())
          .containsEntry("error_code", "VALIDATION_ERROR")
          .containsEntry("reason", "VALUE_REFUSED");
      assertThat(server.get(SETTINGS + "/" + key).text()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "schedule_hours | 1 | 1",
        "schedule_hours | 168 | 168",
        "schedule_hours | \"7\" | 7",
        "compression | true | zstd",
        "compression | false | none",
        "compression | \"gzip\" | gzip",
        "enabled | \"false\" | false",
        "retention.max_count | 0 | 0",
        "schedule_cron | \"0 3 * * *\" | 0 3 * * *"
      })
  @DisplayName("texts, numbers and truths are taken, and told in one form")
  void taken(String key, String value, String form) throws Exception {
    try (LiveServer server = LiveServer.start(root, LiveServer.configuration())) {
      assertThat(put(server, key, value).json()).containsEntry("value", form);
    }
  }

  @Test
  @DisplayName("enabled starts and stops the schedule, and backups on demand go on")
  void enabled() throws Exception {
    try (LiveServer server = LiveServer.start(root, LiveServer.configuration())) {
      assertThat(schedule(server)).containsEntry("enabled", true).containsKey("next");
      put(server, "enabled", "false");
      assertThat(schedule(server)).containsEntry("enabled", false).doesNotContainKey("next");
      assertThat(server.get("/admin/status").object("health").toString()).contains("disabled");
      assertThat(server.backup().status()).isEqualTo(201);
      put(server, "enabled", "false");
      put(server, "enabled", "true");
      put(server, "enabled", "true");
      assertThat(schedule(server)).containsEntry("enabled", true).containsKey("next");
      assertThat(server.get("/admin/backups").data()).hasSize(1);
    }
  }

  @Test
  @DisplayName("the schedule is changed at once, and that never runs a backup by itself")
  void schedule() throws Exception {
    var clock = new SteppingClock();
    try (LiveServer server =
        LiveServer.start(root, LiveServer.configuration(), b -> b.clock(clock))) {
      clock.advance(Duration.ofHours(5));
      put(server, "schedule_hours", "1");
      Instant next = Instant.parse(String.valueOf(schedule(server).get("next")));
      assertThat(next).isAfter(clock.instant()).isBefore(clock.instant().plus(Duration.ofHours(1)));
      put(server, "schedule_cron", "\"0 3 * * *\"");
      put(server, "schedule_zone", "\"Europe/Vienna\"");
      assertThat(schedule(server)).containsEntry("rule", "0 3 * * * in Europe/Vienna");
      server.delete(SETTINGS + "/schedule_cron");
      assertThat(schedule(server)).containsEntry("rule", "every hour");
      assertThat(server.get("/admin/runs").data()).isEmpty();
    }
  }

  @Test
  @DisplayName("of an interval and a cron expression, the one of the stronger source counts")
  void intervalOverCron() throws Exception {
    String configuration = LiveServer.configuration("schedule_cron: 0 3 * * *");
    try (LiveServer server = LiveServer.start(root, configuration)) {
      assertThat(schedule(server)).containsEntry("rule", "0 3 * * * in UTC");
      put(server, "schedule_hours", "2");
      assertThat(schedule(server)).containsEntry("rule", "every 2 hours");
      put(server, "schedule_cron", "\"0 4 * * *\"");
      assertThat(schedule(server)).containsEntry("rule", "0 4 * * * in UTC");
      server.delete(SETTINGS + "/schedule_hours");
      server.delete(SETTINGS + "/schedule_cron");
      assertThat(schedule(server)).containsEntry("rule", "0 3 * * * in UTC");
      put(server, "schedule_cron", "\"\"");
      assertThat(schedule(server)).containsEntry("rule", "every 6 hours");
    }
  }

  @Test
  @DisplayName("compression and retention are read when a backup is made")
  void readAtUseTime() throws Exception {
    try (LiveServer server = LiveServer.start(root, LiveServer.configuration())) {
      put(server, "compression", "\"gzip\"");
      assertThat(server.backup().json()).containsEntry("compression", "gzip");
      assertThat(server.post("/admin/backups", "{\"compression\": \"none\"}").json())
          .containsEntry("compression", "none");
      put(server, "retention.max_count", "1");
      String last = server.backup().string("backup_id");
      assertThat(server.get("/admin/backups").data())
          .singleElement()
          .satisfies(backup -> assertThat(backup).containsEntry("backup_id", last));
    }
  }

  private long backupsIn(String directory) throws IOException {
    Path completed = root.resolve(directory).resolve("completed");
    if (!Files.exists(completed)) {
      return 0;
    }
    try (Stream<Path> made = Files.list(completed)) {
      return made.count();
    }
  }

  @Test
  @DisplayName("what was stored outlives a restart; a path counts from the next start, and says so")
  void kept() throws Exception {
    try (LiveServer server = LiveServer.start(root, LiveServer.configuration())) {
      put(server, "retention.keep_weekly", "8");
      assertThat(server.get(SETTINGS + "/path").json()).containsEntry("restart_required", false);
      assertThat(put(server, "path", "\"" + root.resolve("elsewhere") + "\"").json())
          .containsEntry("restart_required", true);
      assertThat(server.backup().status()).isEqualTo(201);
      assertThat(backupsIn("repository")).isEqualTo(1);
    }
    try (LiveServer server = LiveServer.start(root, LiveServer.configuration())) {
      assertThat(server.get(SETTINGS + "/retention.keep_weekly").json())
          .containsEntry("value", "8")
          .containsEntry("source", "stored");
      assertThat(server.get(SETTINGS + "/path").json())
          .containsEntry("value", root.resolve("elsewhere").toString())
          .containsEntry("source", "stored")
          .containsEntry("restart_required", false);
      assertThat(server.events())
          .filteredOn(event -> event.name() == EventName.REPOSITORY_ELSEWHERE)
          .singleElement()
          .returns(ServerEvent.Severity.WARNING, ServerEvent::severity)
          .satisfies(event ->
              assertThat(event.text())
                  .contains(
                      root.resolve("elsewhere") + " by", root.resolve("repository") + " until"));
      assertThat(server.get("/admin/backups").data()).isEmpty();
      String id = server.backup().string("backup_id");
      assertThat(backupsIn("elsewhere")).isEqualTo(1);
      assertThat(backupsIn("repository")).isEqualTo(1);
      Files.writeString(root.resolve("live/tree/notes"), "second");
      assertThat(
              server.restore("{\"backup_id\": \"%s\", \"confirm\": true}".formatted(id)).status())
          .isEqualTo(201);
      assertThat(root.resolve("live/tree/notes")).hasContent("first");
      // Locks, journals and the state database stay where commands look for them.
      assertThat(root.resolve("repository/.state/server.db")).exists();
      assertThat(root.resolve("elsewhere/.state/server.db")).doesNotExist();
      assertThat(server.delete(SETTINGS + "/path").json()).containsEntry("restart_required", true);
    }
    try (LiveServer server = LiveServer.start(root, LiveServer.configuration())) {
      assertThat(server.get("/admin/backups").data()).hasSize(1);
    }
  }

  @Test
  @DisplayName("the path of the environment counts, and one that is stored goes before it")
  void pathOfTheEnvironment() throws Exception {
    Map<String, String> variables =
        Map.of("HOLDFAST_BACKUP_PATH", root.resolve("by-variable").toString());
    try (var server = ServerProcess.start(root, LiveServer.configuration(), variables);
        ApiClient client = server.client()) {
      assertThat(client.get(SETTINGS + "/path").json())
          .containsEntry("source", "environment")
          .containsEntry("restart_required", false);
      assertThat(client.backup().status()).isEqualTo(201);
      assertThat(backupsIn("by-variable")).isEqualTo(1);
      assertThat(put(client, "path", "\"" + root.resolve("stored") + "\"").json())
          .containsEntry("restart_required", true);
    }
    try (var server = ServerProcess.start(root, LiveServer.configuration(), variables);
        ApiClient client = server.client()) {
      assertThat(client.backup().status()).isEqualTo(201);
      assertThat(backupsIn("stored")).isEqualTo(1);
      assertThat(backupsIn("by-variable")).isEqualTo(1);
      assertThat(backupsIn("repository")).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "live/tree/backups",
        "live/tree",
        "live",
        "repository/.state",
        "repository/.state/x",
        "repository/completed",
        "repository/none/x",
        "link/x",
        "full",
        "file",
        "file/x",
        "dangling"
      })
  @DisplayName(
      "a path that breaks a rule is refused, and one that broke it meanwhile is not followed")
  void pathRefused(String place) throws Exception {
    Files.createDirectories(root.resolve("full"));
    Files.writeString(root.resolve("full/thesis"), "mine");
    Files.writeString(root.resolve("file"), "mine");
    Files.createSymbolicLink(root.resolve("link"), root.resolve("repository/completed"));
    Files.createSymbolicLink(root.resolve("dangling"), root.resolve("nowhere/at/all"));
    String path = root.resolve(place).toString();
    try (LiveServer server = LiveServer.start(root, LiveServer.configuration())) {
      assertThat(put(server, "path", "\"" + path + "\"").status()).isEqualTo(422);
      assertThat(server.get(SETTINGS + "/path").json()).containsEntry("source", "file");
    }
    Map<String, String> variables = Map.of("HOLDFAST_BACKUP_PATH", path);
    try (var server = ServerProcess.launch(root, LiveServer.configuration(), variables)) {
      assertThat(server.awaitLine("event server.setting.refused"))
          .contains("backups stay in " + root.resolve("repository"), "(environment)");
      server.awaitLine("listening ");
    }
  }

  @Test
  @DisplayName("a stored path that cannot be used any more gives way to that of the configuration")
  void pathThatWentBad() throws Exception {
    Path elsewhere = root.resolve("elsewhere");
    try (LiveServer server = LiveServer.start(root, LiveServer.configuration())) {
      assertThat(put(server, "path", "\"" + elsewhere + "\"").status()).isEqualTo(200);
      // Looking whether it can be made leaves nothing behind.
      assertThat(elsewhere).doesNotExist();
    }
    Files.writeString(elsewhere, "in the way");
    try (LiveServer server = LiveServer.start(root, LiveServer.configuration())) {
      assertThat(server.events())
          .filteredOn(event -> event.name() == EventName.SETTING_REFUSED)
          .singleElement()
          .returns(ServerEvent.Severity.ERROR, ServerEvent::severity)
          .satisfies(event ->
              assertThat(event.text())
                  .contains("backups stay in " + root.resolve("repository"), "is no directory"));
      assertThat(server.get(SETTINGS + "/path").json()).containsEntry("restart_required", true);
      assertThat(server.backup().status()).isEqualTo(201);
      assertThat(backupsIn("repository")).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("an application's repository gives way to a stored path too, which must be absolute")
  void pathInCode() throws Exception {
    HoldfastBuilder builder = inCode();
    try (Holdfast holdfast = builder.start()) {
      assertThat(holdfast.settings().get(SettingKey.PATH))
          .returns(root.resolve("repository").toString(), SettingValue::value)
          .returns(false, SettingValue::restartRequired);
      assertThatThrownBy(() -> holdfast.settings().put(SettingKey.PATH, "relative", "ann"))
          .hasMessageContaining("an absolute path");
      assertThat(
              holdfast
                  .settings()
                  .put(SettingKey.PATH, root.resolve("elsewhere").toString(), "ann")
                  .restartRequired())
          .isTrue();
    }
    try (Holdfast holdfast = inCode().start()) {
      holdfast.backup();
      assertThat(backupsIn("elsewhere")).isEqualTo(1);
      assertThat(backupsIn("repository")).isZero();
    }
  }

  private HoldfastBuilder inCode() {
    return Holdfast.builder()
        .repository(root.resolve("repository"))
        .automation(QUIET)
        .component("tree", "directory", Map.of("path", root.resolve("live/tree").toString()));
  }

  @Test
  @DisplayName("the environment goes before the file, and what is stored before both")
  void environment() throws Exception {
    Map<String, String> variables =
        Map.of("HOLDFAST_BACKUP_SCHEDULE_HOURS", "48", "HOLDFAST_BACKUP_COMPRESSION", "lzma");
    String configuration = LiveServer.configuration("schedule_hours: 12");
    try (var server = ServerProcess.start(root, configuration, variables);
        ApiClient client = server.client()) {
      assertThat(client.get(SETTINGS + "/schedule_hours").json())
          .containsEntry("value", "48")
          .containsEntry("source", "environment");
      assertThat(put(client, "schedule_hours", "3").json())
          .containsEntry("value", "3")
          .containsEntry("source", "stored");
      assertThat(client.delete(SETTINGS + "/schedule_hours").json())
          .containsEntry("source", "environment");
      // What the environment says there is not allowed, and is passed over.
      assertThat(client.get(SETTINGS + "/compression").json()).containsEntry("source", "default");
    }
  }
}
