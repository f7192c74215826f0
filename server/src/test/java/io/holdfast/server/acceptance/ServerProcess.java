package io.holdfast.server.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own; killed when closed. */
final class ServerProcess implements AutoCloseable {
  private static final String LISTENING = "listening ";

  private final Path root;
  private final Process process;
  private final BufferedReader output;
  private URI address = URI.create("");

  private ServerProcess(Path root, Process process) {
    this.root = root;
    this.process = process;
    this.output = process.inputReader(UTF_8);
  }

  /** Starts one and returns when it takes requests. */
  static ServerProcess start(Path root, String configuration, Map<String, String> variables)
      throws IOException {
    ServerProcess server = launch(root, configuration, variables);
    server.address = URI.create(server.awaitLine(LISTENING).substring(LISTENING.length()));
    return server;
  }

  static ServerProcess start(Path root, String configuration) throws IOException {
    return start(root, configuration, Map.of());
  }

  /** Starts one, and returns at once. */
  static ServerProcess launch(Path root, String configuration, Map<String, String> variables)
      throws IOException {
    Path file = root.resolve("holdfast.yaml");
    Files.writeString(file, configuration);
    var builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ServerChild.class.getName(),
                file.toString()));
    builder.environment().putAll(variables);
    return new ServerProcess(root, builder.redirectError(Redirect.INHERIT).start());
  }

  /** A client with the token that the first start made. */
  ApiClient client() throws IOException {
    return new ApiClient(address, LiveServer.adminToken(root));
  }

  /** The next line that it prints. */
  String line() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new IOException("the server has ended");
    }
    return line;
  }

  /** Whether there is something to read. */
  boolean hasOutput() throws IOException {
    return output.ready();
  }

  /** The next line with this beginning; those before it are passed over. */
  String awaitLine(String beginning) throws IOException {
    String line = line();
    while (!line.startsWith(beginning)) {
      if (line.startsWith("refused ")) {
        throw new IOException(line);
      }
      line = line();
    }
    return line;
  }

  /** SIGKILL; returns when it is gone. */
  void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor();
  }

  /** SIGTERM; what it prints until its end can still be read. */
  void terminate() {
    process.toHandle().destroy();
  }

  /**
   * Waits for its end.
   *
   * @return its exit status
   * @throws AssertionError if it does not end in time
   */
  int awaitEnd(long seconds) throws Exception {
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      throw new AssertionError("the server has not ended within " + seconds + " seconds");
    }
    return process.exitValue();
  }

  @Override
  public void close() throws Exception {
    kill();
    output.close();
  }
}
