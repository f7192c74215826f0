package io.holdfast.engine;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.file.FileLayer.HeldLock;
import io.holdfast.engine.installation.Installation;
import io.holdfast.engine.installation.Verifications;
import io.holdfast.engine.repository.DataChecks.DataCheck;
import io.holdfast.engine.repository.DataPart;
import io.holdfast.engine.repository.Maintenance;
import io.holdfast.engine.repository.PruneOutcome;
import io.holdfast.engine.repository.Removals;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.repository.RepositoryKeys;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.repository.RepositoryStats;
import io.holdfast.engine.repository.Unlocking;
import io.holdfast.engine.repository.UnusedLimit;
import io.holdfast.engine.repository.signature.SignatureCheck;
import io.holdfast.engine.repository.signature.VerifyingKey;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunPhase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What keeps the repository of an installation in order: made, checked, freed of what nobody needs,
 * its passwords, its signatures. Goes on beside backups and restores, unless it says otherwise.
 * Thread-safe; fails as {@link Engine} does.
 */
public final class RepositoryUpkeep {
  private final Engine engine;
  private final Installation installation;
  private final RepositoryMaking making;
  private final Verifications verifications;
  private final Locking locking;

  /** Takes the lock of the installation. */
  @FunctionalInterface
  interface Locking {
    /**
     * @param purpose what for, for people
     */
    HeldLock acquire(String purpose) throws IOException;
  }

  /** Touches nothing. */
  RepositoryUpkeep(
      Engine engine,
      Installation installation,
      RepositoryMaking making,
      Verifications verifications,
      Locking locking) {
    this.engine = engine;
    this.installation = installation;
    this.making = making;
    this.verifications = verifications;
    this.locking = locking;
  }

  private Repository repository(RunMonitor monitor) {
    return installation.repository().under(monitor.cancellation());
  }

  /** Checks the repository: its structure, and if asked every byte of every backup. */
  public List<RepositoryProblem> check(boolean readData, RunMonitor monitor) {
    return Engine.guarded(() -> {
      var problems = new ArrayList<>(checks(monitor).check(readData, monitor));
      // What was read once and is sound need not be read for others as well.
      boolean read = installation.repository().dataChecks().isPresent() && problems.isEmpty();
      problems.addAll(engine.foreign().check(readData && !read, monitor));
      return problems;
    });
  }

  /**
   * Checks the repository's structure, and a part of its data: those pieces first that were not
   * read for longest.
   *
   * @throws HoldfastException {@code USAGE} if its backups share no data
   */
  public DataCheck check(DataPart part, RunMonitor monitor) {
    return Engine.guarded(() -> checks(monitor).check(part, monitor));
  }

  private RepositoryCheck checks(RunMonitor monitor) {
    return new RepositoryCheck(repository(monitor), verifications, engine::validate);
  }

  /**
   * Removes what the repository stores and no backup needs.
   *
   * @throws HoldfastException {@code BUSY} if somebody is at work beside whom it must not be done
   */
  public PruneOutcome prune(UnusedLimit limit, boolean dryRun, RunMonitor monitor) {
    return Engine.guarded(() -> {
      monitor.phase(RunPhase.PRUNE);
      var meter = monitor.meter("moved", OptionalLong.empty());
      return maintenance(repository(monitor)).prune(limit, dryRun, monitor.cancellation(), meter);
    });
  }

  /** What the repository holds and takes. */
  public RepositoryStats stats(RunMonitor monitor) {
    return Engine.guarded(() -> maintenance(repository(monitor)).stats(monitor.cancellation()));
  }

  /**
   * Removes locks in the repository that processes which are gone have left behind.
   *
   * @param all whether to remove those too whose owners may well be alive
   */
  public Unlocking unlock(boolean all) {
    return Engine.guarded(() -> maintenance(installation.repository()).unlock(all));
  }

  private Maintenance maintenance(Repository repository) {
    return repository.maintenance().orElseThrow(() -> unknownTo("this"));
  }

  /**
   * Makes the repository where there is none, also where there was one before; nothing happens to
   * one that is there.
   *
   * @return whether it was not there before
   */
  public boolean create() {
    return Engine.guarded(making::anew);
  }

  /**
   * Makes the repository where this installation never had one, as the first backup does.
   *
   * @throws HoldfastException {@code REPOSITORY_UNAVAILABLE} where there was one before, and
   *     nothing is now
   */
  public void begin() {
    Engine.guarded(() -> {
      making.begin();
      return installation;
    });
  }

  /** Whether this installation has had a repository at the place where it keeps its backups. */
  public boolean isUsed() {
    return Engine.guarded(making::isUsed);
  }

  /**
   * Works on the passwords of the repository.
   *
   * @throws HoldfastException {@code USAGE} if it has none
   */
  public <T> T keys(KeyWork<T> work) {
    return Engine.guarded(() ->
        work.with(installation.repository().keys().orElseThrow(() -> unknownTo("a password"))));
  }

  /** Something to do with passwords. */
  @FunctionalInterface
  public interface KeyWork<T> {
    T with(RepositoryKeys keys) throws IOException;
  }

  private HoldfastException unknownTo(String what) {
    return new HoldfastException(
        ErrorCode.USAGE,
        what
            + " is unknown to a repository of kind "
            + installation.repository().kind()
            + ", "
            + installation.repository().location(),
        "It is for a repository of kind vault.");
  }

  /**
   * Looks at the signatures of the repository.
   *
   * @param key whose signatures are wanted
   * @param atLeast the number of a signature that was seen before; 0 if none was
   */
  public SignatureCheck.Report checkSignatures(VerifyingKey key, long atLeast, RunMonitor monitor) {
    return Engine.guarded(() ->
        new SignatureCheck(repository(monitor), key).execute(atLeast, monitor.cancellation()));
  }

  /**
   * Takes it for right that signed backups are gone which others have removed.
   *
   * @param runs which ones
   * @throws HoldfastException {@code USAGE} if backups are not signed here, or one of these is not
   *     gone
   */
  public void acknowledge(List<RunId> runs) {
    Engine.guarded(() -> {
      Removals removals =
          installation
              .repository()
              .removals()
              .orElseThrow(() ->
                  new HoldfastException(
                      ErrorCode.USAGE,
                      "this installation signs no backups",
                      "Acknowledge it where backup.signing_key_file is configured."));
      try (HeldLock held = locking.acquire("an acknowledgement")) {
        removals.acknowledge(runs);
        return removals;
      }
    });
  }
}
