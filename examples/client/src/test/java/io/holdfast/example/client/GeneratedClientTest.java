package io.holdfast.example.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import io.holdfast.example.client.generated.ApiClient;
import io.holdfast.example.client.generated.ApiException;
import io.holdfast.example.client.generated.api.AuditApi;
import io.holdfast.example.client.generated.api.BackupsApi;
import io.holdfast.example.client.generated.api.ComponentsApi;
import io.holdfast.example.client.generated.api.OperationsApi;
import io.holdfast.example.client.generated.api.RepositoryApi;
import io.holdfast.example.client.generated.api.RestoresApi;
import io.holdfast.example.client.generated.api.RunsApi;
import io.holdfast.example.client.generated.api.SettingsApi;
import io.holdfast.example.client.generated.api.TokensApi;
import io.holdfast.example.client.generated.model.Backup;
import io.holdfast.example.client.generated.model.BackupOrder;
import io.holdfast.example.client.generated.model.CheckOrder;
import io.holdfast.example.client.generated.model.RestoreAnswer;
import io.holdfast.example.client.generated.model.RestoreOrder;
import io.holdfast.example.client.generated.model.Role;
import io.holdfast.example.client.generated.model.SettingChange;
import io.holdfast.example.client.generated.model.SettingChangeValue;
import io.holdfast.example.client.generated.model.SettingKey;
import io.holdfast.example.client.generated.model.TokenOrder;
import io.holdfast.server.Holdfast;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A generated client can do everything that the command line can. */
class GeneratedClientTest {
  @TempDir Path root;
  private Holdfast holdfast;
  private ApiClient client;

  @BeforeEach
  void start() throws Exception {
    Files.createDirectories(root.resolve("live/tree"));
    Files.writeString(root.resolve("live/tree/notes"), "first");
    Path file = root.resolve("holdfast.yaml");
    Files.writeString(
        file,
        """
        backup: {path: repository, on_startup: false, on_shutdown: false}
        server: {port: 0}
        components:
          tree: {kind: directory, path: live/tree}
        """);
    holdfast = Holdfast.builder().configuration(file).identity("example", "client").http().start();
    client = new ApiClient();
    String address = holdfast.address().orElseThrow().toString();
    client.setBasePath(
        address.endsWith("/") ? address.substring(0, address.length() - 1) : address);
    client.setBearerToken(Files.readString(root.resolve("repository/.state/admin-token")).strip());
  }

  @AfterEach
  void stop() {
    client.getHttpClient().connectionPool().evictAll();
    client.getHttpClient().dispatcher().executorService().shutdown();
    holdfast.close();
  }

  @Test
  @DisplayName("back up, look, validate, check, download, delete")
  void backups() throws Exception {
    var backups = new BackupsApi(client);

    Backup first = backups.createBackup("k1", null, null, null);
    Backup second =
        backups.createBackup(
            "k2",
            null,
            null,
            new BackupOrder()
                .components(List.of("tree"))
                .trigger(BackupOrder.TriggerEnum.PRE_UPDATE));

    assertThat(first.getStatus().getValue()).isEqualTo("completed");
    assertThat(second.getTrigger().getValue()).isEqualTo("pre_update");
    assertThat(backups.createBackup("k1", null, null, null)).isEqualTo(first);
    assertThat(backups.listBackups(1, null, null).getData()).hasSize(1);
    String cursor = backups.listBackups(1, null, null).getPagination().getNextCursor();
    assertThat(backups.listBackups(1, cursor, null).getData().getFirst().getRunId())
        .isEqualTo(first.getRunId());
    assertThat(backups.getBackup(first.getBackupId(), null)).isEqualTo(first);
    assertThat(backups.validateBackup(first.getRunId(), null).getOk()).isTrue();
    assertThat(
            new RepositoryApi(client)
                .checkRepository(null, new CheckOrder().readData(true))
                .getOk())
        .isTrue();
    var artifact = first.getComponents().getFirst().getArtifacts().getFirst();
    File tar = backups.downloadArtifact(first.getRunId(), "tree", artifact.getName(), null);
    assertThat(Files.readString(tar.toPath(), java.nio.charset.StandardCharsets.ISO_8859_1))
        .contains(artifact.getName() + "/notes", "first", "ustar");
    Files.delete(tar.toPath());
    backups.deleteBackup(first.getRunId(), null);
    assertThatThrownBy(() -> backups.getBackup(first.getRunId(), null))
        .isInstanceOfSatisfying(
            ApiException.class,
            missing -> {
              assertThat(missing.getCode()).isEqualTo(404);
              assertThat(
                      JsonParser.parseString(missing.getResponseBody())
                          .getAsJsonObject()
                          .get("error_code")
                          .getAsString())
                  .isEqualTo("RECORD_NOT_FOUND");
            });
  }

