package io.holdfast.engine.restore;

import io.holdfast.engine.artifact.ArtifactSource;
import io.holdfast.engine.artifact.CheckResult;
import io.holdfast.engine.backup.BackupNaming;
import io.holdfast.engine.backup.ComponentThreads;
import io.holdfast.engine.backup.Failures;
import io.holdfast.engine.component.Change;
import io.holdfast.engine.component.Component;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.component.StagedRestore;
import io.holdfast.engine.component.UndoRecord;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.event.RunEvent;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.installation.Environment;
import io.holdfast.engine.installation.Installation;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.repository.BackupReader;
import io.holdfast.engine.repository.StillThere;
import io.holdfast.engine.restore.RestoreRecord.Stage;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunPhase;
import io.holdfast.engine.run.RunStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;

/**
 * One restore, all components or none (P4).
 *
 * <p>The order, of which nothing may be left out or exchanged. Until step 6 nothing outside of
 * Holdfast's own names is touched.
 *
 * <ol>
 *   <li>The manifest is verified (the repository does it on opening), the components are there and
 *       may be restored.
 *   <li>Checksums: every byte that will be used is read and compared (P5). Where nothing is live,
 *       and for a restore to another place, step 5 compares them as it reads.
 *   <li>Every handler opens what it will restore.
 *   <li>Safety backup of the live state of these components.
 *   <li>Every component is staged beside its target, and checked there. What that creates is in the
 *       journal before it exists.
 *   <li>The journal says {@code COMMITTING}, with what there is before the first rename. Every
 *       component is committed.
 *   <li>The journal says {@code COMMITTED}: from here on there is no way back, and what is left to
 *       do is to drop the old state.
 * </ol>
 *
 * <p>A failure up to step 6 rolls every component back, in reverse order; a crash leaves that to
 * {@link RestoreRecovery}. A dry run does steps 1, 2, 3 and 5 and rolls back; a restore to another
 * place has no live state to save. The caller holds the installation's lock. Used once.
 */
public final class RestoreRun {
  private final Environment environment;
  private final Installation installation;
  private final RestoreRequest request;
  private final List<Component> components;
  private final RunId run;
  private final BackupNaming naming;
  private final RunMonitor monitor;
  private final Cancellation cancellation;
  private final Instant startedAt;
  private final List<String> warnings = java.util.Collections.synchronizedList(new ArrayList<>());
  private final Map<ComponentName, List<Change>> changes = new LinkedHashMap<>();
  private final Map<Component, StagedRestore> staged = new LinkedHashMap<>();
  private final RestoreJournal journal;
  private final CreatedDirectories created;

  /** What was made for a restore to another place; by any thread, and any number of times. */
  private final Set<FilePath> madeElsewhere = new ConcurrentSkipListSet<>();

  private Optional<Manifest> safety = Optional.empty();
  private RunStatus ended = RunStatus.FAILED;

  /**
   * @param components what to restore, in the order of commit: a component inside another before
   *     that other
   * @param naming names the run of the safety backup
   */
  public RestoreRun(
      Environment environment,
      Installation installation,
      RestoreRequest request,
      List<Component> components,
      RunId run,
      BackupNaming naming,
      RunMonitor monitor) {
    this.environment = environment;
    this.installation = installation;
    this.request = request;
    this.components = List.copyOf(components);
    this.run = run;
    this.naming = naming;
    this.monitor = monitor;
    this.cancellation = monitor.cancellation().child();
    this.startedAt = environment.clock().instant();
    this.journal =
        new RestoreJournal(
            environment.files(), installation.state(), record(), request.destination().isEmpty());
    this.created = new CreatedDirectories(environment.files(), journal);
  }

