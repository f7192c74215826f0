package io.holdfast.engine.component;

import java.io.IOException;
import java.util.List;

/**
 * A restore that lies ready beside its target. The engine commits all components of a restore, or
 * none: the calls are {@code commit}, then {@code finish} once every component has committed; or
 * {@code rollBack} at any point before {@code finish}.
 */
public interface StagedRestore {
  /**
   * What a commit changes, told to the user before it happens; the same in a dry run. Large trees
   * may be summed up after the first thousand changes.
   */
  List<Change> changes() throws IOException;

  /**
   * Puts what was staged in the place of the target: quick, and either whole or, after a throw,
   * undone by {@link #rollBack}.
   */
  void commit() throws IOException;

  /**
   * Brings the target back to what it was before, after a commit, half a commit or none, and
   * removes what was staged. Idempotent.
   */
  void rollBack() throws IOException;

  /**
   * Drops the old target, which is no longer needed. A failure here is a warning: the restore has
   * succeeded.
   */
  void finish() throws IOException;
}
