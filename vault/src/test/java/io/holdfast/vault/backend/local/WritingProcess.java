package io.holdfast.vault.backend.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Another JVM that writes packs in several threads, and says which are stored, until killed. */
final class WritingProcess {
  static final int SIZE = 200_000;

  private final Process process;
  private final BufferedReader output;

  private WritingProcess(Process process) {
    this.process = process;
    this.output = process.inputReader(UTF_8);
  }

  static WritingProcess start(LocalFixture vault) throws IOException {
    return new WritingProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                WritingProcess.class.getName(),
                vault.root().toString())
            .redirectError(Redirect.INHERIT)
            .start());
  }

  /** The next seed whose content is stored; null when the process is dead and all was said. */
  @Nullable String next() throws IOException {
    return output.readLine();
  }

  /** SIGKILL, and waits until the kernel has cleared the process away. */
  void kill() throws InterruptedException {
    // Not by the process itself, which would throw away what was said.
    process.toHandle().destroyForcibly();
    process.waitFor();
  }

  /** The other JVM. */
  public static void main(String[] arguments) {
    var backend = new LocalFixture(Path.of(arguments[0])).open();
    IntStream.range(0, 4)
        .forEach(
            thread -> Thread.ofPlatform().start(() -> writeForever(backend, 1_000_000L * thread)));
  }

  private static void writeForever(LocalBackend backend, long first) {
    try {
      for (long seed = first; ; seed++) {
        FileId unused = LocalFixture.write(backend, FileType.PACK, LocalFixture.bytes(seed, SIZE));
        System.out.println(seed);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
