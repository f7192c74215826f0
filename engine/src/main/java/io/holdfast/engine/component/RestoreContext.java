package io.holdfast.engine.component;

import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import java.time.Clock;
import java.util.Optional;

/** What a handler is given to check, stage and recover with. Thread-safe. */
public interface RestoreContext {
  /**
   * The restore run; part of the name of everything that is created beside a target, so that no two
   * restores ever meet.
   */
  RunId run();

  /**
   * Where to restore to instead of the component's own place: an existing, empty directory of its
   * own. Empty for a restore in place.
   */
  Optional<FilePath> destination();

  Clock clock();

  Cancellation cancellation();

  /**
   * A private empty directory for this component, removed by the engine afterwards. Not on the
   * target's file system.
   */
  FilePath scratch();

  /**
   * Tells the user, and the run's record, of something that did not make it fail: an owner that
   * could not be set.
   */
  void warn(String message);

  /**
   * Writes down, durably, how to undo what is about to be done; called before anything is created
   * beside a target. A later call replaces the former. If the process dies, the engine undoes the
   * last one recorded.
   */
  void record(UndoRecord undo);
}
