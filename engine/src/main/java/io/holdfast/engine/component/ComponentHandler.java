package io.holdfast.engine.component;

import io.holdfast.engine.artifact.ArtifactSource;
import io.holdfast.engine.artifact.CheckResult;
import io.holdfast.engine.file.FilePath;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Captures, checks and restores one component: the SPI of a kind.
 *
 * <p>Capture and transfer are apart, so that many components can be captured at nearly one instant
 * and transferred at leisure. Stage and commit are apart, so that a restore of many components is
 * all or nothing.
 *
 * <p>The engine calls a handler from one thread at a time for each of these operations, never for
 * two runs at once. Expected failures are {@link io.holdfast.engine.error.HoldfastException}s; an
 * {@link IOException} is told with its own message. Everything long asks the context's cancellation
 * at least every few megabytes.
 */
public interface ComponentHandler {
  /**
   * What the component is, for the manifest: names and values from which {@link
   * ComponentKind#handler} could make an equivalent handler, such as {@code path}. Never a secret:
   * the repository may be read by others.
   */
  Map<String, String> source();

  /**
   * Files and directories that the component lives in, so that the engine can refuse a repository
   * inside a component and order restores of nested ones. Empty where it lives elsewhere.
   */
  List<FilePath> places();

  /**
   * Whether a path that lies in or below one of the {@link #places} belongs to this component, so
   * that a restore of it would replace that path. A directory says no to what its patterns exclude.
   */
  default boolean covers(FilePath path) {
    return places().stream().anyMatch(path::startsWith);
  }

  /**
   * Takes hold of a consistent view, quickly. What is captured does not change any more, whatever
   * the application does.
   *
   * @throws io.holdfast.engine.error.HoldfastException {@code SOURCE_MISSING} if there is nothing
   *     at all; the engine decides what that means
   */
  Capture capture(CaptureContext context) throws IOException;

  /**
   * Whether these artifacts can be restored: opens them as their kind demands, and does not merely
   * hash them.
   *
   * @return what was checked, at least one result
   */
  List<CheckResult> check(ArtifactSource source, RestoreContext context) throws IOException;

  /**
   * Restores beside the live target and checks the result there; the target is not touched. On
   * failure nothing is left behind.
   *
   * <p>Before anything is created outside the context's scratch directory, its name goes to {@link
   * RestoreContext#record}.
   */
  StagedRestore stage(ArtifactSource source, RestoreContext context) throws IOException;

  /**
   * Undoes what a restore did that died between {@link StagedRestore#commit} and its end, from what
   * it recorded. Idempotent: it may itself be interrupted and called again. Called only with
   * records that hold {@link UndoRecord#details}, and after the engine has undone the record's
   * swaps and moves.
   */
  default void recover(UndoRecord record, RestoreContext context) throws IOException {}

  /**
   * Drops the old state of a restore that died between the commit of every component and its end:
   * what {@link StagedRestore#finish} had left to do, from what the restore recorded. Idempotent.
   * Called only with records that hold {@link UndoRecord#details}, and after the engine has removed
   * the old targets of the record's swaps.
   */
  default void finish(UndoRecord record, RestoreContext context) throws IOException {}

  /**
   * Looks at the source and says what is wrong with it, or what will be slow or surprising; changes
   * nothing.
   */
  List<Finding> inspect() throws IOException;
}
