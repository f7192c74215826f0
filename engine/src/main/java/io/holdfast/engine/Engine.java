package io.holdfast.engine;

import io.holdfast.engine.backup.BackupOutcome;
import io.holdfast.engine.backup.BackupRequest;
import io.holdfast.engine.backup.Failures;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.copy.CopyOutcome;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.file.FileLayer.HeldLock;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.installation.BackupUse;
import io.holdfast.engine.installation.Environment;
import io.holdfast.engine.installation.Installation;
import io.holdfast.engine.installation.InstallationLock;
import io.holdfast.engine.installation.Kinds;
import io.holdfast.engine.installation.Verifications;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.repository.BackupIndex;
import io.holdfast.engine.repository.BackupReader;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.repository.layout.RepositoryLayout;
import io.holdfast.engine.restore.RestoreOutcome;
import io.holdfast.engine.restore.RestoreRecord;
import io.holdfast.engine.restore.RestoreRecovery;
import io.holdfast.engine.restore.RestoreRequest;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Holdfast for one installation: what a command line, a server or an application calls.
 *
 * <p>Backups, restores and deletions exclude each other, in this process and across processes: the
 * second is refused at once with {@code BUSY}. Reading (lists, validation) goes on beside them.
 * Thread-safe.
 *
 * <p>A run that begins and fails is an outcome with a status; an exception means that nothing was
 * begun.
 */
public final class Engine implements AutoCloseable {
  private final Environment environment;
  private final Installation installation;
  private final Kinds kinds;
  private final InstallationLock lock;
  private final BackupUse use;
  private final Verifications verifications;

  /**
   * @param kinds used to restore components that are not configured, from what the manifest says of
   *     them
   */
  public Engine(Environment environment, Installation installation, Kinds kinds) {
    this.environment = environment;
    this.installation = installation;
    this.kinds = kinds;
    this.lock =
        new InstallationLock(
            environment.files(),
            installation.state(),
            installation
                .repository()
                .place()
                .filter(place -> !installation.repository().isShared())
                .map(place -> place.resolve(RepositoryLayout.STATE)));
    this.use = new BackupUse(environment.files(), installation.state(), environment.random());
    this.verifications =
        new Verifications(environment.files(), installation.state(), environment.clock());
  }

  private Engine(Engine same, Cancellation cancellation) {
    this.environment = same.environment;
    this.installation =
        same.installation.withRepository(same.installation.repository().under(cancellation));
    this.kinds = same.kinds;
    this.lock = same.lock;
    this.use = same.use;
    this.verifications = same.verifications;
  }

  /**
   * The same, for work that can be cancelled: what waits for the repository's storage ends when
   * that is. What is given a {@link RunMonitor} is under its cancellation without this.
   *
   * @return not to be closed; this is
   */
  public Engine under(Cancellation cancellation) {
    return new Engine(this, cancellation);
  }

  /** The one place where the cancellation of a monitor comes to the work that it looks at. */
  private Work work(RunMonitor monitor) {
    return under(monitor.cancellation()).watched(monitor);
  }

  /** Work that nobody looks at, and that this engine's own cancellation ends. */
  private Work work() {
    return watched(RunMonitor.silent());
  }

  private Work watched(RunMonitor monitor) {
    return new Work(environment, installation, kinds, lock, use, verifications, monitor);
  }

  public Installation installation() {
    return installation;
  }

  /** Makes a backup, then applies retention. */
  public BackupOutcome backup(BackupRequest request, RunMonitor monitor) {
    return guarded(() -> new BackupWork(work(monitor)).execute(request));
  }

  /** Restores, or shows what a restore would change. */
  public RestoreOutcome restore(RestoreRequest request, RunMonitor monitor) {
    return guarded(() -> new RestoreWork(work(monitor)).execute(request));
  }

  /** All published backups, newest first. */
  public List<BackupEntry> list() {
    return guarded(() -> installation.repository().list());
  }

  /** The same by their names alone, for whoever shows pages of very many. */
  public BackupIndex index() {
    return guarded(() -> installation.repository().index());
  }

  /** What may be backups too, and is too damaged to tell which, see {@link Repository}. */
  public List<RepositoryProblem> unreadable() {
    return guarded(() -> installation.repository().unreadable());
  }

  /** Records of runs that published nothing, newest first. */
  public List<BackupEntry> listFailed() {
    return guarded(() -> installation.repository().listFailed());
  }

  /**
   * The run that a text names: a run id, a backup id, or {@code latest} for the newest completed
   * backup that is no safety backup.
   *
   * @throws HoldfastException {@code USAGE} if the text is no identifier, {@code BACKUP_NOT_FOUND}
   */
  public RunId resolve(String id) {
    return resolve(id, List.of());
  }

  /**
   * As {@link #resolve(String)}, where {@code latest} has to hold these components.
   *
   * @param components what is wanted of the backup; empty for all that there is
   */
  public RunId resolve(String id, List<ComponentName> components) {
    return guarded(() -> BackupNames.resolve(id, components, installation));
  }

