package io.holdfast.engine.restore;

import io.holdfast.engine.component.UndoRecord;
import io.holdfast.engine.component.UndoRecord.Move;
import io.holdfast.engine.component.UndoRecord.Swap;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.FileTime;
import io.holdfast.engine.file.FileTrees;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Replaces targets by renaming, undoes that, and drops what was replaced; each from any point at
 * which an earlier try may have died.
 *
 * <p>Which of the steps have happened is read off the names that exist. One case is not told by
 * names: after {@code target} was made where nothing had been before, only its inode says whether
 * it is ours to remove. So {@link #observe} notes, before the first rename, whether each target
 * exists and which inode is staged; the engine keeps the note in its journal.
 *
 * <pre>
 *                         target   staged   aside
 *   before                  old      new      -        commit  ↓
 *   target set aside         -       new     old
 *   committed               new       -      old       finish: remove aside
 *   rolled back             old       -       -        (staged renamed, and removed, last)
 * </pre>
 *
 * <p>Not thread-safe.
 */
public final class FileSwaps {
  /**
   * What was there before the first rename.
   *
   * @param swap the names
   * @param targetExisted whether there was anything to set aside
   * @param stagedInode the inode that takes the target's place; 0 if nothing is staged
   * @param stagedModified its time of last modification; the epoch if nothing is staged
   * @param stagedChanged the latest change of any file in it; likewise
   */
  public record Observed(
      Swap swap,
      boolean targetExisted,
      long stagedInode,
      FileTime stagedModified,
      FileTime stagedChanged) {}

  private static final FileTime EPOCH = new FileTime(0, 0);

  private final FileLayer files;
  private final List<Swap> swaps;
  private final List<Move> moves;
  private List<Observed> observed;

  public FileSwaps(FileLayer files, UndoRecord record) {
    this(files, record, List.of());
  }

  /**
   * Swaps of a process that died.
   *
   * @param observed what its journal says that {@link #observe} saw; empty if it died before
   */
  public FileSwaps(FileLayer files, UndoRecord record, List<Observed> observed) {
    this.files = files;
    this.swaps = record.swaps();
    this.moves = record.moves();
    this.observed = List.copyOf(observed);
  }

  /**
   * Notes what is there now. Called once everything is staged, before any component's {@link
   * #commit}: what another component does to it must not be taken for what was staged.
   */
  public List<Observed> observe() throws IOException {
    var notes = new ArrayList<Observed>();
    for (Swap swap : swaps) {
      Optional<FileStat> staged = files.find(swap.staged());
      notes.add(
          new Observed(
              swap,
              files.find(swap.target()).isPresent(),
              staged.map(FileStat::inode).orElse(0L),
              staged.map(FileStat::modified).orElse(EPOCH),
              latestChange(swap.staged(), EPOCH)));
    }
    observed = List.copyOf(notes);
    return observed;
  }

  /**
   * Does all the renames, in order, and makes them durable. After a failure, {@link #rollBack}
   * undoes what was done.
   */
  public void commit() throws IOException {
    if (observed.isEmpty()) {
      observe();
    }
    for (Move move : moves) {
      if (files.find(move.live()).isPresent()) {
        files.renameNew(move.live(), move.kept());
      }
    }
    for (Observed o : observed) {
      requireStaged(o);
      if (files.find(o.swap().target()).isPresent()) {
        files.renameNew(o.swap().target(), o.swap().aside());
      }
      if (o.stagedInode() != 0) {
        files.renameNew(o.swap().staged(), o.swap().target());
      }
    }
    syncParents();
  }

  /** What was staged must be there, and must not take the place of what appeared since. */
  private void requireStaged(Observed o) throws IOException {
    if (o.stagedInode() == 0) {
      return;
    }
    Swap swap = o.swap();
    if (files.find(swap.staged()).filter(s -> s.inode() == o.stagedInode()).isEmpty()) {
      throw new HoldfastException(
          ErrorCode.TARGET_UNSUITABLE,
          "what was staged for " + swap.target() + " as " + swap.staged() + " is gone",
          "Find out what removed it, and restore again.");
    }
    if (!o.targetExisted() && files.find(swap.target()).isPresent()) {
      throw new HoldfastException(
          ErrorCode.TARGET_UNSUITABLE,
          swap.target() + " appeared while its restore was being prepared",
          "Stop what writes there or move it away, and restore again.");
    }
  }

  /**
   * Brings every target back, last first, and removes what was staged. Idempotent; goes on past
   * failures and throws the first.
   */
  public void rollBack() throws IOException {
    var failures = new Failures();
    for (Observed o : observed.reversed()) {
      failures.guard(() -> putBack(o));
    }
    for (Move move : moves.reversed()) {
      failures.guard(() -> moveBack(move));
    }
    if (!failures.any()) {
      failures.guard(this::syncParents);
    }
    // What was staged goes only when every target is back: until then it may be all that somebody
    // has to look at.
    if (!failures.any()) {
      for (Observed o : observed) {
        failures.guard(() -> judge(o));
      }
    }
    if (!failures.any()) {
      for (Swap swap : swaps) {
        failures.guard(() -> FileTrees.deleteTree(files, swap.staged()));
        failures.guard(() -> FileTrees.deleteTree(files, doomed(swap)));
      }
    }
    failures.throwFirst();
  }

  /**
   * Restored state that an application has worked on since it was swapped in (after a crash, with
   * the roll back long after) is not the former state, and not rubbish either: it is kept beside
   * the target. All else gets another name before any of it is removed, since a removal that is
   * interrupted leaves changes too, which would then look like an application's: the next try
   * judges only what still has its first name.
   */
  private void judge(Observed o) throws IOException {
    Optional<FileStat> staged = files.find(o.swap().staged());
    if (staged.isEmpty() || staged.get().inode() != o.stagedInode()) {
      return;
    }
    boolean used =
        staged.get().isDirectory()
            ? isChangedBelow(o.swap().staged(), o.stagedChanged())
            : !staged.get().modified().equals(o.stagedModified());
    if (used) {
      files.renameNew(
          o.swap().staged(),
          o.swap().target().withSuffix(".found-" + Long.toUnsignedString(o.stagedInode())));
    } else if (staged.get().isDirectory()) {
      FileTrees.deleteTree(files, doomed(o.swap()));
      files.renameNew(o.swap().staged(), doomed(o.swap()));
    }
  }

  private static FilePath doomed(Swap swap) {
    return swap.staged().withSuffix(".doomed");
  }

  /** The latest change of anything but a directory, at or below a path. */
  private FileTime latestChange(FilePath path, FileTime latest) throws IOException {
    Optional<FileStat> stat = files.find(path);
    if (stat.isEmpty()) {
      return latest;
    }
    if (!stat.get().isDirectory()) {
      return stat.get().changed().compareTo(latest) > 0 ? stat.get().changed() : latest;
    }
    FileTime last = latest;
    for (byte[] name : files.list(path)) {
      last = latestChange(path.resolve(name), last);
    }
    return last;
  }

  /**
   * Directories do not count: moving names out of them, which a roll back does, changes them too.
   */
  private boolean isChangedBelow(FilePath directory, FileTime since) throws IOException {
    for (byte[] name : files.list(directory)) {
      FilePath path = directory.resolve(name);
      Optional<FileStat> stat = files.find(path);
      if (stat.isPresent()
          && (stat.get().isDirectory()
              ? isChangedBelow(path, since)
              : stat.get().changed().compareTo(since) > 0)) {
        return true;
      }
    }
    return false;
  }

  private void putBack(Observed o) throws IOException {
    Swap swap = o.swap();
    boolean aside = files.find(swap.aside()).isPresent();
    FileStat target = files.find(swap.target()).orElse(null);
    boolean ours = target != null && o.stagedInode() != 0 && target.inode() == o.stagedInode();
    if (ours && (aside || !o.targetExisted())) {
      files.renameNew(swap.target(), swap.staged());
      target = null;
    }
    if (aside) {
      if (target != null) {
        // Made by somebody else while the target was away. It may be precious; it is certainly not
        // the old state.
        files.renameNew(
            swap.target(),
            swap.target().withSuffix(".found-" + Long.toUnsignedString(target.inode())));
      }
      files.renameNew(swap.aside(), swap.target());
    }
  }

  private void moveBack(Move move) throws IOException {
    if (files.find(move.kept()).isPresent()) {
      files.renameNew(move.kept(), move.live());
    }
  }

  /** Removes the old targets. Called after everything has committed; idempotent. */
  public void finish() throws IOException {
    var failures = new Failures();
    for (Swap swap : swaps) {
      failures.guard(() -> FileTrees.deleteTree(files, swap.aside()));
    }
    failures.throwFirst();
  }

  private void syncParents() throws IOException {
    var parents = new LinkedHashSet<FilePath>();
    for (Swap swap : swaps) {
      parents.add(swap.target().parent());
      parents.add(swap.staged().parent());
      parents.add(swap.aside().parent());
    }
    for (Move move : moves) {
      parents.add(move.live().parent());
      parents.add(move.kept().parent());
    }
    for (FilePath parent : parents) {
      if (files.find(parent).isPresent()) {
        files.sync(parent);
      }
    }
  }

  /** Collects failures of steps that must all be tried. */
  private static final class Failures {
    private final List<IOException> all = new ArrayList<>();

    void guard(Step step) {
      try {
        step.run();
      } catch (IOException e) {
        all.add(e);
      }
    }

    boolean any() {
      return !all.isEmpty();
    }

    void throwFirst() throws IOException {
      if (any()) {
        IOException first = all.removeFirst();
        all.forEach(first::addSuppressed);
        throw first;
      }
    }
  }

  private interface Step {
    void run() throws IOException;
  }
}
