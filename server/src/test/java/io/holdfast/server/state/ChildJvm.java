package io.holdfast.server.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another process that runs a {@code main} of the tests; killed when closed. */
final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;
  private final Writer input;

  private ChildJvm(Process process) {
    this.process = process;
    this.output = process.inputReader(UTF_8);
    this.input = process.outputWriter(UTF_8);
  }

  static ChildJvm start(Class<?> main, String... arguments) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return new ChildJvm(new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
  }

  /** The next line that it prints; null after the last. */
  String line() throws IOException {
    return output.readLine();
  }

  void tell(String line) throws IOException {
    input.write(line + "\n");
    input.flush();
  }

  /** SIGKILL, and waits until it is gone; what it had printed can still be read. */
  void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor();
  }

  @Override
  public void close() throws Exception {
    kill();
    output.close();
  }
}
