package io.holdfast.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.server.acceptance.ApiClient.Answer;
import io.holdfast.testkit.tree.TreeSnapshot;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.DriverManager;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Artifacts that are carried away. */
class ArtifactsAcceptanceTest {
  @TempDir Path root;
  private LiveServer server;

  @BeforeEach
  void platform() throws Exception {
    LiveServer.platform(root);
    Path tree = root.resolve("live/tree");
    Files.createDirectories(tree.resolve("empty"));
    Files.write(tree.resolve("large"), new byte[3 << 20]);
    Files.createFile(tree.resolve("nothing"));
    Files.createSymbolicLink(tree.resolve("link"), Path.of("notes"));
    Files.createLink(tree.resolve("twin"), tree.resolve("notes"));
    Files.writeString(tree.resolve("ünï cödé"), "named");
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + root.resolve("live/app.db"));
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (a TEXT)");
      statement.execute("INSERT INTO t VALUES ('kept')");
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void start(String compression) throws Exception {
    server =
        LiveServer.start(
            root,
            LiveServer.configuration("compression: " + compression)
                + "  db: {kind: sqlite, path: live/app.db}\n");
  }

  private static String artifact(Answer backup, String component, String name) {
    return "/admin/backups/%s/artifacts/%s/%s"
        .formatted(backup.string("backup_id"), component, name);
  }

  /** The first artifact of a component. */
  @SuppressWarnings("unchecked")
  private static Map<String, Object> first(Answer backup, String component) {
    var components = (List<Map<String, Object>>) backup.json().get("components");
    return components.stream()
        .filter(c -> component.equals(c.get("name")))
        .flatMap(c -> ((List<Map<String, Object>>) c.get("artifacts")).stream())
        .findFirst()
        .orElseThrow();
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "gzip", "zstd"})
  @DisplayName("a file comes as it is, a tree as a tar that equals it")
  void download(String compression) throws Exception {
    start(compression);
    Answer backup = server.backup();
    Map<String, Object> database = first(backup, "db");
    HttpResponse<byte[]> file =
        server.download(artifact(backup, "db", String.valueOf(database.get("name"))));
    assertThat(file.headers().firstValue("Content-Type")).contains("application/octet-stream");
    assertThat(file.headers().firstValueAsLong("Content-Length")).hasValue(file.body().length);
    assertThat(sha256(file.body())).isEqualTo(database.get("sha256"));
    Map<String, Object> tree = first(backup, "tree");
    HttpResponse<byte[]> tar =
        server.download(artifact(backup, "tree", String.valueOf(tree.get("name"))));
    assertThat(tar.headers().firstValue("Content-Type")).contains("application/x-tar");
    assertThat(tar.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"%s.tar\"".formatted(tree.get("name")));
    Path unpacked = Files.createDirectory(root.resolve("unpacked"));
    unpack(tar.body(), unpacked);
    assertThat(tree(unpacked.resolve(String.valueOf(tree.get("name")))))
        .isEqualTo(tree(root.resolve("live/tree")));
  }

  private static void unpack(byte[] tar, Path into) throws Exception {
    Process process =
        new ProcessBuilder("tar", "-x", "-p", "-C", into.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var out = process.getOutputStream()) {
      out.write(tar);
    }
    assertThat(process.waitFor()).isZero();
  }

  private static TreeSnapshot tree(Path path) throws IOException {
    return TreeSnapshot.of(PosixFileLayer.create(), FilePath.of(path));
  }

  @Test
  @DisplayName("HEAD tells the length of a file without its bytes")
  void head() throws Exception {
    start("none");
    Answer backup = server.backup();
    Map<String, Object> database = first(backup, "db");
    HttpRequest request =
        server
            .request(artifact(backup, "db", String.valueOf(database.get("name"))))
            .method("HEAD", BodyPublishers.noBody())
            .build();
    Answer answer = server.send(request);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Length"))
        .isEqualTo(String.valueOf(database.get("size_bytes")));
    assertThat(answer.text()).isEmpty();
  }

  @Test
  @DisplayName("what the backup does not hold is not there, whatever it is called")
  void unknown() throws Exception {
    start("none");
    Answer backup = server.backup();
    for (String path :
        List.of(
            artifact(backup, "db", "none"),
            artifact(backup, "none", "app.db"),
            artifact(backup, "tree", "notes"),
            artifact(backup, "db", "..%2f..%2f..%2fmanifest.json"),
            artifact(backup, "..", "manifest.json"))) {
      assertThat(server.get(path).status()).as(path).isEqualTo(404);
    }
  }

  @Test
  @Tag("P5")
  @DisplayName("P5: of a file that is damaged, no whole download is ever had")
  void damaged() throws Exception {
    start("none");
    Answer backup = server.backup();
    String name = String.valueOf(first(backup, "tree").get("name"));
    Damage.oneByte(root.resolve("repository/completed"), "named");
    assertThatThrownBy(() -> server.download(artifact(backup, "tree", name)))
        .isInstanceOf(IOException.class);
    assertThat(server.get("/admin/status").status()).isEqualTo(200);
  }

  @Test
  @DisplayName("of a backup whose manifest is damaged, nothing is handed out")
  void damagedManifest() throws Exception {
    start("none");
    Answer backup = server.backup();
    String name = String.valueOf(first(backup, "db").get("name"));
    try (var all = Files.list(root.resolve("repository/completed"))) {
      Files.writeString(all.findFirst().orElseThrow().resolve("manifest.json"), "{}");
    }
    Answer refused = server.get(artifact(backup, "db", name));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json()).containsEntry("reason", "MANIFEST_CORRUPT");
  }
}
