package io.holdfast.engine.restore;

import io.holdfast.engine.component.RestoreContext;
import io.holdfast.engine.component.UndoRecord;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/** The context of one component in one restore. */
record RunRestoreContext(
    RunId run,
    Optional<FilePath> destination,
    Clock clock,
    Cancellation cancellation,
    FilePath scratch,
    Consumer<String> warnings,
    Consumer<UndoRecord> recorder)
    implements RestoreContext {
  @Override
  public void warn(String message) {
    warnings.accept(message);
  }

  @Override
  public void record(UndoRecord undo) {
    recorder.accept(undo);
  }
}
