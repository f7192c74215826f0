package io.holdfast.engine.restore;

import io.holdfast.engine.component.Beside;
import io.holdfast.engine.component.Component;
import io.holdfast.engine.component.ComponentHandler;
import io.holdfast.engine.component.UndoRecord;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.event.RunEvent;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.installation.Environment;
import io.holdfast.engine.installation.Installation;
import io.holdfast.engine.installation.Kinds;
import io.holdfast.engine.restore.RestoreRecord.Part;
import io.holdfast.engine.restore.RestoreRecord.Stage;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Ends restores whose process died: rolls back those that had not swapped every target, drops the
 * old state of those that had (P4).
 *
 * <p>Runs before anything else that takes the installation's lock, which the caller holds. Every
 * step is idempotent, so that a recovery that dies is simply begun again.
 */
public final class RestoreRecovery {
  private static final int RECORD_LIMIT = 64 << 20;

  private final Environment environment;
  private final Installation installation;
  private final Kinds kinds;
  private final RunMonitor monitor;

  public RestoreRecovery(
      Environment environment, Installation installation, Kinds kinds, RunMonitor monitor) {
    this.environment = environment;
    this.installation = installation;
    this.kinds = kinds;
    this.monitor = monitor;
  }

  /**
   * Whether some restore is unfinished: under way, or left by a process that died. Needs no lock.
   */
  public boolean isNeeded() throws IOException {
    return !unfinished().isEmpty();
  }

  /** Restores whose records exist, by name; for the sequence of runs. */
  public List<RunId> known() throws IOException {
    List<RunId> runs = new ArrayList<>(runs(RestoreJournal.unfinished(installation.state())));
    runs.addAll(runs(RestoreJournal.finished(installation.state())));
    return runs;
  }

  /** What is written down of a restore that has ended; empty if there is no record of it. */
  public Optional<RestoreRecord> finished(RunId run) throws IOException {
    FilePath file = RestoreJournal.finished(installation.state()).resolve(run + ".json");
    return environment.files().find(file).isEmpty()
        ? Optional.empty()
        : Optional.of(
            RestoreRecordCodec.decode(
                file, FileTrees.readAll(environment.files(), file, RECORD_LIMIT)));
  }

  /**
   * Ends what is unfinished.
   *
   * @throws HoldfastException {@code ROLLBACK_FAILED} if a target could not be brought back;
   *     nothing else may then run
   */
  public void execute() throws IOException {
    for (RunId run : unfinished()) {
      FilePath file = RestoreJournal.unfinished(installation.state()).resolve(run + ".json");
      RestoreRecord record =
          RestoreRecordCodec.decode(
              file, FileTrees.readAll(environment.files(), file, RECORD_LIMIT));
      requireOwnNames(record);
      boolean rollBack = record.stage() != Stage.COMMITTED;
      List<String> failures = new ArrayList<>();
      for (Part part : rollBack ? record.parts().reversed() : record.parts()) {
        try {
          if (rollBack) {
            rollBack(record, part);
          } else {
            finish(record, part);
          }
        } catch (IOException | RuntimeException e) {
          failures.add("component " + part.name() + ": " + e.getMessage());
        }
      }
      if (rollBack && failures.isEmpty()) {
        try {
          CreatedDirectories.remove(environment.files(), record.created());
        } catch (IOException e) {
          failures.add(e.getMessage());
        }
      }
      if (rollBack && !failures.isEmpty()) {
        throw new HoldfastException(
            ErrorCode.ROLLBACK_FAILED,
            "restore "
                + run
                + " was interrupted, and rolling it back failed: "
                + String.join("; ", failures),
            "Mend the cause and run any command again; until then nothing else runs. The former state of each target lies beside it"
                + " under a name with '.holdfast-"
                + run
                + "'.");
      }
      if (failures.isEmpty()) {
        end(record, rollBack);
      } else {
        // The restore has succeeded; only old states are left, and the next start tries again.
        failures.forEach(
            f -> monitor.tell(new RunEvent.Warning(Optional.empty(), "restore " + run + ": " + f)));
      }
      monitor.tell(new RunEvent.RestoreRecovered(run, rollBack));
    }
    FilePath scratch = installation.state().resolve("scratch");
    FileTrees.deleteTree(environment.files(), scratch);
  }

