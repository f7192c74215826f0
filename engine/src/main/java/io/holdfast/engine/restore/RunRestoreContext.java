package io.holdfast.engine.restore;

import io.holdfast.engine.component.RestoreContext;
import io.holdfast.engine.component.UndoRecord;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The context of one component in one restore. */
record RunRestoreContext(
    RunId run,
    Optional<FilePath> destination,
    boolean verified,
    boolean dryRun,
    boolean delta,
    List<FilePath> places,
    Parents parents,
    Clock clock,
    Cancellation cancellation,
    FilePath scratch,
    Consumer<String> warnings,
    Consumer<UndoRecord> recorder)
    implements RestoreContext {
  /** Makes missing directories; see {@link RestoreContext#makeDirectories}. */
  interface Parents {
    List<FilePath> make(FilePath directory) throws IOException;
  }

  @Override
  public List<FilePath> makeDirectories(FilePath directory) throws IOException {
    return parents.make(directory);
  }

  @Override
  public void warn(String message) {
    warnings.accept(message);
  }

  @Override
  public void record(UndoRecord undo) {
    recorder.accept(undo);
  }
}
