package io.holdfast.engine.copy;

import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.run.RunId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What became of a copy.
 *
 * @param backups those that were to be there, oldest first, as far as it got
 * @param failure why it ended before all were tried, or what could not be tried; empty if all were
 */
public record CopyOutcome(List<Backup> backups, Optional<ComponentRecord.Failure> failure) {
  public CopyOutcome {
    backups = List.copyOf(backups);
  }

  /** Whether every backup is in the target now. */
  public boolean isComplete() {
    return failure.isEmpty() && backups.stream().noneMatch(b -> b.result() == Result.FAILED);
  }

  /**
   * The same, where the source may hold backups that are too damaged to be told from each other.
   *
   * @param unreadable what is wrong with them; none for the same outcome
   */
  public CopyOutcome without(List<RepositoryProblem> unreadable) {
    if (failure.isPresent() || unreadable.isEmpty()) {
      return this;
    }
    RepositoryProblem first = unreadable.getFirst();
    return new CopyOutcome(
        backups,
        Optional.of(
            new ComponentRecord.Failure(
                first.code(),
                "not all backups may have been copied: "
                    + first.subject()
                    + " "
                    + first.message()
                    + (unreadable.size() > 1 ? ", and " + (unreadable.size() - 1) + " more" : ""),
                "'holdfast repository check' of the source tells what is damaged. To copy without"
                    + " it, name the backups.")));
  }

  /** What became of one backup. */
  public enum Result {
    /** It was copied. */
    COPIED,
    /** The target had it already. */
    PRESENT,
    /** It was not copied; nothing of it is in the target. */
    FAILED;

    /** The lowercase word in interfaces. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One backup.
   *
   * @param run its run
   * @param result what became of it
   * @param bytes of content that were copied
   * @param failure why it was not
   */
  public record Backup(
      RunId run, Result result, long bytes, Optional<ComponentRecord.Failure> failure) {}
}
