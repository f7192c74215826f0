package io.holdfast.promises;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.Cli;
import io.holdfast.cli.Cli.Result;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.example.platform.Databases;
import io.holdfast.server.Holdfast;
import io.holdfast.testkit.tree.TreeSnapshot;
import io.holdfast.vault.restic.ResticProgram;
import io.holdfast.vault.s3.MockStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example platform in a vault on disk, in a bucket, and at another Holdfast. */
@Tag("P11")
class ThreePlacesTest {
  private static final String PASSWORD = "of a test";

  /** Of what the agents remember. */
  private static final String SPARSE = "vectors.idx";

  @TempDir Path root;

  private final FileLayer files = PosixFileLayer.create();
  private Path home;
  private Cli cli;
  private io.holdfast.example.platform.Platform platform;

  @BeforeEach
  void make() throws Exception {
    ResticProgram.assumeInstalled();
    home = Files.createDirectory(root.resolve("home"));
    platform = io.holdfast.example.platform.Platform.create(home, files);
    Files.writeString(home.resolve("password"), PASSWORD);
    cli = new Cli(home);
  }

  /**
   * Protects the platform, loses it, brings it back, and has restic do the same.
   *
   * @param backup what the configuration says of the repository
   * @param address of the same vault, as restic takes it
   */
  private void protect(String backup, String address, Map<String, String> environment)
      throws Exception {
    String yaml = Files.readString(platform.holdfastYaml());
    Files.writeString(
        platform.holdfastYaml(),
        yaml.replaceFirst("(?s)backup:\n.*?\n\n", "backup: {" + backup + "}\n\n"));
    environment.forEach(cli::set);
    var rows = Databases.read(platform.database());
    TreeSnapshot memory = look(platform.memory());
    TreeSnapshot checkpoints = look(platform.checkpoints());
    run("backup");
    run("backup");
    run("repository", "check");

    for (String lost : new String[] {"data", "memory", "checkpoints", "configuration"}) {
      FileTrees.deleteTree(files, FilePath.of(home.resolve(lost)));
    }
    run("restore", "latest", "--confirm");

    assertThat(Databases.read(platform.database()).differences(rows)).isEmpty();
    assertThat(look(platform.memory())).isEqualTo(memory);
    assertThat(look(platform.checkpoints())).isEqualTo(checkpoints);

    var restic =
        new ResticProgram(
            Files.createDirectory(root.resolve("restic")),
            PASSWORD.getBytes(UTF_8),
            address,
            environment);
    restic.run("check", "--read-data");
    Path out = root.resolve("out");
    restic.run("restore", "latest", "--tag", "trigger:manual", "--target", out.toString());
    assertThat(Databases.read(out.resolve("database/platform.db")).differences(rows)).isEmpty();
    assertThat(withoutHoles(out.resolve("memory/files")))
        .isEqualTo(withoutHoles(platform.memory()));
    assertThat(out.resolve("memory/files").resolve(SPARSE))
        .hasSameBinaryContentAs(platform.memory().resolve(SPARSE));
    assertThat(look(out.resolve("checkpoints/files"))).isEqualTo(checkpoints);
  }

  private void run(String... command) {
    Result result = cli.run(command);
    assertThat(result.exit())
        .as(() -> String.join(" ", command) + ": " + result.out() + result.err())
        .isZero();
  }

  private TreeSnapshot look(Path tree) throws IOException {
    return TreeSnapshot.of(files, FilePath.of(tree), path -> true);
  }

  /** restic keeps none. */
  private TreeSnapshot withoutHoles(Path tree) throws IOException {
    return TreeSnapshot.of(files, FilePath.of(tree), path -> !path.toString().equals(SPARSE));
  }

  @Test
  @DisplayName("on disk")
  void onDisk() throws Exception {
    Path vault = root.resolve("vault");
    protect(
        "repository: vault, path: " + vault + ", password_file: password",
        vault.toString(),
        Map.of());
  }

  @Test
  @DisplayName("in a bucket of a store that speaks S3")
  void inBucket() throws Exception {
    try (MockStore store = new MockStore(MockStore.directory(root))) {
      String address = store.url("platform");
      protect(
          "repository: vault, url: '" + address + "', password_file: password, state: state",
          address,
          Map.of("AWS_ACCESS_KEY_ID", "any", "AWS_SECRET_ACCESS_KEY", "any"));
    }
  }

  @Test
  @DisplayName("at another Holdfast, with a token that cannot delete")
  void atAnotherHoldfast() throws Exception {
    Path other = Files.createDirectories(root.resolve("other"));
    Files.createDirectory(other.resolve("targets"));
    Path configuration =
        Files.writeString(
            other.resolve("holdfast.yaml"),
            """
            backup: {path: repository, on_startup: false, on_shutdown: false}
            server: {port: 0, target: {path: targets}}
            components: {configuration: {kind: file, path: holdfast.yaml}}
            """);
    try (Holdfast target =
        Holdfast.builder().configuration(configuration).identity("test", "test").http().start()) {
      URI address = target.address().orElseThrow();
      String token = token(address, other.resolve("repository/.state/admin-token"));
      Files.writeString(home.resolve("token"), token);
      String url = "rest:" + address.resolve("/targets/platform/");
      protect(
          "repository: vault, url: '"
              + url
              + "', storage: {token_file: token}, password_file: password, state: state",
          url.replace("://", "://platform:" + token + "@"),
          Map.of());
      Files.writeString(
          platform.holdfastYaml(),
          Files.readString(platform.holdfastYaml())
              .replace("state: state", "state: state, retention: {max_count: 1}"));

      Result kept = cli.run("backup", "--json");

      // The storage lets nobody delete: whoever reads what became of the run is told.
      assertThat(kept.exit()).isZero();
      assertThat(kept.json().get("warnings").toString())
          .contains("retention could not remove", "more could not be removed");
    }
  }

  private static String token(URI server, Path admin) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      String answer =
          client
              .send(
                  HttpRequest.newBuilder(server.resolve("/api/v1/admin/tokens"))
                      .header("Authorization", "Bearer " + Files.readString(admin).strip())
                      .header("Content-Type", "application/json")
                      .POST(
                          BodyPublishers.ofString(
                              "{\"name\": \"p\", \"role\": \"target\", \"target\": \"platform\"}"))
                      .build(),
                  BodyHandlers.ofString())
              .body();
      return answer.replaceAll("(?s).*\"token\":\"([^\"]+)\".*", "$1");
    }
  }
}
