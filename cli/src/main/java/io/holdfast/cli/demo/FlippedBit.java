package io.holdfast.cli.demo;

import io.holdfast.engine.Engine;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.restore.RestoreOutcome;
import io.holdfast.engine.restore.RestoreRequest;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One bit of a backup is not as it was written.
 *
 * @param file the file of the repository
 * @param offset the byte in it
 */
record FlippedBit(Path file, long offset) {

  /** Flips a bit in the middle of the largest file of a backup. */
  static FlippedBit in(Path repository, RunId run) throws IOException {
    try (Stream<Path> paths = Files.walk(repository)) {
      Path largest =
          paths
              .filter(path -> repository.relativize(path).toString().contains(run.value()))
              .filter(Files::isRegularFile)
              .max(Comparator.comparingLong(path -> path.toFile().length()))
              .orElseThrow(() -> new IOException("no file of backup " + run + " is there"));
      var bit = new FlippedBit(largest, largest.toFile().length() / 2);
      bit.flip();
      return bit;
    }
  }

  /** Flips it, and so flips it back. */
  void flip() throws IOException {
    try (var open = new RandomAccessFile(file.toFile(), "rw")) {
      open.seek(offset);
      int value = open.read();
      open.seek(offset);
      open.write(value ^ 0x10);
    }
  }

  /** What validation finds. */
  static List<String> found(Engine engine, RunId run, RunMonitor monitor) {
    return engine.validate(run, monitor).stream().map(FlippedBit::text).toList();
  }

  /** Why a restore from the backup is refused; empty if it is not. */
  static Optional<String> refusal(Engine engine, RunId run, RunMonitor monitor) {
    var request = new RestoreRequest(run, List.of(), Optional.empty(), false);
    try {
      RestoreOutcome outcome = engine.restore(request, monitor);
      return outcome.status() == RunStatus.COMPLETED
          ? Optional.empty()
          : outcome.failure().map(failure -> failure.code() + ": " + failure.message());
    } catch (HoldfastException refused) {
      return Optional.of(refused.code() + ": " + refused.message());
    }
  }

  private static String text(RepositoryProblem problem) {
    return problem.code() + ": " + problem.subject() + ": " + problem.message();
  }
}
