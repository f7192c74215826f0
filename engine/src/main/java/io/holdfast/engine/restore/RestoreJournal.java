package io.holdfast.engine.restore;

import io.holdfast.engine.component.ComponentHandler;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.component.UndoRecord;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.restore.RestoreRecord.Part;
import io.holdfast.engine.restore.RestoreRecord.Stage;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The journal of one restore, rewritten whole, atomically and durably before every step that it
 * announces.
 *
 * <p>It lies in {@code restoring/} of the state directory while the restore is under way and in
 * {@code restores/} afterwards; whatever is found in {@code restoring/} by a process that holds the
 * installation's lock belongs to a process that died. Thread-safe.
 */
final class RestoreJournal {
  private final FileLayer files;
  private final FilePath state;
  private final boolean kept;
  private RestoreRecord record;

  /**
   * @param kept false for a restore that touches nothing live and may run where no state can be
   *     written
   */
  RestoreJournal(FileLayer files, FilePath state, RestoreRecord record, boolean kept) {
    this.files = files;
    this.state = state;
    this.record = record;
    this.kept = kept;
  }

  static FilePath unfinished(FilePath state) {
    return state.resolve("restoring");
  }

  static FilePath finished(FilePath state) {
    return state.resolve("restores");
  }

  synchronized RestoreRecord record() {
    return record;
  }

  synchronized void begin() throws IOException {
    write(record);
  }

  /** Notes how to undo a component that is about to be staged. */
  synchronized void undo(ComponentName name, UndoRecord undo) throws IOException {
    List<Part> parts = new ArrayList<>();
    for (Part part : record.parts()) {
      parts.add(part.name().equals(name) ? part.undoneBy(undo) : part);
    }
    write(record.with(parts));
  }

  /** Notes directories that are about to be made. */
  synchronized void creating(List<FilePath> directories) throws IOException {
    List<FilePath> all = new ArrayList<>(record.created());
    all.addAll(directories);
    write(record.creating(all));
  }

  /** Notes the safety backup that was taken. */
  synchronized void safetyBackup(RunId backup) throws IOException {
    write(record.savedAs(backup));
  }

  /** Notes what there is before the first rename of any component, and that renames follow. */
  synchronized void committing() throws IOException {
    List<Part> parts = new ArrayList<>();
    for (Part part : record.parts()) {
      parts.add(
          part.undo().isPresent()
              ? part.observing(new FileSwaps(files, part.undo().get()).observe())
              : part);
    }
    write(record.with(parts).at(Stage.COMMITTING));
  }

  /**
   * Makes sure that every target is what was staged for it, whatever the commits of the components
   * did to each other.
   *
   * @throws HoldfastException {@code TARGET_UNSUITABLE} if one is not
   */
  synchronized void requireTargets() throws IOException {
    for (Part part : record.parts()) {
      for (FileSwaps.Observed o : part.observed()) {
        FilePath target = o.swap().target();
        if (o.stagedInode() != 0
            && files.find(target).filter(now -> now.inode() == o.stagedInode()).isEmpty()) {
          throw new HoldfastException(
              ErrorCode.TARGET_UNSUITABLE,
              "component " + part.name() + ": " + target + " is not what was just restored to it",
              "Stop what writes there, and restore again.");
        }
      }
    }
  }

  /** Notes that every target is swapped: the point of no return. */
  synchronized void committed() throws IOException {
    write(record.at(Stage.COMMITTED));
  }

  /**
   * Notes once more how far the restore is, before it is rolled back. If noting {@code COMMITTED}
   * failed, it may have reached the disk all the same; a crash in the roll back would then be taken
   * for one in the clean-up, and old states would be deleted.
   */
  synchronized void affirm() throws IOException {
    write(record);
  }

  /**
   * Ends the journal: the record goes to its final place, then the unfinished one goes.
   *
   * @return what could not be done of that, in words; empty if all was. The restore, or its roll
   *     back, is over all the same.
   */
  synchronized Optional<String> end(RunStatus status, Instant at, String message) {
    record = record.ended(status, at, message);
    return kept ? close(files, state, record) : Optional.empty();
  }

  /**
   * Ends the journal of this or another process. Where there is no room for the record the journal
   * goes nevertheless, which needs none: a disk that is full must not make it look unfinished.
   */
  static Optional<String> close(FileLayer files, FilePath state, RestoreRecord record) {
    Optional<String> problem = Optional.empty();
    try {
      FileTrees.createDirectories(files, finished(state), 0700);
      FileTrees.replaceAtomically(
          files, path(finished(state), record.run()), RestoreRecordCodec.encode(record), 0600);
    } catch (IOException e) {
      problem =
          Optional.of(
              "the record of restore " + record.run() + " could not be kept: " + e.getMessage());
    }
    try {
      FilePath open = path(unfinished(state), record.run());
      if (files.find(open).isPresent()) {
        files.delete(open);
        files.sync(unfinished(state));
      }
    } catch (IOException e) {
      problem =
          Optional.of(
              "the journal of restore "
                  + record.run()
                  + " could not be removed: "
                  + e.getMessage());
    }
    return problem;
  }

  /** What is not on disk has not happened: a record whose writing failed is not taken over. */
  private void write(RestoreRecord next) throws IOException {
    if (kept) {
      FileTrees.createDirectories(files, unfinished(state), 0700);
      FileTrees.replaceAtomically(
          files, path(unfinished(state), next.run()), RestoreRecordCodec.encode(next), 0600);
    }
    record = next;
  }

  private static FilePath path(FilePath directory, RunId run) {
    return directory.resolve(run + ".json");
  }

  static Part part(ComponentName name, String kind, ComponentHandler handler) {
    return new Part(name, kind, handler.source(), Optional.empty(), List.of());
  }
}
