package io.holdfast.testkit.handler;

import io.holdfast.engine.component.RestoreContext;
import io.holdfast.engine.component.UndoRecord;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A context that collects warnings and undo records. Thread-safe. */
public final class TestRestoreContext implements RestoreContext {
  private final RunId run;
  private final FilePath scratch;
  private final @Nullable FilePath destination;
  private final Consumer<UndoRecord> onRecord;
  private final Cancellation cancellation = new Cancellation();
  private volatile boolean verified;
  private volatile boolean delta;
  private final List<FilePath> created = new CopyOnWriteArrayList<>();
  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final List<UndoRecord> records = new CopyOnWriteArrayList<>();

  /**
   * A restore in place.
   *
   * @param scratch an existing, empty directory
   */
  public TestRestoreContext(RunId run, FilePath scratch) {
    this(run, scratch, null, record -> {});
  }

  /**
   * A restore to somewhere else, or one that is watched.
   *
   * @param destination where to, an existing empty directory; null for in place
   * @param onRecord called with each undo record before the handler goes on
   */
  public TestRestoreContext(
      RunId run, FilePath scratch, @Nullable FilePath destination, Consumer<UndoRecord> onRecord) {
    this.run = run;
    this.scratch = scratch;
    this.destination = destination;
    this.onRecord = onRecord;
  }

  @Override
  public RunId run() {
    return run;
  }

  @Override
  public List<FilePath> makeDirectories(FilePath directory) throws IOException {
    var files = PosixFileLayer.create();
    var missing = new ArrayList<FilePath>();
    for (FilePath at = directory; files.find(at).isEmpty(); at = at.parent()) {
      missing.add(at);
    }
    FileTrees.createDirectories(files, directory, 0755);
    created.addAll(missing.reversed());
    return created.stream().filter(directory::startsWith).toList();
  }

  /** Removes the directories that the handler had made, as the engine does after a roll back. */
  public void removeCreated() throws IOException {
    var files = PosixFileLayer.create();
    for (FilePath directory : List.copyOf(created).reversed()) {
      files.deleteDirectory(directory);
    }
  }

  @Override
  public List<FilePath> places() {
    return List.of();
  }

  @Override
  public boolean dryRun() {
    return false;
  }

  @Override
  public boolean delta() {
    return delta;
  }

  /** Says from now on that what is live is to be made use of. */
  public TestRestoreContext withDelta() {
    delta = true;
    return this;
  }

  @Override
  public boolean verified() {
    return verified;
  }

  /** Says from now on that the artifacts were verified; without this, they were not. */
  public TestRestoreContext afterVerification() {
    verified = true;
    return this;
  }

  @Override
  public Optional<FilePath> destination() {
    return Optional.ofNullable(destination);
  }

  @Override
  public Clock clock() {
    return Clock.systemUTC();
  }

  @Override
  public Cancellation cancellation() {
    return cancellation;
  }

  @Override
  public FilePath scratch() {
    return scratch;
  }

  @Override
  public void warn(String message) {
    warnings.add(message);
  }

  @Override
  public void record(UndoRecord undo) {
    records.add(undo);
    onRecord.accept(undo);
  }

  /** What was warned of so far, in order. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** All undo records so far; the last one holds. */
  public List<UndoRecord> records() {
    return List.copyOf(records);
  }
}
