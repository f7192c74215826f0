package io.holdfast.engine;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.installation.Verifications;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.repository.DataChecks;
import io.holdfast.engine.repository.DataChecks.DataCheck;
import io.holdfast.engine.repository.DataPart;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.repository.content.BackupLayout;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunPhase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Checks a repository as a whole. Where backups share content, that is read once; only if something
 * is wrong with it is each backup read, to tell which ones are concerned.
 *
 * @param verifications told how each backup was found
 */
record RepositoryCheck(Repository repository, Verifications verifications, Validation validation) {
  /** Reads one backup. */
  @FunctionalInterface
  interface Validation {
    List<RepositoryProblem> of(RunId run, RunMonitor monitor);
  }

  List<RepositoryProblem> check(boolean readData, RunMonitor monitor) throws IOException {
    Optional<DataChecks> shared = repository.dataChecks();
    if (readData && shared.isPresent()) {
      // Those that are published meanwhile are not read.
      var problems = new ArrayList<RepositoryProblem>();
      List<BackupEntry> backups = list(problems);
      problems.addAll(check(DataPart.ALL, monitor).problems());
      return problems.isEmpty() ? sound(backups, monitor) : eachBackup(backups, problems, monitor);
    }
    List<RepositoryProblem> problems = structure(monitor);
    return readData ? eachBackup(repository.list(), problems, monitor) : problems;
  }

  DataCheck check(DataPart part, RunMonitor monitor) throws IOException {
    DataChecks shared =
        repository
            .dataChecks()
            .orElseThrow(() ->
                new HoldfastException(
                    ErrorCode.USAGE,
                    "a repository of kind "
                        + repository.kind()
                        + " has no parts to read: its backups share nothing",
                    "Read single backups with 'backup validate', or all with 'repository check'."));
    List<RepositoryProblem> problems = structure(monitor);
    monitor.phase(RunPhase.VERIFY);
    var meter = monitor.meter("data", OptionalLong.empty());
    DataCheck read = shared.check(part, monitor.cancellation(), meter);
    read.problems().stream().filter(problem -> !problems.contains(problem)).forEach(problems::add);
    return new DataCheck(
        problems, read.bytesRead(), read.bytesTotal(), read.bytesUnread(), read.remembered());
  }

  private List<RepositoryProblem> structure(RunMonitor monitor) throws IOException {
    return new ArrayList<>(repository.checkStructure(monitor.cancellation()));
  }

  /** The backups, as far as they can be told in a repository that may be damaged. */
  private List<BackupEntry> list(List<RepositoryProblem> problems) throws IOException {
    try {
      return repository.list();
    } catch (HoldfastException damaged) {
      if (damaged.code().kind() != ErrorCode.Kind.CORRUPT) {
        throw damaged;
      }
      problems.add(new RepositoryProblem(damaged.code(), Optional.empty(), "", damaged.message()));
      return List.of();
    }
  }

  /** All that is stored is sound; what is left to look at are the manifests. */
  private List<RepositoryProblem> sound(List<BackupEntry> backups, RunMonitor monitor)
      throws IOException {
    var problems = new ArrayList<RepositoryProblem>();
    for (BackupEntry entry : backups) {
      if (entry instanceof BackupEntry.Readable) {
        verifications.remember(entry.runId(), true);
      } else {
        problems.addAll(problems(entry.runId(), monitor));
      }
    }
    return problems;
  }

  /** One that was removed since it was listed is no damage. */
  private List<RepositoryProblem> problems(RunId run, RunMonitor monitor) {
    try {
      return validation.of(run, monitor);
    } catch (HoldfastException e) {
      if (e.code() != ErrorCode.BACKUP_NOT_FOUND) {
        throw e;
      }
      return List.of();
    }
  }

  /** A backup that is not opened because of its signature, of which that is told already. */
  private static boolean isTold(RepositoryProblem refusal, List<RepositoryProblem> problems) {
    return refusal.code() == ErrorCode.MANIFEST_CORRUPT
        && refusal.subject().equals(Manifest.FILE_NAME)
        && problems.stream()
            .anyMatch(told ->
                told.run().equals(refusal.run())
                    && told.subject().equals(BackupLayout.MANIFEST_SIGNATURE));
  }

  private List<RepositoryProblem> eachBackup(
      List<BackupEntry> backups, List<RepositoryProblem> problems, RunMonitor monitor) {
    for (BackupEntry entry : backups) {
      monitor.cancellation().check();
      boolean told = problems.stream().anyMatch(p -> p.run().equals(Optional.of(entry.runId())));
      if (entry instanceof BackupEntry.Readable || !told) {
        for (RepositoryProblem problem : problems(entry.runId(), monitor)) {
          if (!problems.contains(problem) && !isTold(problem, problems)) {
            problems.add(problem);
          }
        }
      }
    }
    return problems;
  }
}
