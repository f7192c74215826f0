package io.holdfast.store.files;

import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.component.Beside;
import io.holdfast.engine.component.UndoRecord.Move;
import io.holdfast.engine.component.UndoRecord.Swap;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.FileType;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.store.files.Selection.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides how a staged tree takes the place of the live one without touching what is no part of the
 * component.
 *
 * <p>Where it can, a directory is swapped whole, and what must survive in it moves along: that is
 * cheap, whatever the size. Where it cannot, the live directory stays and what is in it is swapped
 * name by name: a directory that is a mount point or holds one, since a mount point cannot be
 * renamed, and one that is only a passage to what {@code include} names.
 *
 * <p>Used once, by one thread, when staging is done and before anything is committed.
 */
final class SwapPlanner {
  private final FileLayer files;
  private final Beside beside;
  private final Selection selection;
  private final boolean oneFileSystem;
  private final MountPoints mounts;
  private final Cancellation cancellation;
  private final FilePath target;
  private final FilePath staged;
  private final Survivors survivors;
  private final List<FilePath> others;
  private final SwapPlan plan = new SwapPlan();
  private long numbers;

  /**
   * @param target the live directory, no link in its path
   * @param staged the restored tree, of which parts may be added to hold what survives
   * @param others where other components of this restore live, which are committed before this one
   */
  SwapPlanner(
      FileLayer files,
      Beside beside,
      Selection selection,
      boolean oneFileSystem,
      MountPoints mounts,
      Cancellation cancellation,
      FilePath target,
      FilePath staged,
      List<FilePath> others) {
    this.files = files;
    this.beside = beside;
    this.selection = selection;
    this.oneFileSystem = oneFileSystem;
    this.mounts = mounts;
    this.cancellation = cancellation;
    this.target = target;
    this.staged = staged;
    this.survivors = new Survivors(files, selection, cancellation, target, beside);
    this.others = others;
  }

  /** What was found to survive, so that it can be looked for again. */
  Survivors survivors() {
    return survivors;
  }

  /** Whether the target itself has to stay where it is, with its contents swapped one by one. */
  static boolean keepsTarget(
      FileLayer files, FilePath target, Selection selection, MountPoints mounts)
      throws IOException {
    FileStat live = files.find(target).orElse(null);
    return live != null
        && (!selection.takesRoot()
            || mounts.isMountPoint(target)
            || mounts.anyBelow(target)
            || live.device() != files.follow(target.parent()).device());
  }

  /** Plans the swap of the whole target. */
  SwapPlan whole() throws IOException {
    plan.swap(new Swap(target, staged, beside.aside(target)));
    FileStat live = files.find(target).orElse(null);
    if (live != null) {
      survivors(TreePath.ROOT, selection.root());
    }
    return plan;
  }

  /** Plans the swap of what is in the target, which stays. */
  SwapPlan inside(Stamp targetBefore) throws IOException {
    plan.stampBefore(targetBefore);
    keep(TreePath.ROOT, selection.root(), targetBefore);
    return plan;
  }

  private void keep(TreePath directory, Verdict verdict, Stamp before) throws IOException {
    FilePath live = directory.under(target);
    plan.stampBefore(before);
    FileStat restored = files.find(directory.under(staged)).orElse(null);
    if (verdict == Verdict.PROTECTED && restored != null) {
      plan.stampAfter(Stamp.of(live, restored));
    } else {
      plan.stampAfter(before);
    }
    for (byte[] name : names(directory, restored != null)) {
      cancellation.check();
      TreePath path = directory.resolve(name);
      FileStat now = files.find(path.under(target)).orElse(null);
      FileStat then = files.find(path.under(staged)).orElse(null);
      if (now == null) {
        swapIn(path);
      } else {
        decide(path, now, then, verdict);
      }
    }
  }

  private void decide(TreePath path, FileStat now, @Nullable FileStat then, Verdict parent)
      throws IOException {
    Verdict verdict = selection.judge(path, now.isDirectory(), parent);
    FilePath live = path.under(target);
    if (then == null && (verdict == Verdict.LEFT || now.type() == FileType.SOCKET)) {
      return;
    }
    boolean mounted = isMounted(live, now);
    if (mounted && (!now.isDirectory() || oneFileSystem) && isNothing(path, then)) {
      return;
    }
    if (mounted) {
      throw TargetErrors.unsuitable(
          live + " is a mount point, and the restore would have to replace what is mounted there",
          "Unmount it for the restore, make it a component of its own and exclude it here, or"
              + " restore to another directory with --to.");
    }
    boolean stays = now.isDirectory() && (verdict == Verdict.PASSAGE || mounts.anyBelow(live));
    if (!stays) {
      swapIn(path);
      if (now.isDirectory()) {
        survivors(path, verdict);
      }
    } else if (then == null || then.isDirectory()) {
      keep(path, verdict, Stamp.of(live, now));
    } else {
      throw inTheWay(path);
    }
  }

