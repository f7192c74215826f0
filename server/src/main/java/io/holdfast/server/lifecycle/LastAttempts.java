package io.holdfast.server.lifecycle;

import io.holdfast.server.event.ServerEvent;
import java.util.function.Consumer;

/** Remembers of the events whether the last backup failed. Thread-safe. */
final class LastAttempts implements Consumer<ServerEvent> {
  private volatile boolean failed;

  @Override
  public void accept(ServerEvent event) {
    switch (event.name()) {
      case "backup.backup.completed" -> failed = false;
      case "backup.backup.failed" -> {
        // One that was cancelled, by somebody or by the server's end, says nothing of the next.
        if (!"cancelled".equals(event.facts().get("status"))
            && !event.facts().containsKey("interrupted_run")) {
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
