package io.holdfast.engine;

import io.holdfast.engine.backup.BackupOutcome;
import io.holdfast.engine.backup.BackupPlan;
import io.holdfast.engine.backup.BackupRequest;
import io.holdfast.engine.backup.BackupRun;
import io.holdfast.engine.backup.Failures;
import io.holdfast.engine.component.CaptureContext.Purpose;
import io.holdfast.engine.component.Component;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.copy.CopyOutcome;
import io.holdfast.engine.copy.RepositoryCopy;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.event.RunEvent;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.file.FileLayer.HeldLock;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.installation.BackupUse;
import io.holdfast.engine.installation.Environment;
import io.holdfast.engine.installation.Installation;
import io.holdfast.engine.installation.InstallationLock;
import io.holdfast.engine.installation.Kinds;
import io.holdfast.engine.installation.PlaceChecks;
import io.holdfast.engine.installation.Verifications;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.repository.BackupIndex;
import io.holdfast.engine.repository.BackupReader;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.restore.DestinationDirectories;
import io.holdfast.engine.restore.RestoreDestination;
import io.holdfast.engine.restore.RestoreOutcome;
import io.holdfast.engine.restore.RestoreRecord;
import io.holdfast.engine.restore.RestoreRecovery;
import io.holdfast.engine.restore.RestoreRequest;
import io.holdfast.engine.restore.RestoreRun;
import io.holdfast.engine.restore.RestoreSelection;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunPhase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
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
                .map(place -> place.resolve(".state")));
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

  private Engine under(RunMonitor monitor) {
    return under(monitor.cancellation());
  }

  public Installation installation() {
    return installation;
  }

  /** Makes a backup, then applies retention. */
  public BackupOutcome backup(BackupRequest request, RunMonitor monitor) {
    return under(monitor).backUp(request, monitor);
  }

  private BackupOutcome backUp(BackupRequest request, RunMonitor monitor) {
    return guarded(() -> {
      List<Component> components = select(request.components());
      new PlaceChecks(environment.files()).check(installation);
      making().begin();
      try (HeldLock held = lock.acquire(owner("a backup"))) {
        prepare(monitor);
        RunId run = numbers().nextBackup();
        monitor.tell(new RunEvent.RunStarted(run, "backup"));
        Compression asked = request.compression().orElse(installation.compression());
        var plan =
            new BackupPlan(
                run,
                components,
                request.components(),
                request.trigger(),
                Purpose.BACKUP,
                installation.repository().stored(asked),
                Optional.empty());
        var retention =
            new RetentionAfterwards(
                environment,
                installation,
                use,
                verifications,
                request.retention().orElse(installation.retention()));
        Installation announced =
            installation.withRepository(installation.repository().announcing(retention::expiring));
        Manifest manifest = new BackupRun(environment, announced, plan, monitor).execute();
        List<String> warnings = new ArrayList<>();
        otherwise(asked).ifPresent(warnings::add);
        List<RunId> pruned =
            manifest.status().isPublished() ? retention.apply(monitor, warnings) : List.of();
        monitor.phase(RunPhase.DONE);
        return new BackupOutcome(manifest, pruned, warnings);
      }
    });
  }

  /** Says that backups are stored otherwise than they were to be, if they are. */
  private Optional<String> otherwise(Compression asked) {
    Compression stored = installation.repository().stored(asked);
    return stored == asked
        ? Optional.empty()
        : Optional.of(
            "a repository of kind "
                + installation.repository().kind()
                + " does not compress by "
                + asked.word()
                + ": it was stored as "
                + stored.word());
  }

  /** Restores, or shows what a restore would change. */
  public RestoreOutcome restore(RestoreRequest request, RunMonitor monitor) {
    return under(monitor).bringBack(request, monitor);
  }

  private RestoreOutcome bringBack(RestoreRequest request, RunMonitor monitor) {
    return guarded(() -> {
      if (request.destination().isPresent()) {
        DestinationDirectories.requirePossible(environment.files(), request.destination().get());
      }
      boolean elsewhere = request.destination().isPresent();
      if (elsewhere) {
        RestoreDestination.requireFree(
            environment.files(), installation, request.destination().get());
      } else {
        new PlaceChecks(environment.files()).check(installation);
      }
      try (HeldLock held =
          elsewhere ? lockIfWritable("a restore") : lock.acquire(owner("a restore"))) {
        if (!elsewhere) {
          prepare(monitor);
        }
        try (BackupReader reader = installation.repository().open(request.backup())) {
          var selection = new RestoreSelection(environment.files(), installation, kinds);
          List<Component> components = selection.select(reader.manifest(), request);
          RunId run = elsewhere ? numbers().nextIfWritable() : numbers().next();
          monitor.tell(new RunEvent.RunStarted(run, request.dryRun() ? "dry run" : "restore"));
          return new RestoreRun(
                  environment,
                  installation,
                  request,
                  components,
                  run,
                  () -> guarded(numbers()::nextBackup),
                  monitor)
              .execute(reader);
        }
      }
    });
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
    return under(monitor).read(run, monitor);
  }

  private List<RepositoryProblem> read(RunId run, RunMonitor monitor) {
    return guarded(() -> {
      try (HeldLock mark = use.mark(run);
          BackupReader reader = installation.repository().open(run)) {
        monitor.phase(RunPhase.VERIFY);
        Collection<ComponentName> names = RestoreSelection.restorable(reader.manifest());
        var meter = monitor.meter(run.value(), OptionalLong.of(reader.manifest().sizeBytes()));
        List<RepositoryProblem> problems = reader.verify(names, monitor.cancellation(), meter);
        monitor.cancellation().check();
        verifications.remember(run, problems.isEmpty());
        return problems;
      } catch (HoldfastException e) {
        if (e.code() == ErrorCode.MANIFEST_CORRUPT || e.code() == ErrorCode.FORMAT_UNSUPPORTED) {
          return List.of(
              new RepositoryProblem(e.code(), Optional.of(run), Manifest.FILE_NAME, e.message()));
        }
        throw e;
      }
    });
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
    return under(monitor).take(source.under(monitor), runs, monitor);
  }

  private CopyOutcome take(Engine source, List<RunId> runs, RunMonitor monitor) {
    return guarded(() -> {
      List<RunId> wanted = runs.isEmpty() ? source.index().runs() : runs;
      List<RepositoryProblem> unknown = runs.isEmpty() ? source.unreadable() : List.of();
      new PlaceChecks(environment.files()).check(installation);
      making().begin();
      try (HeldLock held = lock.acquire(owner("a copy"))) {
        prepare(monitor);
        return new RepositoryCopy(
                source::open, installation.repository(), environment.random(), monitor)
            .execute(wanted)
            .without(unknown);
      }
    });
  }

  private RunNumbers numbers() {
    return new RunNumbers(environment, installation, kinds);
  }

  private RepositoryMaking making() {
    return new RepositoryMaking(environment, installation);
  }

  /** What keeps the repository in order. */
  public RepositoryUpkeep upkeep() {
    return new RepositoryUpkeep(
        this, installation, making(), verifications, purpose -> lock.acquire(owner(purpose)));
  }

  /** What other programs keep in the same repository. */
  public ForeignBackups foreign() {
    return new ForeignBackups(
        environment, installation, kinds, () -> guarded(numbers()::ofNoRecord));
  }

  /** Deletes a backup, whatever its trigger; or the record of a failed run. */
  public void delete(RunId run) {
    guarded(() -> {
      try (HeldLock held = lock.acquire(owner("a deletion"))) {
        prepare(RunMonitor.silent());
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
    under(monitor).endLeftovers(monitor);
  }

  private void endLeftovers(RunMonitor monitor) {
    guarded(() -> {
      if (isRestoreUnfinished() || installation.repository().hasRunsUnderWay()) {
        Optional<HeldLock> free = lock.tryAcquire();
        if (free.isPresent()) {
          try (HeldLock held = free.get()) {
            prepare(monitor);
          }
        }
      }
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

  private void prepare(RunMonitor monitor) throws IOException {
    new RestoreRecovery(environment, installation, kinds, monitor).execute();
    try {
      for (RunId interrupted : installation.repository().prepare()) {
        monitor.tell(new RunEvent.InterruptedRunFiled(interrupted));
      }
    } catch (HoldfastException e) {
      if (e.code() == ErrorCode.FORMAT_UNSUPPORTED
          || e.code() == ErrorCode.REPOSITORY_UNAVAILABLE) {
        throw e;
      }
      // Leftovers are in nobody's way; whatever comes next says for itself what it cannot do.
      monitor.tell(
          new RunEvent.Warning(
              Optional.empty(), "leftovers in the repository stay for now: " + e.message()));
    }
  }

  private List<Component> select(List<ComponentName> names) {
    if (installation.components().isEmpty()) {
      throw new HoldfastException(
          ErrorCode.CONFIGURATION_INVALID,
          "no component is configured",
          "Name what to protect under 'components'.");
    }
    if (names.isEmpty()) {
      return installation.components();
    }
    return names.stream().distinct().map(this::component).toList();
  }

  private Component component(ComponentName name) {
    return installation
        .component(name)
        .orElseThrow(() ->
            new HoldfastException(
                ErrorCode.COMPONENT_NOT_FOUND,
                "no component is called " + name,
                "Configured are: "
                    + String.join(
                        ", ",
                        installation.components().stream().map(c -> c.name().value()).toList())
                    + "."));
  }

  /**
   * A restore to another place needs no lock where nothing can be deleted either: on a repository
   * that is mounted read-only.
   */
  private HeldLock lockIfWritable(String purpose) throws IOException {
    try {
      return lock.acquire(owner(purpose));
    } catch (FileLayerException e) {
      if (!e.isUnwritable()) {
        throw e;
      }
      return () -> {};
    }
  }

  private String owner(String purpose) {
    return purpose
        + ", process "
        + ProcessHandle.current().pid()
        + " on "
        + environment.host()
        + ", since "
        + environment.clock().instant();
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
