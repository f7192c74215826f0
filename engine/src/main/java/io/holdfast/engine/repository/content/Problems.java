package io.holdfast.engine.repository.content;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.run.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is found to be wrong with one backup. A backup of a million files may lack them all, so that
 * after {@link #MOST} only the number is kept. Thread-safe.
 */
public final class Problems {
  static final int MOST = 1000;

  private final Optional<RunId> run;
  private final List<RepositoryProblem> found = new ArrayList<>();
  private long more;

  public Problems(RunId run) {
    this.run = Optional.of(run);
  }

  /** Adds a damaged artifact, or an entry or file that is too many. */
  public void add(String subject, String message) {
    add(ErrorCode.ARTIFACT_CORRUPT, subject, message);
  }

  public synchronized void add(ErrorCode code, String subject, String message) {
    if (found.size() < MOST) {
      found.add(new RepositoryProblem(code, run, subject, message));
    } else {
      more++;
    }
  }

  /**
   * Adds what an exception says, if it says that something is damaged.
   *
   * @throws HoldfastException the exception itself, if it says anything else
   */
  public void add(HoldfastException failure, String subject) {
    if (failure.code().kind() != ErrorCode.Kind.CORRUPT) {
      throw failure;
    }
    add(failure.code(), failure.context().getOrDefault("path", subject), failure.message());
  }

  /** Everything, ending with how many more there were. */
  public synchronized List<RepositoryProblem> all() {
    var all = new ArrayList<>(found);
    if (more > 0) {
      all.add(
          new RepositoryProblem(
              ErrorCode.ARTIFACT_CORRUPT, run, "", "and " + more + " more problems"));
    }
    return List.copyOf(all);
  }
}
