package io.holdfast.store.sqlite;

import io.holdfast.engine.component.Beside;
import io.holdfast.engine.component.Change;
import io.holdfast.engine.component.RestoreContext;
import io.holdfast.engine.component.StagedRestore;
import io.holdfast.engine.component.UndoRecord;
import io.holdfast.engine.component.UndoRecord.Swap;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.restore.FileSwaps;
import io.holdfast.engine.run.RunId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Replaces the database file by renaming, and removes what SQLite kept beside the old one: a {@code
 * -wal} or {@code -journal} of one database applied to another destroys it. Nobody may have the
 * database open.
 *
 * <p>The companions go first and the file last, so that the new file never stands beside an old
 * log.
 */
final class SwapRestore implements StagedRestore {
  private static final List<String> COMPANIONS = List.of("-wal", "-shm", "-journal");

  private final FileLayer files;
  private final SqliteSettings settings;
  private final RestoreContext context;
  private final DatabaseFile target;
  private final Artifacts artifacts;
  private final FilePath staged;
  private final List<Swap> swaps;
  private final FileSwaps renames;

  private SwapRestore(
      FileLayer files,
      SqliteSettings settings,
      RestoreContext context,
      DatabaseFile target,
      Artifacts artifacts,
      List<Swap> swaps) {
    this.files = files;
    this.settings = settings;
    this.context = context;
    this.target = target;
    this.artifacts = artifacts;
    this.staged = swaps.getLast().staged();
    this.swaps = swaps;
    this.renames = new FileSwaps(files, UndoRecord.ofSwaps(swaps));
  }

  static StagedRestore stage(
      FileLayer files,
      SqliteSettings settings,
      Artifacts artifacts,
      DatabaseFile target,
      RestoreContext context)
      throws IOException {
    requireSuitable(files, target, context);
    RunId run = context.run();
    var swaps = new ArrayList<Swap>();
    for (FilePath companion : target.companions()) {
      swaps.add(swap(companion, run));
    }
    swaps.add(swap(target.path(), run));
    var restore = new SwapRestore(files, settings, context, target, artifacts, List.copyOf(swaps));
    List<FilePath> made = context.makeDirectories(target.path().parent());
    var staging = new Staging(files, settings, context);
    staging.requireRoom(target.path().parent(), artifacts.main().sizeBytes());
    context.record(UndoRecord.ofSwaps(swaps));
    try {
      if (made.contains(target.path().parent())) {
        staging.likeTheOriginal(target.path().parent(), artifacts.note());
      }
      restore.prepare();
      restore.renames.observe();
      return restore;
    } catch (IOException | RuntimeException e) {
      restore.abandon(e);
      throw e;
    }
  }

  private static void requireSuitable(FileLayer files, DatabaseFile target, RestoreContext context)
      throws IOException {
    Optional<FileStat> there = files.find(target.path());
    if (there.isPresent() && !there.get().isRegular()) {
      throw new HoldfastException(
          ErrorCode.TARGET_UNSUITABLE,
          target.path() + " is no file, so it cannot be replaced by a database",
          "Move it away, and restore again.");
    }
    if (context.destination().isPresent()) {
      return;
    }
    requireUnused(files, target, context);
    if (there.isPresent() && there.get().links() > 1) {
      context.warn(
          "database "
              + target.path()
              + " has "
              + (there.get().links() - 1)
              + " more name(s) as a hard link; those keep the old content");
    }
  }

  /**
   * Nobody may have the database open when it is swapped; a dry run only says who has.
   *
   * @throws HoldfastException {@code TARGET_UNSUITABLE} naming the processes
   */
  static void requireUnused(FileLayer files, DatabaseFile target, RestoreContext context)
      throws IOException {
    try {
      OpenFiles.refuseUsed(files, target);
    } catch (HoldfastException e) {
      if (!context.dryRun()) {
        throw e;
      }
      context.warn(e.message() + "; a restore would be refused. " + e.guidance());
    }
  }

  private static Swap swap(FilePath path, RunId run) {
    var beside = new Beside(run);
    return new Swap(path, beside.staged(path), beside.aside(path));
  }

  private void prepare() throws IOException {
    var staging = new Staging(files, settings, context);
    Optional<FilePath> live =
        context.destination().isEmpty() && files.find(target.path()).isPresent()
            ? Optional.of(target.path())
            : Optional.empty();
    unpack(staging, "", staged, live);
    if (artifacts.isWreck()) {
      for (String companion : COMPANIONS) {
        // SQLite makes a new -shm from the -wal; an old one would only mislead it.
        if (artifacts.has(companion) && !companion.equals("-shm")) {
          FilePath beside = new Beside(context.run()).staged(target.path().withSuffix(companion));
          unpack(staging, companion, beside, live);
          files.sync(beside);
        }
      }
      files.sync(staged);
      context.warn(
          "what is restored are the files of something that was no sound database when they were saved");
    } else if (artifacts.isEmpty()) {
      files.sync(staged);
    } else {
      staging.requireSound(staged);
    }
    files.sync(staged.parent());
  }

  private void unpack(Staging staging, String suffix, FilePath to, Optional<FilePath> live)
      throws IOException {
    staging.unpack(artifacts, artifacts.main().name() + suffix, to);
    staging.likeTheOriginal(to, live, artifacts.note());
  }

  private void abandon(Exception cause) {
    for (Swap swap : swaps) {
      try {
        FileTrees.deleteTree(files, swap.staged());
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }
  }

  @Override
  public List<Change> changes() throws IOException {
    if (files.find(target.path()).isEmpty()) {
      return List.of(
          new Change(
              Change.Action.CREATE,
              target.path().toString(),
              artifacts.main().sizeBytes() + " bytes"));
    }
    if (artifacts.isWreck() || artifacts.isEmpty()) {
      return List.of(
          new Change(
              Change.Action.REPLACE,
              target.path().toString(),
              artifacts.main().sizeBytes() + " bytes, not read as a database"));
    }
    boolean leftovers =
        DatabaseFile.size(files, target.wal()) > 0
            || DatabaseFile.size(files, target.journal()) > 0;
    return TableChanges.between(
        new Subject(Subject.Role.TARGET, target.path()),
        leftovers ? Database.Access.READ : Database.Access.IMMUTABLE,
        new Subject(Subject.Role.ARTIFACT, staged),
        settings.busyTimeout(),
        context.cancellation());
  }

  @Override
  public void commit() throws IOException {
    if (context.destination().isEmpty()) {
      // Once more: somebody may have started the application since it was staged.
      OpenFiles.refuseUsed(files, target);
    }
    renames.commit();
  }

  @Override
  public void rollBack() throws IOException {
    renames.rollBack();
  }

  @Override
  public void finish() throws IOException {
    renames.finish();
  }
}
