package io.holdfast.engine.installation;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.run.RunId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/**
 * Hands out the names of runs. A sequence number is on disk before it is used, and is never used
 * again, not even when the run leaves nothing behind. Called under the installation's lock.
 */
public final class RunSequence {
  private final FileLayer files;
  private final FilePath file;
  private final Clock clock;

  public RunSequence(FileLayer files, FilePath state, Clock clock) {
    this.files = files;
    this.file = state.resolve("sequence");
    this.clock = clock;
  }

  /**
   * The name of the next run.
   *
   * @param seen the highest number that any trace of a run bears; counts when the file was lost or
   *     is from an older copy
   */
  public RunId next(int seen) throws IOException {
    int number = Math.max(seen, stored()) + 1;
    if (number > RunId.MAX_SEQUENCE) {
      throw new HoldfastException(
          ErrorCode.INTERNAL,
          "the sequence of runs has reached its end, " + RunId.MAX_SEQUENCE,
          "Begin a new repository; this one stays readable.");
    }
    FileTrees.replaceAtomically(
        files, file, (number + "\n").getBytes(StandardCharsets.UTF_8), 0600);
    return RunId.of(clock.instant(), number);
  }

  private int stored() throws IOException {
    try {
      String text = new String(FileTrees.readAll(files, file, 64), StandardCharsets.UTF_8).strip();
      // Damaged: the traces of runs, which the caller has looked at, are the better witness.
      return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
    } catch (FileLayerException e) {
      if (e.reason() == FileLayerException.Reason.NOT_FOUND) {
        return 0;
      }
      throw e;
    }
  }
}