  /** The manifest of a published backup. */
  public Manifest show(RunId run) {
    return guarded(() -> {
      try (BackupReader reader = installation.repository().open(run)) {
        return reader.manifest();
      }
    });
  }

  /**
   * A published backup, open for reading: retention keeps it until it is closed.
   *
   * @throws HoldfastException {@code BACKUP_NOT_FOUND}, {@code MANIFEST_CORRUPT}, {@code
   *     FORMAT_UNSUPPORTED}
   */
  public BackupReader open(RunId run) {
    return guarded(() -> {
      HeldLock mark = use.mark(run);
      try {
        return new MarkedReader(installation.repository().open(run), mark);
      } catch (IOException | RuntimeException e) {
        mark.close();
        throw e;
      }
    });
  }

  /**
   * Reads every byte of a backup and compares; remembers the result, which retention heeds.
   *
   * @return what is wrong; empty if nothing is
   */
  public List<RepositoryProblem> validate(RunId run, RunMonitor monitor) {
    return guarded(() -> new ValidationWork(work(monitor)).execute(run));
  }

  /** When a backup was last read again and found sound; empty if it was not, or was damaged. */
  public Optional<Instant> verifiedAt(RunId run) {
    return guarded(() -> verifications.soundSince(run));
  }

  /** Whether a backup was damaged when it was last read again. */
  public boolean isDamaged(RunId run) {
    return guarded(() -> verifications.isDamaged(run));
  }

  /** How much more the repository can take, if that can be told. */
  public OptionalLong freeBytes() {
    return guarded(() -> {
      Optional<FilePath> place = installation.repository().place();
      return place.isPresent() && environment.files().find(place.get()).isPresent()
          ? OptionalLong.of(environment.files().space(place.get()).usable())
          : OptionalLong.empty();
    });
  }

  /**
   * Copies backups of another installation's repository into this one's, which is made if it is not
   * there. Retention does not follow.
   *
   * @param source where they are; not this engine
   * @param runs which ones; empty for all that there are
   */
  public CopyOutcome receive(Engine source, List<RunId> runs, RunMonitor monitor) {
    Engine under = source.under(monitor.cancellation());
    return guarded(() -> new CopyWork(work(monitor)).execute(under, runs));
  }

  private RepositoryMaking making() {
    return new RepositoryMaking(environment, installation);
  }

  /** What keeps the repository in order. */
  public RepositoryUpkeep upkeep() {
    return new RepositoryUpkeep(this, installation, making(), verifications, work()::acquire);
  }

  /** What other programs keep in the same repository. */
  public ForeignBackups foreign() {
    return new ForeignBackups(
        environment, installation, kinds, () -> guarded(work().numbers()::ofNoRecord));
  }

  /** Deletes a backup, whatever its trigger; or the record of a failed run. */
  public void delete(RunId run) {
    guarded(() -> {
      Work work = work();
      try (HeldLock held = work.acquire("a deletion")) {
        work.prepare();
        if (use.isInUse(run)) {
          throw new HoldfastException(
              ErrorCode.BUSY,
              "backup " + run + " is being read",
              "Wait until that has ended, and try again.");
        }
        installation.repository().delete(run);
        verifications.forget(run);
        return run;
      }
    });
  }

  /**
   * What became of a restore, which is written down where the installation keeps its state.
   *
   * @return empty if there is no record of it: it has not ended, or never began, or was a restore
   *     to another place
   */
  public Optional<RestoreRecord> restoreRecord(RunId run) {
    return guarded(() ->
        new RestoreRecovery(environment, installation, kinds, RunMonitor.silent()).finished(run));
  }

  /**
   * Ends what a process that died left behind, if there is anything and nobody else is at work;
   * called when a program starts, so that an interrupted restore is undone, and an interrupted
   * backup shows as failed, even if nothing but a list is asked for. Whoever only reads can go on
   * when this fails.
   */
  public void recover(RunMonitor monitor) {
    guarded(() -> {
      work(monitor).endLeftovers();
      return installation;
    });
  }

  /**
   * Whether a restore is unfinished: under way, or left by a process that died, which {@link
   * #recover} then ends.
   */
  public boolean isRestoreUnfinished() {
    return guarded(() ->
        new RestoreRecovery(environment, installation, kinds, RunMonitor.silent()).isNeeded());
  }

  @Override
  public void close() {
    guarded(() -> {
      installation.repository().close();
      return installation;
    });
  }

  /** Runs what may fail on the way to the file system; as every method here fails. */
  static <T> T guarded(Action<T> action) {
    try {
      return action.run();
    } catch (IOException | UncheckedIOException e) {
      throw Failures.ofInstallation(e);
    }
  }

  /** Something that may fail on the way to the file system. */
  interface Action<T> {
    T run() throws IOException;
  }
}
