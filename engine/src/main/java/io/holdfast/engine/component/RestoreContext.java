package io.holdfast.engine.component;

import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
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

  /**
   * Whether this run compares every byte of the component's artifacts with the manifest elsewhere:
   * it has just done so, or does it as they are staged. A check then reads no content for its
   * digest alone.
   */
  boolean verified();

  /**
   * Whether nothing is going to be committed, so that what would stand in the way of a commit now,
   * and may be gone by then, is a warning.
   */
  boolean dryRun();

  /**
   * Whether live state is to be offered to contents as it is staged, see {@link
   * io.holdfast.engine.artifact.Content#open(io.holdfast.engine.file.ReadableFile)}. A handler that
   * cannot does without.
   */
  boolean delta();

  /**
   * Makes a directory, and those above it, where they are missing. Components may have missing
   * parents in common, so a handler never makes them itself: they are made once, with mode 0755,
   * and the engine removes them again if the restore is undone and nobody uses them.
   *
   * @return those of the directory and its parents that this run has made, for this component or
   *     another, the outermost first
   * @throws io.holdfast.engine.error.HoldfastException {@code TARGET_UNSUITABLE} if one of them is
   *     something else
   */
  List<FilePath> makeDirectories(FilePath directory) throws IOException;

  /**
   * Where the other components of this restore live. One that lies inside this component is staged
   * and committed before it, and has to survive this component's commit, also where nothing was
   * there when this component was staged.
   */
  List<FilePath> places();

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
