package io.holdfast.store.files;

import io.holdfast.engine.artifact.TreePath;
import java.util.List;

/**
 * Which entries of a tree a component protects.
 *
 * <p>The rule: an entry is protected if it, or a directory above it, matches {@code include} (an
 * empty {@code include} takes everything), and neither it nor a directory above it matches {@code
 * exclude}. What is excluded cannot be included again. Immutable.
 *
 * @param include what to take; empty for everything
 * @param exclude what to leave out of that
 */
record Selection(List<GlobPattern> include, List<GlobPattern> exclude) {
  /** Everything. */
  static final Selection ALL = new Selection(List.of(), List.of());

  Selection {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
  }

  /** What becomes of an entry. */
  enum Verdict {
    /** Protected; so is what lies below it, as far as it is not excluded. */
    PROTECTED,
    /** A directory that is not protected itself, below which something may be. */
    PASSAGE,
    /** Left alone, with all that lies below it. */
    LEFT
  }

  /** Whether a restore replaces the whole root, save what is excluded. */
  boolean takesRoot() {
    return include.isEmpty();
  }

  /** Whether everything below the root is protected. */
  boolean takesAll() {
    return include.isEmpty() && exclude.isEmpty();
  }

  /** The verdict on the root itself. */
  Verdict root() {
    return takesRoot() ? Verdict.PROTECTED : Verdict.PASSAGE;
  }

  /**
   * Judges an entry below a directory that was not {@link Verdict#LEFT}.
   *
   * @param parent the verdict on the directory that holds it
   */
  Verdict judge(TreePath path, boolean directory, Verdict parent) {
    if (matchesAny(exclude, path, directory)) {
      return Verdict.LEFT;
    }
    if (parent == Verdict.PROTECTED || matchesAny(include, path, directory)) {
      return Verdict.PROTECTED;
    }
    return directory ? Verdict.PASSAGE : Verdict.LEFT;
  }

  /**
   * Judges an entry by every directory above it; for single questions, a walk has {@link #judge}.
   */
  Verdict judgeFromRoot(TreePath path, boolean directory) {
    if (path.isRoot() || takesAll()) {
      return root();
    }
    Verdict parent = judgeFromRoot(path.parent(), true);
    return parent == Verdict.LEFT ? Verdict.LEFT : judge(path, directory, parent);
  }

  private static boolean matchesAny(List<GlobPattern> patterns, TreePath path, boolean directory) {
    for (GlobPattern pattern : patterns) {
      if (pattern.matches(path, directory)) {
        return true;
      }
    }
    return false;
  }
}
