package io.holdfast.engine.retention;

import io.holdfast.engine.event.RunEvent;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.run.InstallationName;
import io.holdfast.engine.run.RunId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Removes what the plan says. The caller holds the installation's lock. A backup that cannot be
 * removed is a warning and does not stop the others; one whose manifest is damaged is neither
 * counted nor removed, since nobody can tell what it is; nor is one of another installation, which
 * keeps by rules of its own.
 */
public final class RetentionRun {
  /** How many records of failed runs are kept. */
  public static final int KEPT_FAILED = 50;

  /** What others know of a backup. */
  public interface Knowledge {
    /** Whether somebody reads it. */
    boolean isInUse(RunId run) throws IOException;

    /** Whether its last validation failed. */
    boolean isDamaged(RunId run) throws IOException;
  }

  private final Repository repository;
  private final Optional<InstallationName> own;
  private final RetentionPolicy policy;
  private final Knowledge knowledge;
  private final RunMonitor monitor;
  private final List<String> failures = new ArrayList<>();

  /**
   * @param own whose backups are counted and removed; empty for those without a name
   */
  public RetentionRun(
      Repository repository,
      Optional<InstallationName> own,
      RetentionPolicy policy,
      Knowledge knowledge,
      RunMonitor monitor) {
    this.repository = repository;
    this.own = own;
    this.policy = policy;
    this.knowledge = knowledge;
    this.monitor = monitor;
  }

  /** Removes old backups, and old records of failed runs. */
  public List<RunId> execute(Instant now) throws IOException {
    List<RunId> removed = new ArrayList<>();
    for (RunId run : RetentionPlan.toRemove(policy, candidates(), now)) {
      if (remove(run)) {
        removed.add(run);
        monitor.tell(new RunEvent.BackupPruned(run));
      }
    }
    repository.listFailed().stream()
        .filter(this::mayBeOwn)
        .skip(KEPT_FAILED)
        .map(BackupEntry::runId)
        .forEach(this::remove);
    return removed;
  }

  /** Records are no loss, so that those go too of which it cannot be told whose they are. */
  private boolean mayBeOwn(BackupEntry failed) {
    return switch (failed) {
      case BackupEntry.Readable(var manifest, long stored) ->
          manifest.installation().isEmpty() || manifest.installation().equals(own);
      case BackupEntry.Corrupt _ -> true;
    };
  }

  /**
   * What could not be removed, for whoever reads what became of the run; a storage that lets nobody
   * delete refuses all of them alike, so that one line is enough.
   */
  public Optional<String> failure() {
    return failures.isEmpty()
        ? Optional.empty()
        : Optional.of(
            failures.getFirst()
                + (failures.size() == 1
                    ? ""
                    : " (and " + (failures.size() - 1) + " more could not be removed)"));
  }

  /**
   * What {@link #execute} would remove once there were one more backup; changes nothing.
   *
   * @param published its manifest
   */
  public List<RunId> planned(Manifest published, Instant now) throws IOException {
    List<RetentionPlan.Candidate> all = candidates();
    all.add(candidate(published));
    return RetentionPlan.toRemove(policy, all, now);
  }

  private List<RetentionPlan.Candidate> candidates() throws IOException {
    List<RetentionPlan.Candidate> candidates = new ArrayList<>();
    for (BackupEntry entry : repository.list()) {
      if (entry instanceof BackupEntry.Readable readable
          && readable.manifest().installation().equals(own)) {
        candidates.add(candidate(readable.manifest()));
      }
    }
    return candidates;
  }

  private RetentionPlan.Candidate candidate(Manifest manifest) throws IOException {
    return new RetentionPlan.Candidate(
        manifest.runId(),
        manifest.status(),
        manifest.trigger(),
        manifest.isSafetyBackup(),
        manifest.receivedAt().orElse(manifest.startedAt()),
        knowledge.isInUse(manifest.runId()),
        knowledge.isDamaged(manifest.runId()),
        manifest.components().stream()
            .filter(ComponentRecord::isRestorable)
            .map(ComponentRecord::name)
            .collect(Collectors.toUnmodifiableSet()));
  }

  private boolean remove(RunId run) {
    try {
      repository.delete(run);
      return true;
    } catch (IOException | RuntimeException e) {
      failures.add("retention could not remove " + run + ": " + e.getMessage());
      return false;
    }
  }
}