  @Test
  @DisplayName("plan a restore, restore elsewhere, restore, look at runs and restores")
  void restores() throws Exception {
    var restores = new RestoresApi(client);
    Backup backup = new BackupsApi(client).createBackup("k1", null, null, null);
    Path notes = root.resolve("live/tree/notes");
    Files.writeString(notes, "second");

    RestoreAnswer plan =
        restores.restoreBackup(
            "k2", new RestoreOrder().backupId(backup.getBackupId()).dryRun(true), null, null);
    assertThat(plan.getRestore().getDryRun()).isTrue();
    assertThat(notes).hasContent("second");
    restores.restoreBackup(
        "k3",
        new RestoreOrder()
            .backupId(backup.getBackupId())
            .destination(root.resolve("elsewhere").toString()),
        null,
        null);
    assertThat(notes).hasContent("second");
    RestoreAnswer restored =
        restores.restoreBackup(
            "k4", new RestoreOrder().backupId(backup.getBackupId()).confirm(true), null, null);

    assertThat(notes).hasContent("first");
    assertThat(restored.getRestoredComponents()).containsExactly("tree");
    assertThat(restores.listRestores(5, null, null).getData()).hasSize(3);
    assertThat(restores.getRestore(restored.getRunId(), null).getRunId())
        .isEqualTo(restored.getRunId());
    var runs = new RunsApi(client);
    assertThat(runs.listRuns(50, null, null).getData()).isNotEmpty();
    assertThat(runs.getRun(backup.getRunId(), null).getStatus().getValue()).isEqualTo("completed");
    assertThat(runs.getRunProgress(backup.getRunId(), null).getRunId())
        .isEqualTo(backup.getRunId());
  }

  @Test
  @DisplayName("settings, tokens, the audit record, components, status, health, metrics")
  void administration() throws Exception {
    var settings = new SettingsApi(client);
    assertThat(settings.listSettings(null).getData()).isNotEmpty();
    settings.putSetting(
        SettingKey.SCHEDULE_HOURS, new SettingChange().value(new SettingChangeValue(12)), null);
    assertThat(settings.getSetting(SettingKey.SCHEDULE_HOURS, null).getValue()).isEqualTo("12");
    settings.resetSetting(SettingKey.SCHEDULE_HOURS, null);
    var tokens = new TokensApi(client);
    var made = tokens.createToken(new TokenOrder().name("ci").role(Role.VIEWER), null);
    assertThat(made.getToken()).isNotBlank();
    assertThat(tokens.listTokens(null).getData()).hasSize(2);
    tokens.revokeToken(made.getId(), null);
    assertThat(new AuditApi(client).listActs(3, null, null).getData()).hasSize(3);
    assertThat(new ComponentsApi(client).listComponents(null).getComponents()).hasSize(1);
    var operations = new OperationsApi(client);
    assertThat(operations.getStatus(null)).isNotNull();
    assertThat(operations.getReady(null)).isNotNull();
    assertThat(operations.getHealth(null)).isNotNull();
    assertThat(operations.getMetrics(null)).contains("# TYPE holdfast_");
  }
}
