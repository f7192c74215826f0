package io.holdfast.engine.configuration;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program that prints a secret: run without a shell and without input, and killed with all that
 * it started when it takes too long. What it says on standard error is not kept, and of its
 * arguments nothing is told: either may hold secrets.
 *
 * @param words the program and its arguments; at least the program
 * @param longest how long it may take
 * @param mostBytes how much it may print
 */
record SecretCommand(List<String> words, Duration longest, int mostBytes) {
  /**
   * What it prints.
   *
   * @throws IOException if it cannot be started, fails, takes too long or prints too much
   */
  String output() throws IOException {
    long end = System.nanoTime() + longest.toNanos();
    Process process = start();
    try {
      var reading = new FutureTask<>(() -> process.getInputStream().readNBytes(mostBytes + 1));
      Thread.ofVirtual().name("holdfast-secret").start(reading);
      byte[] printed = reading.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (printed.length > mostBytes) {
        throw failed("printed more than " + mostBytes + " bytes");
      }
      if (!process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw late();
      }
      if (process.exitValue() != 0) {
        throw failed("ended with exit code " + process.exitValue());
      }
      return new String(printed, StandardCharsets.UTF_8);
    } catch (TimeoutException e) {
      throw late();
    } catch (ExecutionException e) {
      throw failed("could not be read");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("was interrupted");
    } finally {
      if (process.isAlive()) {
        kill(process);
      }
    }
  }

  private Process start() throws IOException {
    try {
      return new ProcessBuilder(words)
          .redirectInput(Redirect.from(new File("/dev/null")))
          .redirectError(Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw failed("cannot be started");
    }
  }

  private IOException late() {
    return failed("took longer than " + longest.toSeconds() + " s and was killed");
  }

  private IOException failed(String what) {
    return new IOException("the command " + words.getFirst() + " " + what);
  }

  /** Its children first: once it is dead, nobody can tell whose they were. */
  private static void kill(Process process) {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }

  /** Without the arguments. */
  @Override
  public String toString() {
    return "command " + words.getFirst();
  }
}
