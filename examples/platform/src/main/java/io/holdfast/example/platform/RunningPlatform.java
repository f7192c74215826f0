package io.holdfast.example.platform;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * A platform at work in a process of its own, seen from the one who started it: which transactions
 * it has acknowledged so far. Thread-safe.
 */
public final class RunningPlatform implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path log;
  private final Thread reader;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition heard = lock.newCondition();
  private long first = -1;
  private long acknowledged;
  private OptionalLong answer = OptionalLong.empty();
  private String failure = "";
  private boolean ended;

  private RunningPlatform(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.reader = Thread.ofPlatform().daemon().name("platform-reader").unstarted(this::listen);
  }

  /** Starts the process; it need not be at work yet when this returns. */
  public static RunningPlatform start(Platform platform) throws IOException {
    Path log = platform.home().resolve("platform.log");
    // The driver unpacks its library there, and a process that is killed does not tidy up.
    Path temporary = Files.createDirectories(platform.home().resolve("tmp"));
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Djava.io.tmpdir=" + temporary));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Application.class.getName(), platform.home().toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    var running = new RunningPlatform(process, log);
    running.reader.start();
    return running;
  }

  /**
   * How many transactions the platform has acknowledged, as far as this process knows: each of them
   * was committed before this returns.
   */
  public long acknowledged() {
    lock.lock();
    try {
      return acknowledged;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the process has committed so many transactions of its own.
   *
   * @return {@link #acknowledged}
   * @throws IllegalStateException if it fails instead, or takes longer than a minute
   */
  public long awaitCommits(long count) {
    await(() -> first >= 0 && acknowledged >= first + count);
    return acknowledged();
  }

  /** Asks how many sessions it sees through the connection that it has open all the time. */
  public long sessions() throws IOException {
    return ask("sessions");
  }

  /** Lets it delete all sessions, and says how many it sees then. */
  public long logOut() throws IOException {
    return ask("log-out");
  }

  /** Ends the process as a power cut would, and waits until every acknowledgement was heard. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Ends the process in order. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException gone) {
      // It is dead already, which is all that was wanted.
    }
    awaitEnd();
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      reader.join(PATIENCE);
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private long ask(String question) throws IOException {
    lock.lock();
    try {
      answer = OptionalLong.empty();
    } finally {
      lock.unlock();
    }
    Writer in = process.outputWriter(StandardCharsets.UTF_8);
    in.write(question + "\n");
    in.flush();
    await(() -> answer.isPresent());
    return answer.orElseThrow();
  }

  private void await(BooleanSupplier condition) {
    long left = PATIENCE.toNanos();
    lock.lock();
    try {
      while (!condition.getAsBoolean()) {
        if (ended || !failure.isEmpty() || left <= 0) {
          throw new IllegalStateException(
              "the platform does not work: "
                  + (failure.isEmpty() ? ended ? "it ended" : "no answer" : failure)
                  + "; see "
                  + log);
        }
        left = heard.awaitNanos(left);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the platform", interrupted);
    } finally {
      lock.unlock();
    }
  }

  private void listen() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        hear(line);
      }
    } catch (IOException closed) {
      // The end of the process ends the stream, in order or not.
    } finally {
      lock.lock();
      ended = true;
      heard.signalAll();
      lock.unlock();
    }
  }

  private void hear(String line) {
    int space = line.indexOf(' ');
    String word = space < 0 ? line : line.substring(0, space);
    lock.lock();
    try {
      switch (word) {
        case "ready" -> {
          first = Long.parseLong(line.substring(space + 1));
          acknowledged = first;
        }
        case "commit" -> acknowledged = Long.parseLong(line.substring(space + 1));
        case "sessions" -> answer = OptionalLong.of(Long.parseLong(line.substring(space + 1)));
        default -> failure = line;
      }
      heard.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
