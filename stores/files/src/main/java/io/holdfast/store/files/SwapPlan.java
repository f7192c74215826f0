package io.holdfast.store.files;

import io.holdfast.engine.component.UndoRecord;
import io.holdfast.engine.component.UndoRecord.Move;
import io.holdfast.engine.component.UndoRecord.Swap;
import io.holdfast.engine.file.FilePath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a commit of a staged tree does: which names are swapped, which live things move along, and
 * which directories get their metadata back afterwards. Filled by {@link SwapPlanner}.
 *
 * <p>Not thread-safe.
 */
final class SwapPlan {
  /**
   * A staged thing that has to be brought beside its target before the commit.
   *
   * @param from where the restorer made it
   * @param to the name from which the commit takes it
   */
  record Placement(FilePath from, FilePath to) {}

  private final List<Swap> swaps = new ArrayList<>();
  private final List<Move> moves = new ArrayList<>();
  private final List<Placement> placements = new ArrayList<>();
  private final Map<FilePath, Stamp> before = new LinkedHashMap<>();
  private final Map<FilePath, Stamp> after = new LinkedHashMap<>();

  void swap(Swap swap) {
    swaps.add(swap);
  }

  void place(Placement placement) {
    placements.add(placement);
  }

  void move(Move move) {
    moves.add(move);
  }

  /** A live directory is as this says now, and has to be so again if the restore is undone. */
  void stampBefore(Stamp stamp) {
    before.putIfAbsent(stamp.directory(), stamp);
  }

  /** A directory has to be as this says after the commit. */
  void stampAfter(Stamp stamp) {
    after.putIfAbsent(stamp.directory(), stamp);
  }

  List<Placement> placements() {
    return placements;
  }

  /** How directories have to be after the commit, the outermost first. */
  List<Stamp> after() {
    return List.copyOf(after.values());
  }

  /** How live directories are before the commit. */
  List<Stamp> before() {
    return List.copyOf(before.values());
  }

  /**
   * How to undo the commit.
   *
   * @param staging the directory in which everything was made, removed with the rest
   */
  UndoRecord undo(Swap staging) {
    var all = new ArrayList<>(swaps);
    if (!all.contains(staging)) {
      all.add(staging);
    }
    return new UndoRecord(all, moves, new UndoDetails(List.copyOf(before.values())).toMap());
  }
}
