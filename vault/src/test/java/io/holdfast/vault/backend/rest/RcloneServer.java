package io.holdfast.vault.backend.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * The rclone of the machine, which serves a directory by restic's REST protocol: a peer that others
 * wrote. A test that needs it is skipped where it is not installed.
 */
final class RcloneServer implements AutoCloseable {
  static final String USER = "user";
  static final String PASSWORD = "no secret";

  private static final Pattern ADDRESS = Pattern.compile("https?://[^ ]+:[0-9]+/");

  private final Process process;
  private final URI address;

  private RcloneServer(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /** Serves a directory, each vault below it at the path of its name. */
  static RcloneServer start(Path directory, String... options) throws IOException {
    boolean installed =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "rclone")));
    if (!installed) {
      throw new TestAbortedException("rclone is not installed");
    }
    var command = new ProcessBuilder("rclone", "serve", "restic", "--addr", "127.0.0.1:0");
    command.command().addAll(List.of(options));
    command.command().add(directory.toString());
    command.environment().put("RCLONE_CONFIG", directory.resolve("rclone.conf").toString());
    command.environment().put("RCLONE_USER", USER);
    command.environment().put("RCLONE_PASS", PASSWORD);
    Process process = command.redirectErrorStream(true).start();
    return new RcloneServer(process, address(process));
  }

  /** The address that it says it listens on; what it says after that is thrown away. */
  private static URI address(Process process) throws IOException {
    BufferedReader output = process.inputReader(UTF_8);
    var said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.append(line).append('\n');
      Matcher found = ADDRESS.matcher(line);
      if (found.find()) {
        Thread.ofVirtual().start(() -> output.lines().forEach(unused -> {}));
        return URI.create(found.group());
      }
    }
    throw new AssertionError("rclone ended: " + said);
  }

  URI address() {
    return address;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }
}