  private boolean isMounted(FilePath live, FileStat now) throws IOException {
    return mounts.isMountPoint(live)
        || (now.isDirectory() && now.device() != files.follow(target).device());
  }

  /** Whether the backup holds nothing that would have to go into a mount point. */
  private boolean isNothing(TreePath path, @Nullable FileStat then) throws IOException {
    return then == null || (then.isDirectory() && files.list(path.under(staged)).isEmpty());
  }

  private void swapIn(TreePath path) throws IOException {
    FilePath live = path.under(target);
    FilePath directory = live.parent();
    long number = numbers++;
    FilePath from = path.under(staged);
    FilePath to = beside.in(directory, number, ".staged");
    plan.swap(new Swap(live, to, beside.in(directory, number, ".aside")));
    plan.place(new SwapPlan.Placement(from, to));
  }

  /** Names that are live, or restored, or both, without those that this restore made itself. */
  private List<byte[]> names(TreePath directory, boolean restored) throws IOException {
    var names = new TreeSet<byte[]>(Arrays::compareUnsigned);
    for (byte[] name : files.list(directory.under(target))) {
      if (!directory.resolve(name).under(target).equals(staged)) {
        names.add(name);
      }
    }
    if (restored) {
      names.addAll(files.list(directory.under(staged)));
    }
    return new ArrayList<>(names);
  }

  /** Lets the live things that are no part of the component move along with a swapped directory. */
  private void survivors(TreePath directory, Verdict verdict) throws IOException {
    survivors.find(directory, verdict, (path, now) -> survivor(path, now.type()));
    FilePath live = directory.under(target);
    for (FilePath place : others) {
      if (place.startsWith(live)
          && !place.equals(live)
          && files.find(place).isEmpty()
          && files.find(place.parent()).isPresent()) {
        // Nothing is there yet; what the other component restores must survive all the same.
        TreePath path = TreePath.ofBytes(place.bytesBelow(target));
        survivors.expect(path);
        survivor(path, FileType.REGULAR);
      }
    }
  }

  private void survivor(TreePath path, FileType type) throws IOException {
    if (files.find(path.under(staged)).isPresent()) {
      if (type == FileType.SOCKET) {
        return;
      }
      throw inTheWay(path);
    }
    ensureDirectory(path.parent());
    FilePath live = path.under(target);
    FilePath kept = finalPlace(path);
    plan.move(new Move(live, kept));
    plan.stampBefore(stamp(live.parent()));
    plan.stampAfter(new Stamp(live.parent(), stamp(path.parent().under(staged))));
  }

  /** Where something in the staged tree lies when the commit begins. */
  private FilePath finalPlace(TreePath path) {
    FilePath place = path.under(staged);
    for (SwapPlan.Placement placement : plan.placements().reversed()) {
      if (place.startsWith(placement.from())) {
        return placement.to().resolve(place.bytesBelow(placement.from()));
      }
    }
    return place;
  }

  private Stamp stamp(FilePath directory) throws IOException {
    return Stamp.of(directory, files.follow(directory));
  }

  /** The way to something that survives is made if the backup does not hold it. */
  private void ensureDirectory(TreePath directory) throws IOException {
    FileStat there = files.find(directory.under(staged)).orElse(null);
    if (there != null && there.isDirectory()) {
      return;
    }
    if (there != null) {
      throw inTheWay(directory);
    }
    ensureDirectory(directory.parent());
    FilePath parent = directory.parent().under(staged);
    Stamp parentStamp = stamp(parent);
    FilePath place = directory.under(staged);
    files.createDirectory(place, 0700);
    Stamp live = stamp(directory.under(target));
    new Stamp(place, live).apply(files);
    parentStamp.apply(files);
  }

  private RuntimeException inTheWay(TreePath path) {
    return TargetErrors.unsuitable(
        "the backup holds "
            + path
            + ", and in its place "
            + target
            + " has something that is no part of the component and must survive",
        "Move it away, or restore to another directory with --to.");
  }
}
