package io.holdfast.engine.event;

import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunPhase;
import java.util.Optional;

/** Something that happened in a run and that somebody may want to know at once. */
public sealed interface RunEvent {
  /** The run has its name and holds the lock. */
  record RunStarted(RunId run, String operation) implements RunEvent {}

  record PhaseStarted(RunPhase phase) implements RunEvent {}

  /** A component's part of a backup begins. */
  record ComponentStarted(String component) implements RunEvent {}

  /** A component's part is over; {@code outcome} is a word such as {@code completed}. */
  record ComponentFinished(String component, String outcome, Optional<String> message)
      implements RunEvent {}

  /** Something is not as it should be, and did not make the run fail. */
  record Warning(Optional<String> component, String message) implements RunEvent {}

  /** An unfinished restore of a process that died was rolled back, or brought to its end. */
  record RestoreRecovered(RunId run, boolean rolledBack) implements RunEvent {}

  /** A run that a process left behind when it died was filed under {@code failed}. */
  record InterruptedRunFiled(RunId run) implements RunEvent {}

  /** Retention removed a backup. */
  record BackupPruned(RunId run) implements RunEvent {}
}
