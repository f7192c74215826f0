package io.holdfast.testkit.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import java.io.IOException;

/** A file system in memory that is mounted for one test, and unmounted whatever happens. */
public final class Mount implements AutoCloseable {
  private final FilePath at;

  private Mount(FilePath at) {
    this.at = at;
  }

  static Mount tmpfs(FileLayerFixture fixture, FilePath at, String options) throws Exception {
    return tmpfs(fixture.files(), at, options);
  }

  /**
   * Mounts at a directory that is made for it. Skips the test where mounting is not permitted.
   *
   * @param options of {@code mount}, such as {@code size=1m}
   */
  public static Mount tmpfs(FileLayer files, FilePath at, String options) throws Exception {
    files.createDirectory(at, 0755);
    if (files.find(at).orElseThrow().uid() != 0) {
      Privileges.skip("not root, and only root mounts file systems");
    }
    String failure = run("mount", "-t", "tmpfs", "-o", options, "holdfast", at.toString());
    if (!failure.isEmpty()) {
      Privileges.skip("this root may not mount: " + failure);
    }
    return new Mount(at);
  }

  public FilePath at() {
    return at;
  }

  /** Changes an option, such as {@code ro}. */
  public void remount(String option) throws Exception {
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
