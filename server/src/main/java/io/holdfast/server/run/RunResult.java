package io.holdfast.server.run;

import io.holdfast.engine.backup.BackupOutcome;
import io.holdfast.engine.restore.RestoreOutcome;
import io.holdfast.engine.restore.RestoreRequest;

/** How a run ended. */
public sealed interface RunResult {
  record BackedUp(BackupOutcome outcome) implements RunResult {}

  record Restored(RestoreRequest request, RestoreOutcome outcome) implements RunResult {}

  /** It ended without an outcome, which only a defect or a dying machine brings about. */
  record Broken(Throwable cause) implements RunResult {}
}
