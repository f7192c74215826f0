package io.holdfast.engine.component;

import io.holdfast.engine.file.FilePath;
import java.util.List;
import java.util.Map;

/**
 * How to undo a restore of one component: enough to do it in another process, after a crash at any
 * instruction.
 *
 * @param swaps targets that are replaced by renaming, in the order of the commit; undone by the
 *     engine
 * @param moves live things that the restored state keeps, moved into what is staged before the
 *     first swap; undone by the engine
 * @param details what else the handler's {@link ComponentHandler#recover} needs; empty if the rest
 *     says it all. No secrets.
 */
public record UndoRecord(List<Swap> swaps, List<Move> moves, Map<String, String> details) {
  public UndoRecord {
    swaps = List.copyOf(swaps);
    moves = List.copyOf(moves);
    details = Map.copyOf(details);
  }

  public UndoRecord(List<Swap> swaps, Map<String, String> details) {
    this(swaps, List.of(), details);
  }

  public static UndoRecord ofSwaps(List<Swap> swaps) {
    return new UndoRecord(swaps, List.of(), Map.of());
  }

  /**
   * A target that is replaced by renaming: {@code target} to {@code aside} if it exists, then
   * {@code staged} to {@code target} if there is one. All three lie on one file system. A swap
   * without anything staged removes the target. The names of {@code staged} and {@code aside} are
   * those of {@link Beside}; a record with others is not acted upon.
   *
   * <p>Rolling back deletes {@code staged} and all in it, finishing deletes {@code aside}: neither
   * may ever name live data. What must survive is a {@link Move}.
   *
   * @param target the live file or directory
   * @param staged what takes its place, made by the restore
   * @param aside where the old target waits until the restore is over
   */
  public record Swap(FilePath target, FilePath staged, FilePath aside) {}

  /**
   * A live thing that is no part of the backup and has to survive: renamed from its place in the
   * live target into the staged one, which then takes the target's place. Undone after the swaps
   * are undone, before anything staged is deleted.
   *
   * @param live where it is
   * @param kept its place in what is staged; its parent exists there, the name itself does not
   */
  public record Move(FilePath live, FilePath kept) {}
}
