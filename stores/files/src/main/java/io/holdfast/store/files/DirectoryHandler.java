package io.holdfast.store.files;

import io.holdfast.engine.artifact.ArtifactSource;
import io.holdfast.engine.artifact.CheckResult;
import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.component.Capture;
import io.holdfast.engine.component.CaptureContext;
import io.holdfast.engine.component.ComponentHandler;
import io.holdfast.engine.component.Finding;
import io.holdfast.engine.component.RestoreContext;
import io.holdfast.engine.component.StagedRestore;
import io.holdfast.engine.component.UndoRecord;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.store.files.Selection.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Captures, checks and restores a directory. */
final class DirectoryHandler implements ComponentHandler {
  /** The one artifact: the tree. */
  static final String ARTIFACT = "files";

  private final FileLayer files;
  private final DirectoryOptions options;

  DirectoryHandler(FileLayer files, DirectoryOptions options) {
    this.files = files;
    this.options = options;
  }

  @Override
  public Map<String, String> source() {
    return options.toSource();
  }

  @Override
  public List<FilePath> places() {
    return List.of(options.path());
  }

  @Override
  public boolean covers(FilePath path) {
    if (!path.startsWith(options.path())) {
      return false;
    }
    if (path.equals(options.path())) {
      return true;
    }
    TreePath below = TreePath.ofBytes(path.bytesBelow(options.path()));
    return options.selection().judgeFromRoot(below, isDirectory(path)) == Verdict.PROTECTED;
  }

  /** What does not exist is taken for a directory: the place of a component or a repository. */
  private boolean isDirectory(FilePath path) {
    try {
      return files.find(path).map(FileStat::isDirectory).orElse(true);
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public Capture capture(CaptureContext context) throws IOException {
    FilePath root = existingRoot();
    options.pause().begin(context.cancellation());
    return new DirectoryCapture(files, context, options, root);
  }

  private FilePath existingRoot() throws IOException {
    FilePath path = options.path();
    try {
      if (!files.follow(path).isDirectory()) {
        throw new HoldfastException(
                ErrorCode.SOURCE_INVALID,
                path + " is no directory",
                "Correct the path, or use the kind 'file' for single files.")
            .with("path", path.toString());
      }
      return files.resolveLinks(path);
    } catch (FileLayerException e) {
      if (e.reason() == Reason.NOT_FOUND || e.reason() == Reason.NOT_A_DIRECTORY) {
        throw TreeCapture.missing(path);
      }
      if (e.reason() == Reason.NOT_PERMITTED) {
        throw LiveContent.unreadable(path, e);
      }
      throw e;
    }
  }

  @Override
  public List<CheckResult> check(ArtifactSource source, RestoreContext context) throws IOException {
    return TreeCheck.run(source, ARTIFACT, context);
  }

  @Override
  public StagedRestore stage(ArtifactSource source, RestoreContext context) throws IOException {
    if (context.destination().isPresent()) {
      FilePath destination = RealPaths.of(files, context.destination().get());
      return new DirectoryStage(files, context, Selection.ALL, false, destination)
          .execute(source, ARTIFACT);
    }
    FilePath target = RealPaths.of(files, options.path());
    return new DirectoryStage(files, context, options.selection(), options.oneFileSystem(), target)
        .execute(source, ARTIFACT);
  }

  @Override
  public void recover(UndoRecord record, RestoreContext context) throws IOException {
    UndoDetails.of(record.details()).undo(files);
  }

  @Override
  public List<Finding> inspect() throws IOException {
    return new DirectoryInspection(files, options).findings();
  }
}
