package io.holdfast.vault.backup;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactSource;
import io.holdfast.engine.artifact.ArtifactType;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.Content.Extent;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.repository.content.Damage;
import io.holdfast.engine.repository.transfer.Meter;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.BlobType;
import io.holdfast.vault.format.FormatException;
import io.holdfast.vault.format.tree.ContentIds;
import io.holdfast.vault.format.tree.EntryNodes;
import io.holdfast.vault.format.tree.HardLinks;
import io.holdfast.vault.format.tree.Node;
import io.holdfast.vault.format.tree.NodeType;
import io.holdfast.vault.format.tree.TreeReader;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.pack.BlobReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A snapshot's tree as one artifact, read from its nodes alone: each directory, then all that is in
 * it, by ascending names.
 *
 * <p>A file is as long as its chunks are together. The size that its node tells is what it had when
 * it was looked at, and may differ where it was written to while it was read.
 */
final class ForeignTree implements ArtifactSource {
  /** What the chunker makes of a long run of zeros: pieces of the least size. */
  private static final ContentId HOLE = ContentId.of(new byte[512 << 10]);

  private final VaultErrors errors;
  private final BlobReader blobs;
  private final BlobIndex index;
  private final ContentId root;
  private final Artifact artifact;
  private final Meter meter;
  private final Consumer<String> warn;

  ForeignTree(
      VaultErrors errors,
      BlobReader blobs,
      BlobIndex index,
      ContentId root,
      String name,
      Meter meter,
      Consumer<String> warn) {
    this.errors = errors;
    this.blobs = blobs;
    this.index = index;
    this.root = root;
    this.artifact = new Artifact(name, ArtifactType.TREE, 0, 0, root.toString(), List.of());
    this.meter = meter;
    this.warn = warn;
  }

  @Override
  public List<Artifact> artifacts() {
    return List.of(artifact);
  }

  @Override
  public Content file(String name) {
    throw Damage.artifact(name, "is no file of the snapshot", null);
  }

  @Override
  public Optional<FilePath> plainFile(String name) {
    return Optional.empty();
  }

  /** A directory whose entries are being handed out. */
  private record Open(TreePath path, Iterator<Node> nodes) {}

  @Override
  public void tree(String name, TreeVisitor visitor) throws IOException {
    if (!name.equals(artifact.name())) {
      throw Damage.artifact(name, "is no tree of the snapshot", null);
    }
    var links = new HardLinks();
    var open = new ArrayDeque<Open>();
    open.push(open(TreePath.ROOT, root));
    while (!open.isEmpty()) {
      meter.check();
      Open directory = open.element();
      if (!directory.nodes().hasNext()) {
        open.pop();
        continue;
      }
      Node node = directory.nodes().next();
      TreePath path = directory.path().resolve(node.name().toBytes());
      visit(node, path, links, visitor);
      if (node.type() == NodeType.DIRECTORY) {
        open.push(
            open(
                path,
                node.subtree()
                    .orElseThrow(() ->
                        Damage.artifact(path.toString(), "has no tree in the snapshot", null))));
      }
    }
  }

  private Open open(TreePath path, ContentId tree) throws IOException {
    return errors.translate(() -> {
      List<Node> nodes =
          TreeReader.readAll(blobs.read(BlobType.TREE, tree), "tree " + tree.brief());
      return new Open(path, nodes.stream().sorted(Comparator.comparing(Node::name)).iterator());
    });
  }

  private void visit(Node node, TreePath path, HardLinks links, TreeVisitor visitor)
      throws IOException {
    if (node.type() == NodeType.FILE) {
      Optional<TreePath> original = links.original(node, path);
      if (original.isPresent()) {
        visitor.entry(new TreeEntry.HardLink(path, EntryNodes.metadata(node), original.get()));
      } else {
        file(node, path, visitor);
      }
      return;
    }
    Optional<TreeEntry> entry = errors.translate(() -> EntryNodes.entry(node, path, false));
    if (entry.isPresent()) {
      visitor.entry(entry.get());
    } else {
      warn.accept(path + " is of a kind that cannot be restored, and is left out");
    }
  }

  private void file(Node node, TreePath path, TreeVisitor visitor) throws IOException {
    List<ContentId> chunks = node.content().orElse(ContentIds.EMPTY);
    long size = 0;
    for (ContentId chunk : chunks) {
      size += length(chunk, path);
    }
    if (size == 0 && node.size() > 0) {
      throw Damage.artifact(path.toString(), "has no content in the snapshot", null);
    }
    visitor.file(
        new TreeEntry.RegularFile(path, EntryNodes.metadata(node), size, chunks.contains(HOLE)),
        new MeteredContent(
            new ChunkedContent(
                errors,
                blobs,
                path.toString(),
                size,
                Optional.empty(),
                chunks,
                size == 0 ? List.of() : List.of(new Extent(0, size))),
            meter));
  }

  private long length(ContentId chunk, TreePath path) throws IOException {
    return errors.translate(() ->
        index
            .find(BlobType.DATA, chunk)
            .orElseThrow(() ->
                new FormatException(path.toString(), "chunk " + chunk.brief() + " is in no index"))
            .blob()
            .contentLength());
  }
}