  /**
   * Refuses a journal that would have something removed or renamed that no restore made: a journal
   * is acted upon with all rights that this process has, and may lie where others can write.
   */
  private static void requireOwnNames(RestoreRecord record) {
    var beside = new Beside(record.run());
    for (Part part : record.parts()) {
      for (UndoRecord.Swap swap : part.undo().map(UndoRecord::swaps).orElse(List.of())) {
        if (!beside.isOwn(swap.staged().name()) || !beside.isOwn(swap.aside().name())) {
          throw foreign(record, swap.staged() + ", " + swap.aside());
        }
      }
      for (UndoRecord.Move move : part.undo().map(UndoRecord::moves).orElse(List.of())) {
        if (part.undo().orElseThrow().swaps().stream()
            .noneMatch(swap -> move.kept().startsWith(swap.staged()))) {
          throw foreign(record, move.kept().toString());
        }
      }
    }
  }

  private static HoldfastException foreign(RestoreRecord record, String names) {
    return new HoldfastException(
        ErrorCode.ROLLBACK_FAILED,
        "the journal of restore " + record.run() + " names what no restore makes: " + names,
        "Somebody changed it. Look beside the targets for names with '.holdfast-"
            + record.run()
            + "', put them back by hand, and remove the journal.");
  }

  private void rollBack(RestoreRecord record, Part part) throws IOException {
    if (part.undo().isEmpty()) {
      return;
    }
    // Swaps first: what a handler undoes beyond them, such as the times of the directories in which
    // names were swapped, would be undone by a later rename.
    new FileSwaps(environment.files(), part.undo().get(), part.observed()).rollBack();
    if (!part.undo().get().details().isEmpty()) {
      handler(record, part).recover(part.undo().get(), context(record, part));
    }
  }

  private void finish(RestoreRecord record, Part part) throws IOException {
    if (part.undo().isEmpty()) {
      return;
    }
    new FileSwaps(environment.files(), part.undo().get(), part.observed()).finish();
    if (!part.undo().get().details().isEmpty()) {
      handler(record, part).finish(part.undo().get(), context(record, part));
    }
  }

  /** The configuration may have changed since; then the record is enough. */
  private ComponentHandler handler(RestoreRecord record, Part part) {
    return installation
        .component(part.name())
        .filter(component -> component.kind().equals(part.kind()))
        .map(Component::handler)
        .orElseGet(() ->
            kinds.recorded(
                "the record of restore " + record.run(),
                part.name(),
                part.kind(),
                part.settings(),
                environment.files()));
  }

  private RunRestoreContext context(RestoreRecord record, Part part) throws IOException {
    FilePath scratch = installation.state().resolve("scratch").resolve("recover-" + record.run());
    FileTrees.createDirectories(environment.files(), scratch, 0700);
    return new RunRestoreContext(
        record.run(),
        Optional.empty(),
        false,
        false,
        false,
        List.of(),
        directory -> List.of(),
        environment.clock(),
        monitor.cancellation(),
        scratch,
        message -> monitor.tell(new RunEvent.Warning(Optional.of(part.name().value()), message)),
        undo -> {});
  }

  private void end(RestoreRecord record, boolean rolledBack) {
    Optional<String> problem =
        RestoreJournal.close(
            environment.files(),
            installation.state(),
            new RestoreRecord(
                record.run(),
                record.backup(),
                record.stage(),
                rolledBack ? RunStatus.FAILED : RunStatus.COMPLETED,
                record.startedAt(),
                Optional.of(environment.clock().instant()),
                record.safetyBackup(),
                record.created(),
                record.parts(),
                rolledBack ? "interrupted, and rolled back at the next start" : ""));
    problem.ifPresent(p -> monitor.tell(new RunEvent.Warning(Optional.empty(), p)));
  }

  private List<RunId> unfinished() throws IOException {
    return runs(RestoreJournal.unfinished(installation.state()));
  }

  private List<RunId> runs(FilePath directory) throws IOException {
    List<RunId> runs = new ArrayList<>();
    if (environment.files().find(directory).isEmpty()) {
      return runs;
    }
    List<byte[]> names;
    try {
      names = environment.files().list(directory);
    } catch (FileLayerException e) {
      if (e.reason() == FileLayerException.Reason.NOT_PERMITTED) {
        return runs;
      }
      throw e;
    }
    for (byte[] name : names) {
      String text = new String(name, StandardCharsets.UTF_8);
      if (text.endsWith(".json") && RunId.isRunId(text.substring(0, text.length() - 5))) {
        runs.add(new RunId(text.substring(0, text.length() - 5)));
      }
    }
    return runs;
  }
}
