package io.holdfast.store.files;

import io.holdfast.engine.artifact.ArtifactSink;
import io.holdfast.engine.artifact.TreeSink;
import io.holdfast.engine.component.Capture;
import io.holdfast.engine.component.CaptureContext;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import java.io.IOException;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * A directory that is read as it stands. With {@code pause} the application is held from the
 * capture until everything has been read, so that what is read is of one instant; without, files
 * are read one after the other, and what changes meanwhile is told.
 */
final class DirectoryCapture implements Capture {
  private final FileLayer files;
  private final CaptureContext context;
  private final DirectoryOptions options;
  private final FilePath root;
  private final Instant instant;
  private boolean held;

  /**
   * @param root the directory, no link in its path; its application is held already if it can be
   */
  DirectoryCapture(
      FileLayer files, CaptureContext context, DirectoryOptions options, FilePath root) {
    this.files = files;
    this.context = context;
    this.options = options;
    this.root = root;
    this.instant = context.clock().instant();
    this.held = options.pause().isConfigured();
  }

  @Override
  public Instant instant() {
    return instant;
  }

  @Override
  public OptionalLong estimatedBytes() {
    return SizeEstimate.of(files, root, options);
  }

  @Override
  public void writeTo(ArtifactSink sink) throws IOException {
    CaptureScope scope = CaptureScope.of(files, context);
    context.cancellation().check();
    try (TreeSink tree = sink.tree(DirectoryHandler.ARTIFACT)) {
      new TreeCapture(scope, root, options.selection(), options.oneFileSystem()).writeTo(tree);
      tree.finish();
    } finally {
      scope.warnings().finish();
    }
    release();
  }

  private void release() {
    if (held) {
      held = false;
      options.pause().end();
    }
  }

  @Override
  public void close() {
    release();
  }
}
