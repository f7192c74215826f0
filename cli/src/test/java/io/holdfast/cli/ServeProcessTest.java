package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code holdfast serve} as a process of its own. */
class ServeProcessTest {
  private static final Pattern LISTENING =
      Pattern.compile("\"event\":\"server.started\".*listening on (http://[0-9.:]+/)");

  @TempDir Path dir;
  private final List<String> log = new ArrayList<>();
  private Process process;

  @BeforeEach
  void platform() throws IOException {
    Files.createDirectories(dir.resolve("live"));
    Files.writeString(dir.resolve("live/file"), "content");
    Files.writeString(
        dir.resolve("holdfast.yaml"),
        """
        backup: {path: repository}
        server: {port: 0}
        components:
          tree: {kind: directory, path: live}
        """);
  }

  @AfterEach
  void end() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @Test
  @DisplayName("logs JSON alone, makes its backups at start and at SIGTERM, and ends with 0")
  void fromStartToEnd() throws Exception {
    start();
    URI address = awaitListening();
    String token = Files.readString(dir.resolve("repository/.state/admin-token")).strip();
    assertThat(Files.getPosixFilePermissions(dir.resolve("repository/.state/admin-token")))
        .extracting(Enum::name)
        .containsExactlyInAnyOrder("OWNER_READ", "OWNER_WRITE");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest list =
          HttpRequest.newBuilder(address.resolve("/api/v1/admin/backups"))
              .header("Authorization", "Bearer " + token)
              .build();
      assertThat(client.send(list, BodyHandlers.ofString()).body()).contains("\"startup\"");
    }
    process.toHandle().destroy();
    readLog();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(log)
        .filteredOn(line -> !line.isBlank() && !line.startsWith("holdfast: "))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).startsWith("{").endsWith("}"))
        .noneSatisfy(line -> assertThat(line).contains(token));
    try (var backups = Files.list(dir.resolve("repository/completed"))) {
      assertThat(backups.map(path -> path.getFileName().toString().substring(23)))
          .containsExactlyInAnyOrder("startup.tar.zst", "shutdown");
    }
  }

  @Test
  @DisplayName("a second one on the same installation says so and ends with the code for busy")
  void second() throws Exception {
    start();
    awaitListening();
    var other =
        new ProcessBuilder(command()).directory(dir.toFile()).redirectErrorStream(true).start();
    String said =
        new String(other.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(other.waitFor()).isEqualTo(ExitCode.BUSY.number());
    assertThat(said).contains("another server serves this installation already");
  }

  private List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin/java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        "io.holdfast.cli.Main",
        "serve",
        "--config",
        dir.resolve("holdfast.yaml").toString());
  }

  private void start() throws IOException {
    process =
        new ProcessBuilder(command())
            .directory(dir.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
  }

  private URI awaitListening() throws IOException {
    BufferedReader lines = process.errorReader();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      log.add(line);
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        return URI.create(listening.group(1));
      }
    }
    throw new AssertionError("ended before it listened: " + log);
  }

  private void readLog() throws IOException {
    BufferedReader lines = process.errorReader();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      log.add(line);
    }
  }
}
