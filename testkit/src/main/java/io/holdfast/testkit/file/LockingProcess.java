package io.holdfast.testkit.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Another JVM that tries to take a lock, says how that went, and keeps it until told to end. */
final class LockingProcess implements AutoCloseable {
  static final String HELD = "held";
  static final String BUSY = "busy";

  private final Process process;
  private final BufferedReader output;

  private LockingProcess(Process process) {
    this.process = process;
    this.output = process.inputReader(UTF_8);
  }

  static LockingProcess start(FilePath path) throws IOException {
    return new LockingProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LockingProcess.class.getName(),
                path.toString())
            .redirectError(Redirect.INHERIT)
            .start());
  }

  /** Waits for what the process says; null if it died without a word. */
  @Nullable String answer() throws IOException {
    return output.readLine();
  }

  /** SIGKILL, and waits until the kernel has cleared the process away. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.onExit().join();
  }

  /** The other JVM: takes the lock and waits for the end of its input. */
  public static void main(String[] arguments) throws IOException {
    var lock = PosixFileLayer.create().tryLock(FilePath.of(arguments[0]));
    System.out.println(lock.isPresent() ? HELD : BUSY);
    System.in.read();
  }
}
