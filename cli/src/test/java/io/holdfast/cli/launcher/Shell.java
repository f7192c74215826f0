package io.holdfast.cli.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs as a user's shell would, with stdout and stderr apart and nothing to read on stdin.
 */
final class Shell {

  /** What a program left behind. */
  record Result(int exit, String out, String err) {}

  /** A program that runs. */
  record Running(Process process, Path outFile, Path errFile) {
    Result await() throws IOException, InterruptedException {
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError("still running after two minutes; stderr so far: " + err());
      }
      return new Result(process.exitValue(), Files.readString(outFile), err());
    }

    String err() throws IOException {
      return Files.readString(errFile);
    }
  }

  private Shell() {}

  static Result run(Path directory, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    return start(directory, environment, command).await();
  }

  /** Starts a program in an environment that holds nothing but a path, a home and what is given. */
  static Running start(Path directory, Map<String, String> environment, String... command)
      throws IOException {
    Path out = Files.createTempFile(directory, "out", "");
    Path err = Files.createTempFile(directory, "err", "");
    ProcessBuilder builder =
        new ProcessBuilder(List.of(command))
            .directory(directory.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().put("HOME", directory.toString());
    builder.environment().putAll(environment);
    return new Running(builder.start(), out, err);
  }
}
