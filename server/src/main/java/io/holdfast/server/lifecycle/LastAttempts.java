package io.holdfast.server.lifecycle;

import io.holdfast.engine.run.RunStatus;
import io.holdfast.server.event.ServerEvent;
import io.holdfast.server.state.RunRecord.Operation;
import io.holdfast.server.state.StateDatabase;
import io.holdfast.server.state.StateException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Remembers of the events whether the last backup failed. Thread-safe. */
final class LastAttempts implements Consumer<ServerEvent> {
  private volatile boolean failed;

  /**
   * @param failed whether the last one that an earlier server made had failed
   */
  LastAttempts(boolean failed) {
    this.failed = failed;
  }

  /** What an earlier server remembered; a database that does not answer remembers nothing. */
  static LastAttempts since(StateDatabase state) {
    try {
      return new LastAttempts(
          state.runs().page(Set.of(Operation.BACKUP), Optional.empty(), 1).stream()
              .anyMatch(
                  run -> run.status() == RunStatus.FAILED || run.status() == RunStatus.TIMEOUT));
    } catch (StateException unanswered) {
      return new LastAttempts(false);
    }
  }

  @Override
  public void accept(ServerEvent event) {
    switch (event.name()) {
      case BACKUP_COMPLETED -> failed = false;
      case BACKUP_FAILED -> {
        // One that a process that died had begun says nothing of the next.
        if (!event.facts().containsKey("interrupted_run")) {
          failed = true;
        }
      }
      default -> {}
    }
  }

  boolean lastBackupFailed() {
    return failed;
  }
}
