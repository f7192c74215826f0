package io.holdfast.store.files;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.run.Cancellation;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A command that belongs to a component, such as {@code pause}: run without a shell, without input,
 * and killed with all that it started when it takes too long.
 *
 * @param name what it is called in the settings
 * @param arguments the program and its arguments
 * @param timeout how long it may take
 */
record SourceCommand(String name, List<String> arguments, Duration timeout) {
  SourceCommand {
    arguments = List.copyOf(arguments);
  }

  /**
   * Runs it to its end.
   *
   * @param cancellation ends it early; null for a command that must run whatever happens
   * @throws HoldfastException {@code SOURCE_COMMAND_FAILED} if it cannot be started, fails or takes
   *     too long; {@code CANCELLED} or {@code TIMEOUT} on cancellation
   */
  void run(@Nullable Cancellation cancellation) {
    if (cancellation != null) {
      cancellation.check();
    }
    Process process = start();
    var output = new OutputTail(process.getInputStream());
    var ended = new AtomicBoolean();
    try (AutoCloseable registration =
        cancellation == null ? () -> {} : cancellation.onCancel(() -> kill(process))) {
      ended.set(process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("was interrupted", output, e);
    } catch (Exception e) {
      throw failed("could not be watched", output, e);
    } finally {
      if (!ended.get()) {
        kill(process);
      }
    }
    if (cancellation != null) {
      cancellation.check();
    }
    if (!ended.get()) {
      throw failed("took longer than " + timeout.toMillis() + " ms and was killed", output, null);
    }
    if (process.exitValue() != 0) {
      throw failed("ended with exit code " + process.exitValue(), output, null);
    }
  }

  private Process start() {
    try {
      return new ProcessBuilder(arguments)
          .redirectErrorStream(true)
          .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
          .start();
    } catch (IOException e) {
      throw new HoldfastException(
          ErrorCode.SOURCE_COMMAND_FAILED,
          "the "
              + name
              + " command "
              + arguments.getFirst()
              + " cannot be started: "
              + e.getMessage(),
          "Correct the command: it is a list of a program and its arguments, run without a shell.",
          e);
    }
  }

  /** Its children first: once it is dead, nobody can tell whose they were. */
  private static void kill(Process process) {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }

  private HoldfastException failed(String what, OutputTail output, @Nullable Throwable cause) {
    String said = output.text();
    return new HoldfastException(
        ErrorCode.SOURCE_COMMAND_FAILED,
        "the "
            + name
            + " command "
            + arguments.getFirst()
            + " "
            + what
            + (said.isEmpty() ? "" : ": " + said),
        "Run the command by hand as Holdfast's user to see what is wrong.",
        cause);
  }
}
