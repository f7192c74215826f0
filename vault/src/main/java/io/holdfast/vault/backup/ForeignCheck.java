package io.holdfast.vault.backup;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.repository.transfer.Meter;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.BlobType;
import io.holdfast.vault.format.FormatException;
import io.holdfast.vault.format.tree.ContentIds;
import io.holdfast.vault.format.tree.Node;
import io.holdfast.vault.format.tree.NodeType;
import io.holdfast.vault.format.tree.TreeReader;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.pack.BlobReader;
import io.holdfast.vault.pack.DamagedBlobException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks through trees for what is missing or damaged: each tree and each chunk once, however many
 * snapshots share it.
 */
final class ForeignCheck {
  private static final int MOST = 1000;

  private final BlobReader blobs;
  private final BlobIndex index;
  private final boolean content;
  private final Meter meter;
  private final Set<ContentId> trees = new HashSet<>();
  private final Set<ContentId> chunks = new HashSet<>();
  private final List<RepositoryProblem> problems = new ArrayList<>();
  private long more;

  private record Open(ContentId tree, String path) {}

  /**
   * @param content whether to read chunks, and not only look whether an index names them
   */
  ForeignCheck(BlobReader blobs, BlobIndex index, boolean content, Meter meter) {
    this.blobs = blobs;
    this.index = index;
    this.content = content;
    this.meter = meter;
  }

  /** Everything found so far, ending with how many more there were. */
  List<RepositoryProblem> problems() {
    var all = new ArrayList<>(problems);
    if (more > 0) {
      all.add(problem("", "and " + more + " more problems"));
    }
    return List.copyOf(all);
  }

  void snapshot(String subject, ContentId root) throws IOException {
    var open = new ArrayDeque<Open>();
    open.push(new Open(root, subject));
    while (!open.isEmpty()) {
      meter.check();
      Open next = open.pop();
      if (trees.add(next.tree())) {
        tree(next, open);
      }
    }
  }

  private void tree(Open at, ArrayDeque<Open> open) throws IOException {
    List<Node> nodes;
    try {
      nodes = TreeReader.readAll(blobs.read(BlobType.TREE, at.tree()), "tree " + at.tree().brief());
    } catch (DamagedBlobException | FormatException damaged) {
      add(at.path(), String.valueOf(damaged.getMessage()));
      return;
    }
    for (Node node : nodes) {
      String path = at.path() + "/" + node.name();
      if (node.type() == NodeType.DIRECTORY) {
        if (node.subtree().isPresent()) {
          open.push(new Open(node.subtree().get(), path));
        } else {
          add(path, "has no tree");
        }
      }
      if (node.type() == NodeType.FILE) {
        file(node, path);
      }
    }
  }

  private void file(Node node, String path) throws IOException {
    List<ContentId> content = node.content().orElse(ContentIds.EMPTY);
    if (content.isEmpty() && node.size() > 0) {
      add(path, "has " + node.size() + " bytes and no content");
    }
    for (ContentId chunk : content) {
      if (chunks.add(chunk)) {
        chunk(chunk, path);
      }
    }
  }

  private void chunk(ContentId chunk, String path) throws IOException {
    if (!content) {
      if (!index.contains(BlobType.DATA, chunk)) {
        add(path, "chunk " + chunk.brief() + " is in no index");
      }
      return;
    }
    meter.check();
    try {
      int read = blobs.read(BlobType.DATA, chunk, (bytes, length) -> length);
      meter.passed(read);
    } catch (DamagedBlobException damaged) {
      add(path, String.valueOf(damaged.getMessage()));
    }
  }

  private void add(String subject, String message) {
    if (problems.size() < MOST) {
      problems.add(problem(subject, message));
    } else {
      more++;
    }
  }

  private static RepositoryProblem problem(String subject, String message) {
    return new RepositoryProblem(ErrorCode.ARTIFACT_CORRUPT, Optional.empty(), subject, message);
  }
}