  /** Restores. What goes wrong on the way is in the outcome. */
  public RestoreOutcome execute(BackupReader reader) throws IOException {
    FilePath scratch = scratch();
    boolean committed = false;
    try (var threads =
            new ComponentThreads(
                "holdfast-" + run, installation.parallelism(), ComponentThreads.GRACE);
        var deadline = threads.deadline(cancellation, installation.timeout())) {
      var steps = new ComponentSteps(threads, cancellation);
      Optional<HoldfastException> failure = Optional.empty();
      try {
        var verification =
            RestoreVerification.of(environment.files(), request, components, monitor, cancellation);
        monitor.phase(RunPhase.VERIFY);
        verification.begin(reader);
        open(reader, steps, scratch);
        journal.begin();
        takeSafetyBackup();
        stage(reader, steps, scratch, verification);
        if (request.dryRun()) {
          rollBack(RunStatus.COMPLETED, "dry run");
        } else {
          commit();
          committed = true;
        }
      } catch (IOException | RuntimeException e) {
        // First everything is put back: to ask the repository may take long.
        HoldfastException why = undo(Failures.ofRestore("restore " + run, e));
        failure =
            Optional.of(
                new StillThere(installation.repository()::open).explained(request.backup(), why));
      } catch (Error e) {
        // Out of memory, a class that is missing: no outcome can be promised, but targets are put
        // back.
        undo(new HoldfastException(ErrorCode.INTERNAL, e.toString(), "", e));
        throw e;
      }
      return outcome(reader.manifest(), failure);
    } finally {
      removeQuietly(scratch);
      if (!committed) {
        removeMadeElsewhere();
      }
    }
  }

  /** A restore to another place that came to nothing leaves nothing, as far as it is empty. */
  private void removeMadeElsewhere() {
    try {
      CreatedDirectories.remove(environment.files(), List.copyOf(madeElsewhere));
    } catch (IOException e) {
      monitor.tell(
          new RunEvent.Warning(
              Optional.empty(), "empty directories could not be removed: " + e.getMessage()));
    }
  }

  private void open(BackupReader reader, ComponentSteps steps, FilePath scratch)
      throws IOException {
    monitor.phase(RunPhase.OPEN);
    steps.run(
        components,
        (component, own) -> {
          FilePath place = scratch.resolve(component.name().value()).resolve("check");
          var context = context(component, own, place, undo -> {});
          for (CheckResult check :
              component.handler().check(source(reader, component, own), context)) {
            if (!check.ok()) {
              throw new HoldfastException(
                  ErrorCode.ARTIFACT_INVALID,
                  "component "
                      + component.name()
                      + ": "
                      + check.name()
                      + " failed: "
                      + check.detail(),
                  "Nothing was touched. Restore an older backup.");
            }
          }
          return component;
        });
  }

  private void takeSafetyBackup() throws IOException {
    if (request.dryRun() || request.destination().isPresent()) {
      return;
    }
    Manifest manifest =
        new SafetyBackup(environment, installation, naming, monitor)
            .take(components, run, cancellation);
    safety = Optional.of(manifest);
    journal.safetyBackup(manifest.runId());
  }

  private void stage(
      BackupReader reader, ComponentSteps steps, FilePath scratch, RestoreVerification verification)
      throws IOException {
    monitor.phase(RunPhase.STAGE);
    try {
      stage(reader, steps, scratch);
    } catch (HoldfastException e) {
      throw verification.explained(reader, e);
    }
  }

  private void stage(BackupReader reader, ComponentSteps steps, FilePath scratch)
      throws IOException {
    Map<Component, StagedRestore> ready = new LinkedHashMap<>();
    for (List<Component> level : stagingLevels()) {
      ready.putAll(
          steps.run(
              level,
              (component, own) -> {
                var context =
                    context(
                        component,
                        own,
                        scratch.resolve(component.name().value()).resolve("stage"),
                        undo -> {
                          try {
                            journal.undo(component.name(), undo);
                          } catch (IOException e) {
                            throw new UncheckedIOException(e);
                          }
                        });
                StagedRestore restore =
                    component.handler().stage(source(reader, component, own), context);
                synchronized (staged) {
                  staged.put(component, restore);
                }
                return restore;
              }));
    }
    for (Component component : components) {
      StagedRestore restore = ready.get(component);
      if (restore != null) {
        changes.put(component.name(), restore.changes());
      }
    }
  }

