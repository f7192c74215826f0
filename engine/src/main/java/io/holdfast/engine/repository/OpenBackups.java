package io.holdfast.engine.repository;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.run.RunId;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Which backups this process is reading, so that it does not delete them. Thread-safe. */
public final class OpenBackups {
  private final Map<RunId, Integer> readers = new HashMap<>();

  /**
   * Counts one more reader.
   *
   * @return ends it; running it again does nothing
   */
  public synchronized Runnable open(RunId run) {
    readers.merge(run, 1, Integer::sum);
    var closed = new AtomicBoolean();
    return () -> {
      if (closed.compareAndSet(false, true)) {
        close(run);
      }
    };
  }

  private synchronized void close(RunId run) {
    readers.computeIfPresent(run, (same, count) -> count == 1 ? null : count - 1);
  }

  /**
   * Runs something that no reader may see.
   *
   * @throws HoldfastException {@code BUSY} if the backup is being read
   */
  public synchronized void whileClosed(RunId run, Deletion deletion) throws IOException {
    if (readers.containsKey(run)) {
      throw new HoldfastException(
          ErrorCode.BUSY,
          "the backup " + run + " is being read",
          "Wait for the restore or check that reads it, and delete it then.");
    }
    deletion.run();
  }

  /** What no reader may see. */
  @FunctionalInterface
  public interface Deletion {
    void run() throws IOException;
  }
}
