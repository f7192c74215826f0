package io.holdfast.store.files;

import io.holdfast.engine.component.Change;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.run.Cancellation;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The changes of a staged tree, found out when somebody asks, and kept. Not thread-safe. */
final class LazyChanges implements StagedFiles.Changes {
  private final FileLayer files;
  private final Selection selection;
  private final Cancellation cancellation;
  private final FilePath target;
  private final FilePath staged;
  private @Nullable List<Change> found;

  LazyChanges(
      FileLayer files,
      Selection selection,
      Cancellation cancellation,
      FilePath target,
      FilePath staged) {
    this.files = files;
    this.selection = selection;
    this.cancellation = cancellation;
    this.target = target;
    this.staged = staged;
  }

  @Override
  public List<Change> get() throws IOException {
    if (found == null) {
      var list = new ChangeList();
      new TreeComparison(files, selection, cancellation, list).compareTrees(target, staged);
      found = list.toList(target);
    }
    return found;
  }
}