  /** In another place components lie side by side, whatever lies inside what here. */
  private List<List<Component>> stagingLevels() {
    return request.destination().isPresent() ? List.of(components) : Nesting.levels(components);
  }

  private void commit() throws IOException {
    cancellation.check();
    monitor.phase(RunPhase.COMMIT);
    journal.committing();
    for (Component component : components) {
      restoreOf(component).commit();
      monitor.tell(
          new RunEvent.ComponentFinished(component.name().value(), "restored", Optional.empty()));
    }
    journal.requireTargets();
    journal.committed();
    boolean clean = true;
    for (Component component : components) {
      try {
        restoreOf(component).finish();
      } catch (IOException | RuntimeException e) {
        clean = false;
        warn(component, "the old state could not be removed yet: " + e.getMessage());
      }
    }
    if (!clean) {
      // The journal stays, and says COMMITTED: the next start tries again to remove what is left.
      return;
    }
    journal.end(RunStatus.COMPLETED, environment.clock().instant(), "").ifPresent(warnings::add);
  }

  /** Brings everything back after a failure, and says what the failure then is. */
  private HoldfastException undo(HoldfastException why) {
    if (journal.record().stage() == Stage.COMMITTED) {
      return why;
    }
    boolean touched = journal.record().stage() == Stage.COMMITTING;
    ended = statusOf(why);
    try {
      if (touched) {
        journal.affirm();
      }
      rollBack(ended, why.message());
    } catch (IOException | RuntimeException e) {
      var failed =
          new HoldfastException(
              ErrorCode.ROLLBACK_FAILED,
              why.message() + "; and rolling back failed: " + e.getMessage(),
              "Mend the cause and run any command: it tries again to roll back. The former state of each target lies beside it under a"
                  + " name with '.holdfast-"
                  + run
                  + "'"
                  + safety.map(s -> ", and in safety backup " + s.runId()).orElse("")
                  + ".",
              why);
      failed.addSuppressed(e);
      return failed;
    }
    return touched
        ? new HoldfastException(
            ErrorCode.RESTORE_ROLLED_BACK,
            why.message() + "; every target is as it was before",
            why.guidance(),
            why)
        : why;
  }

  private static RunStatus statusOf(HoldfastException why) {
    return switch (why.code()) {
      case CANCELLED -> RunStatus.CANCELLED;
      case TIMEOUT -> RunStatus.TIMEOUT;
      default -> RunStatus.FAILED;
    };
  }

  private void rollBack(RunStatus status, String message) throws IOException {
    monitor.phase(RunPhase.ROLL_BACK);
    IOException first = null;
    for (Component component : components.reversed()) {
      StagedRestore restore;
      synchronized (staged) {
        restore = staged.get(component);
      }
      try {
        if (restore != null) {
          restore.rollBack();
        } else {
          undoUnstaged(component);
        }
      } catch (IOException | RuntimeException e) {
        var failure = new IOException("component " + component.name() + ": " + e.getMessage(), e);
        if (first == null) {
          first = failure;
        } else {
          first.addSuppressed(failure);
        }
      }
    }
    if (first != null) {
      throw first;
    }
    CreatedDirectories.remove(environment.files(), journal.record().created());
    journal.end(status, environment.clock().instant(), message).ifPresent(warnings::add);
  }

