package io.holdfast.testkit.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.engine.file.FilePath;
import java.io.IOException;

/** A file system in memory that is mounted for one test, and unmounted whatever happens. */
final class Mount implements AutoCloseable {
  private final FilePath at;

  private Mount(FilePath at) {
    this.at = at;
  }

  /** Skips the test where mounting is not permitted. */
  static Mount tmpfs(FileLayerFixture fixture, FilePath at, String options) throws Exception {
    Privileges.requireRoot(fixture, "only root mounts file systems");
    fixture.files().createDirectory(at, 0755);
    String failure = run("mount", "-t", "tmpfs", "-o", options, "holdfast", at.toString());
    if (!failure.isEmpty()) {
      Privileges.skip("this root may not mount: " + failure);
    }
    return new Mount(at);
  }

  FilePath at() {
    return at;
  }

  void remount(String option) throws Exception {
    require(run("mount", "-o", "remount," + option, at.toString()));
  }

  @Override
  public void close() throws Exception {
    require(run("umount", at.toString()));
  }

  private static void require(String failure) {
    if (!failure.isEmpty()) {
      throw new AssertionError(failure);
    }
  }

  /** Empty if it went well. */
  private static String run(String... command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    int status = process.waitFor();
    return status == 0 ? "" : String.join(" ", command) + ": " + status + " " + output.strip();
  }
}
