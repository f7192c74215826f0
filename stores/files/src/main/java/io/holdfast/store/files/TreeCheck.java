package io.holdfast.store.files;

import io.holdfast.engine.artifact.ArtifactSource;
import io.holdfast.engine.artifact.ArtifactSource.TreeVisitor;
import io.holdfast.engine.artifact.ArtifactType;
import io.holdfast.engine.artifact.CheckResult;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.component.RestoreContext;
import io.holdfast.engine.run.Cancellation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a tree in a repository can be restored: holds the listing to the rules by which it will
 * be restored, and reads all content, which verifies every digest, unless that has just been done.
 */
final class TreeCheck implements TreeVisitor {
  /** The name of the check in results. */
  static final String NAME = "tree_reads";

  private static final int BUFFER = 256 << 10;

  private final Cancellation cancellation;
  private final ListingOrder<TreePath> order = new ListingOrder<>(TreePath.ROOT, directory -> {});
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
  private long entries;
  private long bytes;

  private TreeCheck(RestoreContext context) {
    this.cancellation = context.cancellation();
  }

  /** Checks one tree of a component; a tree that is missing is a failed check. */
  static List<CheckResult> run(ArtifactSource source, String artifact, RestoreContext context)
      throws IOException {
    Map<String, ArtifactType> types = new HashMap<>();
    source.artifacts().forEach(a -> types.put(a.name(), a.type()));
    if (types.get(artifact) != ArtifactType.TREE) {
      return List.of(CheckResult.failed(NAME, "the backup has no tree " + artifact));
    }
    var check = new TreeCheck(context);
    if (context.verified()) {
      source.entries(artifact, check::listed);
    } else {
      source.tree(artifact, check);
    }
    return List.of(CheckResult.passed(NAME, check.entries + " entries, " + check.bytes + " bytes"));
  }

  private void listed(TreeEntry entry) {
    if (entry instanceof TreeEntry.RegularFile file) {
      see(file);
      bytes += file.size();
    } else {
      entry(entry);
    }
  }

  @Override
  public void entry(TreeEntry entry) {
    see(entry);
    if (entry instanceof TreeEntry.Directory && !entry.path().isRoot()) {
      order.enter(entry.path(), entry.path());
    }
  }

  @Override
  public void file(TreeEntry.RegularFile entry, Content content) throws IOException {
    see(entry);
    try (Content.Reader reader = content.open()) {
      if (reader.size() != entry.size()) {
        throw FileRestorer.wrongSize(entry, reader.size());
      }
      while (reader.read(buffer.clear()) >= 0) {
        bytes += buffer.position();
        cancellation.check();
      }
    }
  }

  private void see(TreeEntry entry) {
    cancellation.check();
    entries++;
    order.parentOf(entry);
    if (entry.path().isRoot() && !(entry instanceof TreeEntry.Directory)) {
      throw ListingOrder.invalid("its root is no directory");
    }
  }
}
