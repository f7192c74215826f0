package io.holdfast.engine.repository;

import io.holdfast.engine.component.Finding;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.repository.foreign.ForeignSnapshots;
import io.holdfast.engine.run.BackupId;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.InstallationName;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.Trigger;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where backups are kept.
 *
 * <p>Contract:
 *
 * <ul>
 *   <li>A backup is visible in {@link #list} only after {@link BackupWriter#publish} returned;
 *       publication is one atomic step, and durable. A process that dies before leaves no backup,
 *       one that dies after leaves a whole one (P1, P2).
 *   <li>What is published is never changed; it can be deleted. A deletion that dies half-way leaves
 *       either the whole backup or none that is listed.
 *   <li>Whatever is read is verified; what does not verify is an error, never data (P5). A format
 *       of the future is refused (P6).
 *   <li>One writer at a time for an installation, which the engine sees to by its lock; readers at
 *       any time.
 * </ul>
 */
public interface Repository extends AutoCloseable {
  /** The fact in an error that there is no repository, nor anything of one, at a place. */
  String NOTHING_THERE = "nothing_there";

  /** The word for its kind: {@code directory}. */
  String kind();

  /** Where it is, for people. */
  String location();

  /**
   * The directory that it occupies on this machine, if it occupies one; nothing else may live
   * there, and no component around it.
   */
  Optional<FilePath> place();

  /**
   * Whether several installations may work in it at once: then it sees to it by itself that none
   * harms another, and the lock of an installation does not have to cover its {@link #place}.
   */
  default boolean isShared() {
    return false;
  }

  /**
   * Creates the repository if it does not exist, and checks its format's version if it does.
   * Idempotent; needs no lock: of several that create it at once, all succeed. What the engine
   * itself keeps in the place ({@code .state}) does not count as content.
   *
   * @throws io.holdfast.engine.error.HoldfastException {@code REPOSITORY_UNAVAILABLE} if something
   *     else is there, {@code FORMAT_UNSUPPORTED}
   */
  void create() throws IOException;

  /**
   * As {@link #create}, where there was a repository before: one whose storage is empty now is not
   * made anew.
   *
   * @throws io.holdfast.engine.error.HoldfastException as {@link #create}; with the fact {@link
   *     #NOTHING_THERE} if there is none at all
   */
  default void resume() throws IOException {
    create();
  }

  /**
   * Goes on if {@link #create} could do its work, as far as that can be told without doing it;
   * leaves everything as it was.
   *
   * @throws io.holdfast.engine.error.HoldfastException as {@link #create}
   */
  default void examine() throws IOException {}

  /**
   * Tidies up before a run: files what an interrupted run left behind under {@code failed}, ends
   * interrupted deletions. The repository exists, and the caller holds the installation's lock.
   *
   * @return the runs that were found interrupted
   */
  List<RunId> prepare() throws IOException;

  /**
   * Whether backups are under way or were interrupted, which look alike to one who does not hold
   * the installation's lock. False where the repository does not exist yet.
   */
  boolean hasRunsUnderWay() throws IOException;

  /**
   * The same repository, for a backup after which retention may remove others.
   *
   * @param expiring which ones, once there is a backup with this manifest
   */
  default Repository announcing(Function<Manifest, List<RunId>> expiring) {
    return this;
  }

  /**
   * Takes the name of a run for a backup that is about to begin, where other installations may take
   * the same one at the same time. The caller holds the installation's lock, which is all that is
   * needed where all who write have the same one.
   *
   * @return false if somebody else has it: another name has to be tried
   */
  default boolean claim(RunId run) throws IOException {
    return true;
  }

  /** Gives a name back under which no backup came to begin. Fails for nothing. */
  default void unclaim(RunId run) {}

  /**
   * The same repository, for work that can be cancelled: what waits for its storage ends when that
   * is. What tidies up afterwards still finds it, if the storage answers at once.
   *
   * @return not to be closed; this is
   */
  default Repository under(Cancellation cancellation) {
    return this;
  }

  /** Begins a backup. The caller holds the installation's lock. */
  BackupWriter begin(BackupStart start) throws IOException;

  /** All published backups and those whose manifest is damaged, newest first, by sequence. */
  List<BackupEntry> list() throws IOException;

  /** The same backups by their names alone, which takes little even where they are many. */
  BackupIndex index() throws IOException;

  /**
   * Files that may each be a backup and are too damaged to tell which, so that no list has them:
   * whoever wants the newest backup, or all, has to know.
   *
   * @return what is wrong with each; empty where damage always leaves the name of a backup
   */
  default List<RepositoryProblem> unreadable() throws IOException {
    return List.of();
  }

  /**
   * The records of runs that did not publish (failed, cancelled, timed out, interrupted), newest
   * first.
   */
  List<BackupEntry> listFailed() throws IOException;

  /**
   * What other programs keep in the same repository, which {@link #list} does not know. Touches
   * nothing.
   */
  default ForeignSnapshots foreign() {
    return ForeignSnapshots.NONE;
  }

  /**
   * Opens a published backup for reading; its manifest is verified.
   *
   * @throws io.holdfast.engine.error.HoldfastException {@code BACKUP_NOT_FOUND}, {@code
   *     MANIFEST_CORRUPT}, {@code FORMAT_UNSUPPORTED}
   */
  BackupReader open(RunId run) throws IOException;

  /**
   * As {@link #open}, whatever signatures say of the backup: for whoever looks at these.
   *
   * @throws io.holdfast.engine.error.HoldfastException as {@link #open}
   */
  default BackupReader openUnjudged(RunId run) throws IOException {
    return open(run);
  }

  /**
   * Removes a published backup, a damaged one, or the record of a failed run. The caller holds the
   * installation's lock.
   */
  void delete(RunId run) throws IOException;

  /**
   * The highest sequence number of any run that the repository has a trace of; 0 if there is none.
   */
  int highestSequence() throws IOException;

  /**
   * Looks for everything that is not as the format says, without reading the content of artifacts:
   * strange files, manifests, archives that are cut, entries that are missing. Reading content is
   * {@link BackupReader#verify}.
   *
   * @return what is wrong; empty if nothing is
   */
  List<RepositoryProblem> checkStructure(Cancellation cancellation) throws IOException;

  /**
   * Tries whether the place keeps the promises that a repository relies on, by files of its own
   * there, which are removed in the end. Touches no other file, and may be done while others work.
   *
   * @return a finding for each promise; empty if there is nothing to try
   */
  default List<Finding> tryPlace(Cancellation cancellation) throws IOException {
    return List.of();
  }

  /**
   * Whether it was made, at the place where it is to be; needs none of its secrets.
   *
   * @throws io.holdfast.engine.error.HoldfastException {@code REPOSITORY_UNAVAILABLE} if that
   *     cannot be told
   */
  default boolean isMade() throws IOException {
    return true;
  }

  /**
   * Looks whether what it needs besides its place can be had: passwords and keys. Changes nothing.
   *
   * @return what there is to remark; empty if it needs nothing
   */
  default List<Finding> inspect() {
    return List.of();
  }

  /** How a backup is stored that is to be stored like that: not every repository knows them all. */
  default Compression stored(Compression asked) {
    return asked;
  }

  /** What can be done for it besides backups; empty if nothing has to be. */
  default Optional<Maintenance> maintenance() {
    return Optional.empty();
  }

  /** How to read what backups share; empty if they share nothing. */
  default Optional<DataChecks> dataChecks() {
    return Optional.empty();
  }

  /** What it knows of removals by others; empty if its backups are not signed. */
  default Optional<Removals> removals() {
    return Optional.empty();
  }

  /** Its passwords; empty if it is not encrypted. */
  default Optional<RepositoryKeys> keys() {
    return Optional.empty();
  }

  @Override
  void close() throws IOException;

  /**
   * What a repository must know to begin.
   *
   * @param run names the backup, with the trigger
   * @param backup its random name
   * @param trigger why it is made
   * @param compression how to store it
   * @param installation whose backup it is; empty if the installation has no name
   * @param seal vouches for the manifest when it is published, if somebody does
   */
  record BackupStart(
      RunId run,
      BackupId backup,
      Trigger trigger,
      Compression compression,
      Optional<InstallationName> installation,
      Optional<ManifestSeal> seal) {
    /** One that nobody vouches for. */
    public BackupStart(
        RunId run,
        BackupId backup,
        Trigger trigger,
        Compression compression,
        Optional<InstallationName> installation) {
      this(run, backup, trigger, compression, installation, Optional.empty());
    }

    /** One of an installation without a name. */
    public BackupStart(RunId run, BackupId backup, Trigger trigger, Compression compression) {
      this(run, backup, trigger, compression, Optional.empty());
    }

    /** The same, with somebody who vouches for it. */
    public BackupStart sealedBy(ManifestSeal by) {
      return new BackupStart(run, backup, trigger, compression, installation, Optional.of(by));
    }
  }
}
