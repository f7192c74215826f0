package io.holdfast.store.files;

import io.holdfast.engine.component.Change;
import io.holdfast.engine.component.StagedRestore;
import io.holdfast.engine.component.UndoRecord;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.restore.FileSwaps;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Files that lie ready beside their targets, and go there by renames. */
final class StagedFiles implements StagedRestore {
  private final FileLayer files;
  private final FileSwaps swaps;
  private final UndoDetails details;
  private final List<Stamp> after;
  private final Changes changes;
  private final Precondition precondition;

  /** What a commit changes. */
  interface Changes {
    List<Change> get() throws IOException;
  }

  /** What must still hold when the commit begins. */
  interface Precondition {
    void require() throws IOException;
  }

  /**
   * When everything lies there.
   *
   * @param record what was recorded last
   * @param after how directories that stay have to be after the commit
   */
  static StagedFiles ready(
      FileLayer files,
      UndoRecord record,
      List<Stamp> after,
      Changes changes,
      Precondition precondition)
      throws IOException {
    var swaps = new FileSwaps(files, record);
    swaps.observe();
    return new StagedFiles(
        files, swaps, UndoDetails.of(record.details()), after, changes, precondition);
  }

  private StagedFiles(
      FileLayer files,
      FileSwaps swaps,
      UndoDetails details,
      List<Stamp> after,
      Changes changes,
      Precondition precondition) {
    this.files = files;
    this.swaps = swaps;
    this.details = details;
    this.after = List.copyOf(after);
    this.changes = changes;
    this.precondition = precondition;
  }

  @Override
  public List<Change> changes() throws IOException {
    return changes.get();
  }

  @Override
  public void commit() throws IOException {
    precondition.require();
    swaps.commit();
    for (Stamp stamp : after) {
      stamp.apply(files);
    }
  }

  @Override
  public void rollBack() throws IOException {
    swaps.rollBack();
    details.undo(files);
  }

  @Override
  public void finish() throws IOException {
    // Where names were swapped in directories that stay, the old ones lie in these: to remove them
    // must not look like a change that the application made.
    var now = new ArrayList<Stamp>();
    for (Stamp stamp : after) {
      files.find(stamp.directory()).map(s -> Stamp.of(stamp.directory(), s)).ifPresent(now::add);
    }
    swaps.finish();
    for (Stamp stamp : now) {
      stamp.apply(files);
    }
  }
}
