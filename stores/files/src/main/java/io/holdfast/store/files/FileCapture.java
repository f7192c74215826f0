package io.holdfast.store.files;

import io.holdfast.engine.artifact.ArtifactSink;
import io.holdfast.engine.artifact.BytesContent;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.Metadata;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.artifact.TreeSink;
import io.holdfast.engine.component.Capture;
import io.holdfast.engine.component.CaptureContext;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Single files. Those that are small, as configuration is, are read when they are captured, so that
 * all are of nearly one instant; large ones are read during the transfer, and told if they change.
 */
final class FileCapture implements Capture {
  private static final long MOST_HELD = 8 << 20;

  private final CaptureContext context;
  private final CaptureScope scope;
  private final Instant instant;
  private final List<Captured> captured = new ArrayList<>();
  private long held;

  private record Captured(TreeEntry.RegularFile entry, Content content) {}

  FileCapture(FileLayer files, CaptureContext context) {
    this.context = context;
    this.scope = CaptureScope.of(files, context);
    this.instant = context.clock().instant();
  }

  /**
   * Adds one file.
   *
   * @param path how it is configured, and stored
   * @param place the regular file that it leads to
   */
  void add(TreePath path, FilePath place) throws IOException {
    context.cancellation().check();
    FileStat stat = scope.files().follow(place);
    var live = new LiveContent(scope, place, path, stat, false);
    Metadata metadata = Metadata.of(stat, TreeCapture.attributes(scope, place));
    boolean small = stat.size() <= MOST_HELD - held;
    Content content = small ? BytesContent.read(live) : live;
    held += small ? stat.size() : 0;
    captured.add(
        new Captured(
            new TreeEntry.RegularFile(path, metadata, stat.size(), Extents.isSparse(stat)),
            content));
  }

  boolean isEmpty() {
    return captured.isEmpty();
  }

  @Override
  public Instant instant() {
    return instant;
  }

  @Override
  public OptionalLong estimatedBytes() {
    return OptionalLong.of(captured.stream().mapToLong(file -> file.entry.size()).sum());
  }

  @Override
  public void writeTo(ArtifactSink sink) throws IOException {
    context.cancellation().check();
    Set<TreePath> directories = new HashSet<>();
    try (TreeSink tree = sink.tree(FileHandler.ARTIFACT)) {
      for (Captured file : captured) {
        context.cancellation().check();
        addDirectories(file.entry.path().parent(), directories, tree);
        tree.file(file.entry, file.content);
      }
      tree.finish();
    } finally {
      scope.warnings().finish();
    }
  }

  private void addDirectories(TreePath directory, Set<TreePath> added, TreeSink tree)
      throws IOException {
    if (directory.isRoot() || !added.add(directory)) {
      return;
    }
    addDirectories(directory.parent(), added, tree);
    FilePath place = FilePath.of("/").resolve(directory.toBytes());
    FileStat stat = scope.files().follow(place);
    tree.add(new TreeEntry.Directory(directory, Metadata.of(stat, Map.of())));
  }

  @Override
  public void close() {}
}
