package io.holdfast.cli;

import io.holdfast.cli.log.ServerLog;
import io.holdfast.cli.terminal.Surroundings;
import io.holdfast.engine.file.FilePath;
import io.holdfast.server.Holdfast;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.Writer;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The run from which the JVM learns what a start needs: it fills the class cache that the launcher
 * uses.
 *
 * <p>It runs the commands that people wait for, in one process and in a temporary directory, and
 * shows nothing. What it does not run still works, only without the cache's help; so nothing here
 * needs to succeed.
 */
final class StartUpTraining {

  private static final List<String> COMMANDS =
      List.of(
          "--version",
          "--help",
          "restore --help",
          "--no-such-option",
          "backup",
          "backup --compression none --json",
          "backup list",
          "backup list --json",
          "backup show",
          "backup validate",
          "repository check",
          "component list",
          "doctor",
          "restore latest --dry-run",
          "restore latest --confirm",
          "restore latest",
          "backup delete latest --confirm");

  private static final List<String> VAULT_COMMANDS =
      List.of(
          "backup",
          "backup",
          "backup list",
          "backup show",
          "backup validate",
          "repository check",
          "restore latest --confirm");

  private StartUpTraining() {}

  /**
   * Runs the commands.
   *
   * @param args not used
   * @throws IOException if the temporary directory cannot be made or removed
   */
  public static void main(String[] args) throws IOException {
    Surroundings.ofProcess();
    Path directory = Files.createTempDirectory("holdfast-training");
    try {
      Files.writeString(directory.resolve("holdfast.yaml"), configuration());
      Files.createDirectories(directory.resolve("tree/inner"));
      Files.writeString(directory.resolve("tree/inner/file"), "content");
      Files.writeString(directory.resolve("tree/file"), "content");
      Files.createFile(directory.resolve("app.db"));
      for (String command : COMMANDS) {
        Program.run(silent(directory), new Interruption(), command.split(" ", -1));
      }
      Files.writeString(directory.resolve("vault.yaml"), vaultConfiguration());
      Files.writeString(directory.resolve("password"), "of nobody");
      for (String command : VAULT_COMMANDS) {
        Program.run(
            silent(directory),
            new Interruption(),
            (command + " --config vault.yaml").split(" ", -1));
      }
      serve(directory);
    } finally {
      try (Stream<Path> all = Files.walk(directory)) {
        all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
      }
    }
  }

  /** A server from its start to its end, with what it is asked first. */
  private static void serve(Path directory) {
    ServerLog.begin(OutputStream.nullOutputStream(), true, false);
    try (Holdfast holdfast =
        Holdfast.builder().configuration(directory.resolve("holdfast.yaml")).http().start()) {
      URI address = holdfast.address().orElseThrow();
      String token = Files.readString(directory.resolve("backups/.state/admin-token")).strip();
      for (String path :
          List.of("ready", "health", "metrics", "api/v1/admin/backups", "api/v1/admin/status")) {
        URLConnection request = address.resolve(path).toURL().openConnection();
        request.setRequestProperty("Authorization", "Bearer " + token);
        try (InputStream answer = request.getInputStream()) {
          answer.readAllBytes();
        }
      }
    } catch (IOException | RuntimeException notNeeded) {
      // Starts without the cache's help, then.
    }
  }

  private static String configuration() {
    return """
    backup: {path: backups}
    server: {port: 0}
    components:
      tree: {kind: directory, path: tree}
      settings: {kind: file, path: holdfast.yaml}
      app-db: {kind: sqlite, path: app.db}
    """;
  }

  private static String vaultConfiguration() {
    return """
    backup: {repository: vault, path: vault, password_file: password}
    components:
      tree: {kind: directory, path: tree}
    """;
  }

  private static Surroundings silent(Path directory) {
    var silent = new PrintWriter(Writer.nullWriter());
    return new Surroundings(
        silent,
        silent,
        new BufferedReader(Reader.nullReader()),
        Map.of(),
        FilePath.of(directory),
        Clock.systemUTC(),
        false,
        false,
        false,
        () -> 80,
        prompt -> null);
  }
}
