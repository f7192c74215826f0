package io.holdfast.vault.backup;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.run.RunId;
import io.holdfast.vault.ContentId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Collects what is found to be wrong with a vault. One of a million files may lack them all, so
 * that after {@link #MOST} only the number is kept; but every backup that is concerned is named.
 * Thread-safe.
 */
final class FoundProblems {
  static final int MOST = 1000;

  private final List<RepositoryProblem> problems = new ArrayList<>();
  private final Set<String> named = new HashSet<>();
  private final Set<ContentId> packs = new HashSet<>();
  private long more;

  /** Adds what concerns no backup in particular. */
  void add(String subject, String message) {
    add(Optional.empty(), subject, message);
  }

  synchronized void add(Optional<RunId> run, String subject, String message) {
    if (problems.size() < MOST) {
      problems.add(problem(run, subject, message));
      named.add(owner(run, subject));
    } else {
      more++;
    }
  }

  /** Adds a pack that is not what it should be. */
  synchronized void addPack(ContentId pack, String subject, String message) {
    packs.add(pack);
    add(subject, message);
  }

  /** Adds what a snapshot lacks, unless it was told of it already that it lacks something. */
  synchronized void addConcerned(Optional<RunId> run, String subject, String message) {
    if (named.add(owner(run, subject))) {
      problems.add(problem(run, subject, message));
    }
  }

  /** Of a snapshot that is no backup the subject tells which one it is. */
  private static String owner(Optional<RunId> run, String subject) {
    return run.map(RunId::value).orElseGet(() -> subject.replaceFirst("(?s):.*", ""));
  }

  private static RepositoryProblem problem(Optional<RunId> run, String subject, String message) {
    return new RepositoryProblem(ErrorCode.ARTIFACT_CORRUPT, run, subject, message);
  }

  /** The packs that are not what they should be. */
  synchronized Set<ContentId> packs() {
    return Set.copyOf(packs);
  }

  synchronized boolean isEmpty() {
    return problems.isEmpty();
  }

  /** Everything, ending with how many more there were. */
  synchronized List<RepositoryProblem> all() {
    var all = new ArrayList<>(problems);
    if (more > 0) {
      all.add(problem(Optional.empty(), "", "and " + more + " more problems"));
    }
    return List.copyOf(all);
  }
}