  /**
   * A component whose staging failed has undone itself; unless that failed too, of which only its
   * record tells.
   */
  private void undoUnstaged(Component component) throws IOException {
    Optional<UndoRecord> undo =
        journal.record().parts().stream()
            .filter(part -> part.name().equals(component.name()))
            .flatMap(part -> part.undo().stream())
            .findFirst();
    if (undo.isPresent()) {
      new FileSwaps(environment.files(), undo.get()).rollBack();
      if (!undo.get().details().isEmpty()) {
        FilePath place = scratch().resolve(component.name().value()).resolve("undo");
        component.handler().recover(undo.get(), context(component, cancellation, place, u -> {}));
      }
    }
  }

  private StagedRestore restoreOf(Component component) {
    synchronized (staged) {
      StagedRestore restore = staged.get(component);
      if (restore == null) {
        throw new IllegalStateException("component " + component.name() + " was not staged");
      }
      return restore;
    }
  }

  private ArtifactSource source(BackupReader reader, Component component, Cancellation own)
      throws IOException {
    long size =
        reader.manifest().component(component.name()).map(ComponentRecord::sizeBytes).orElse(0L);
    var meter = monitor.meter(component.name().value(), OptionalLong.of(size));
    return reader.artifacts(component.name(), own, meter);
  }

  /** Never made before {@link RestoreVerification#begin} has passed. */
  private RunRestoreContext context(
      Component component, Cancellation own, FilePath scratch, Consumer<UndoRecord> recorder)
      throws IOException {
    Optional<FilePath> destination = Optional.empty();
    if (request.destination().isPresent()) {
      FilePath root = request.destination().get();
      FilePath place = root.resolve(component.name().value());
      DestinationDirectories.make(environment.files(), root, scratch, madeElsewhere::add);
      DestinationDirectories.make(environment.files(), root, place, madeElsewhere::add);
      destination = Optional.of(place);
    } else {
      FileTrees.createDirectories(environment.files(), scratch, 0700);
    }
    return new RunRestoreContext(
        run,
        destination,
        true,
        request.dryRun(),
        request.delta(),
        placesBeside(component),
        created::make,
        environment.clock(),
        own,
        scratch,
        message -> warn(component, message),
        recorder);
  }

  private void warn(Component component, String message) {
    warnings.add("component " + component.name() + ": " + message);
    monitor.tell(new RunEvent.Warning(Optional.of(component.name().value()), message));
  }

  private List<FilePath> placesBeside(Component component) {
    return request.destination().isPresent()
        ? List.of()
        : components.stream()
            .filter(other -> !other.name().equals(component.name()))
            .flatMap(other -> other.handler().places().stream())
            .toList();
  }

  /**
   * Beside the state, or, for a restore to another place, in that place: the state may then be
   * unwritable, or not there.
   */
  private FilePath scratch() {
    return request
        .destination()
        .map(place -> place.resolve(".holdfast-" + run))
        .orElseGet(() -> installation.state().resolve("scratch").resolve(run.value()));
  }

  private void removeQuietly(FilePath scratch) {
    try {
      FileTrees.deleteTree(environment.files(), scratch);
    } catch (IOException e) {
      warnings.add("temporary files could not be removed: " + e.getMessage());
    }
  }

  private RestoreRecord record() {
    return new RestoreRecord(
        run,
        request.backup(),
        Stage.STAGING,
        RunStatus.RUNNING,
        startedAt,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        components.stream().map(c -> RestoreJournal.part(c.name(), c.kind(), c.handler())).toList(),
        "");
  }

  private RestoreOutcome outcome(Manifest backup, Optional<HoldfastException> failure) {
    monitor.phase(RunPhase.DONE);
    RunStatus status = failure.isPresent() ? ended : RunStatus.COMPLETED;
    return new RestoreOutcome(
        run,
        backup,
        request.dryRun(),
        status,
        components.stream().map(Component::name).sorted().toList(),
        changes,
        safety,
        startedAt,
        environment.clock().instant(),
        List.copyOf(warnings),
        failure.map(why -> new ComponentRecord.Failure(why.code(), why.message(), why.guidance())));
  }
}
