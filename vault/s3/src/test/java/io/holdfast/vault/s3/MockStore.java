package io.holdfast.vault.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Adobe S3Mock, a program of its own; it looks at no signature. */
public final class MockStore implements AutoCloseable {
  static final String BUCKET = "backups";

  private static final Pattern PORT = Pattern.compile("Tomcat started on ports? (.*)");
  private static final Pattern HTTP = Pattern.compile("([0-9]+) \\(http\\)");

  private final Process process;
  private final int port;

  /**
   * Starts one.
   *
   * @param directory an empty one, where it keeps everything
   */
  public MockStore(Path directory) throws IOException {
    String jar =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> entry.matches(".*s3mock-.*-exec\\.jar"))
            .findFirst()
            .orElseThrow();
    process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx512m",
                    "-XX:TieredStopAtLevel=1",
                    "-jar",
                    jar,
                    "--server.address=127.0.0.1",
                    "--server.port=0",
                    "--com.adobe.testing.s3mock.http-port=0",
                    "--com.adobe.testing.s3mock.store.initial-buckets=" + BUCKET,
                    "--com.adobe.testing.s3mock.store.root=" + directory))
            .redirectErrorStream(true)
            .start();
    port = port(process);
  }

  private static int port(Process process) throws IOException {
    var text = new StringBuilder();
    var reader = process.inputReader(UTF_8);
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      text.append(line).append('\n');
      Matcher started = PORT.matcher(line);
      if (started.find()) {
        Matcher http = HTTP.matcher(started.group(1));
        if (http.find()) {
          Thread.ofVirtual().start(() -> drain(reader));
          return Integer.parseInt(http.group(1));
        }
      }
    }
    throw new IOException("S3Mock does not start: " + text);
  }

  /** So that it does not wait for somebody to read what it says. */
  private static void drain(BufferedReader reader) {
    try {
      while (reader.readLine() != null) {
        // Nobody wants to know.
      }
    } catch (IOException ended) {
      // With the process.
    }
  }

  /** The address of a vault, as restic and Holdfast take it. */
  public String url(String prefix) {
    return "s3:http://127.0.0.1:" + port + "/" + BUCKET + "/" + prefix;
  }

  @Override
  public void close() throws Exception {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  /** An empty directory for one. */
  public static Path directory(Path in) throws IOException {
    return Files.createDirectories(in.resolve("s3mock"));
  }
}
