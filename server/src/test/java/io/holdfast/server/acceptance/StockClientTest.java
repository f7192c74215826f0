package io.holdfast.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.server.acceptance.ApiClient.Answer;
import io.holdfast.server.acceptance.OpenApi.Operation;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that knows nothing but the OpenAPI document can do all that there is to do. */
class StockClientTest {
  @TempDir Path root;
  private Brake brake;
  private LiveServer server;
  private final TreeSet<String> used = new TreeSet<>();

  @BeforeEach
  void start() throws Exception {
    LiveServer.platform(root);
    brake = new Brake(root);
    server = LiveServer.start(root, brake.in(LiveServer.configuration()));
  }

  @AfterEach
  void stop() throws Exception {
    brake.release();
    server.close();
    brake.close();
  }

  /** Calls an operation, which has to succeed. */
  private Answer call(String id, Map<String, String> values, String body) throws Exception {
    Operation operation = OpenApi.DOCUMENT.operation(id);
    StringBuilder query = new StringBuilder();
    String path = operation.template();
    for (var parameter : operation.parameters()) {
      String name = parameter.get("name").asString();
      String value = values.get(name);
      if (value != null) {
        String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
        switch (parameter.get("in").asString()) {
          case "path" -> path = path.replace("{" + name + "}", encoded);
          case "query" ->
              query.append(query.isEmpty() ? '?' : '&').append(name).append('=').append(encoded);
          default -> {}
        }
      }
    }
    HttpRequest.Builder request = server.plain(path + query);
    for (var parameter : operation.parameters()) {
      String value = values.get(parameter.get("name").asString());
      if (parameter.get("in").asString().equals("header") && value != null) {
        request.header(parameter.get("name").asString(), value);
      }
    }
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    request.method(
        operation.method(),
        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    Answer answer = server.send(request.build());
    assertThat(answer.status()).as("%s: %s", id, answer.text()).isBetween(200, 299);
    used.add(id);
    return answer;
  }

  private Answer call(String id) throws Exception {
    return call(id, Map.of(), "");
  }

  private static Map<String, String> id(String value) {
    return Map.of("id", value);
  }

  private static Map<String, String> key(String value) {
    return Map.of("Idempotency-Key", value);
  }

  @Test
  @DisplayName("every documented operation, in the order in which somebody would need them")
  void everything() throws Exception {
    backups();
    restores();
    administration();
    operations();
    var all = new TreeSet<String>();
    OpenApi.DOCUMENT.operations().forEach(operation -> all.add(operation.id()));
    assertThat(used).isEqualTo(all);
  }

  private void backups() throws Exception {
    call("listComponents");
    Answer made = call("createBackup", key("b1"), "{\"trigger\": \"pre_update\"}");
    String backup = made.string("backup_id");
    call("listBackups", Map.of("limit", "10"), "");
    assertThat(call("getBackup", id(backup), "").text()).isEqualTo(made.text());
    assertThat(call("validateBackup", id(backup), "").json()).containsEntry("ok", true);
    call("checkRepository", Map.of(), "{\"read_data\": true}");
    call("downloadArtifact", Map.of("id", backup, "component", "tree", "artifact", "files"), "");
    brake.arm();
    Answer begun =
        call("createBackup", Map.of("Idempotency-Key", "b2", "Prefer", "respond-async"), "");
    brake.awaitHeld();
    assertThat(call("getRunProgress", id(begun.string("run_id")), "").json())
        .containsKey("progress");
    call("cancelRun", id(begun.string("run_id")), "");
    brake.disarm();
    server.stream(server.request("/admin/runs/" + begun.string("run_id") + "/progress")).rest();
    assertThat(call("getRun", id(begun.string("run_id")), "").json())
        .containsEntry("status", "cancelled");
    call("listRuns");
  }

  private void restores() throws Exception {
    String backup = call("getBackup", id("latest"), "").string("backup_id");
    Files.writeString(root.resolve("live/tree/notes"), "second");
    String order = "{\"backup_id\": \"%s\", %s}";
    call("restoreBackup", key("r1"), order.formatted(backup, "\"dry_run\": true"));
    String place = "\"destination\": \"%s\"".formatted(root.resolve("look"));
    call("restoreBackup", key("r2"), order.formatted(backup, place));
    assertThat(root.resolve("live/tree/notes")).hasContent("second");
    Answer restored =
        call("restoreBackup", key("r3"), order.formatted(backup, "\"confirm\": true"));
    assertThat(root.resolve("live/tree/notes")).hasContent("first");
    call("getRestore", id(restored.string("run_id")), "");
    assertThat(call("listRestores").data()).hasSize(3);
    call("deleteBackup", id(restored.string("safety_backup_id")), "");
  }

  private void administration() throws Exception {
    Map<String, String> hours = Map.of("key", "schedule_hours");
    call("listSettings");
    call("putSetting", hours, "{\"value\": 12}");
    assertThat(call("getSetting", hours, "").json()).containsEntry("value", "12");
    call("resetSetting", hours, "");
    Answer token = call("createToken", Map.of(), "{\"name\": \"ci\", \"role\": \"viewer\"}");
    call("listTokens");
    call("revokeToken", id(token.string("id")), "");
    assertThat(call("listActs").data()).isNotEmpty();
  }

  private void operations() throws Exception {
    for (String id : List.of("getStatus", "getHealth", "getReady", "getMetrics", "getOpenApi")) {
      call(id);
    }
  }
}
