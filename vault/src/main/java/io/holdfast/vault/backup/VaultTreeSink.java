package io.holdfast.vault.backup;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactType;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.Metadata;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.artifact.TreeSink;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.repository.listing.ListedEntry;
import io.holdfast.engine.repository.listing.ListingWriter;
import io.holdfast.engine.repository.listing.TreeShape;
import io.holdfast.engine.repository.transfer.Meter;
import io.holdfast.engine.repository.transfer.SourceContent;
import io.holdfast.engine.repository.transfer.SourceFailure;
import io.holdfast.engine.repository.transfer.Workers;
import io.holdfast.vault.format.tree.EntryNodes;
import io.holdfast.vault.format.tree.Node;
import io.holdfast.vault.format.tree.NodeName;
import io.holdfast.vault.pack.ContentWriter.Stored;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Stores a tree: contents by the workers, nodes and the listing in the order of the calls, by the
 * caller's thread, as what they wait for is done. So many files may be under way at once and no
 * more.
 */
final class VaultTreeSink implements TreeSink {
  private static final int MOST_UNDER_WAY = 256;

  private final VaultTools tools;
  private final Meter meter;
  private final String name;
  private final Optional<EarlierTree> earlier;
  private final ListingSpool spool;
  private final ListingWriter listing;
  private final Finished finished;
  private final TreeShape shape = new TreeShape();
  private final Map<TreePath, Node> linked = new HashMap<>();
  private final Set<TreePath> gone = new HashSet<>();
  private final ArrayDeque<Pending> underWay = new ArrayDeque<>();
  private final ArrayDeque<TreePath> openPaths = new ArrayDeque<>();
  private @Nullable TreeAssembly assembly;
  private long size;
  private long regularFiles;
  private boolean closed;

  /** An entry whose node is not made yet; with the file that a content comes from. */
  private record Pending(
      TreeEntry entry, Future<Optional<Stored>> stored, Optional<FileStat> file) {
    static Pending of(TreeEntry entry) {
      return new Pending(
          entry, CompletableFuture.completedFuture(Optional.empty()), Optional.empty());
    }
  }

  /** Told of a tree in the end. */
  interface Finished {
    /**
     * @param tree the node of its root
     * @param listing the node of its listing
     */
    void is(Artifact artifact, Node tree, Node listing);
  }

  /**
   * @param earlier the same tree as an earlier backup has it; closed with this
   */
  VaultTreeSink(
      VaultTools tools,
      Meter meter,
      String name,
      Optional<EarlierTree> earlier,
      ListingSpool spool,
      Finished finished)
      throws IOException {
    this.tools = tools;
    this.meter = meter;
    this.name = name;
    this.earlier = earlier;
    this.spool = spool;
    this.listing = new ListingWriter(spool.output());
    this.finished = finished;
  }

  @Override
  public void add(TreeEntry entry) throws IOException {
    tools
        .errors()
        .translate(() -> {
          if (entry instanceof TreeEntry.RegularFile) {
            throw new IllegalArgumentException("a regular file has content: " + entry.path());
          }
          begin(entry);
          push(Pending.of(entry));
        });
  }

  @Override
  public void file(TreeEntry.RegularFile entry, Content content) throws IOException {
    tools
        .errors()
        .translate(() -> {
          begin(entry);
          push(new Pending(entry, stored(entry, content), content.file()));
        });
  }

  private Future<Optional<Stored>> stored(TreeEntry.RegularFile entry, Content content)
      throws IOException {
    Optional<Stored> unchanged =
        earlier.isPresent() && content.file().isPresent()
            ? earlier.get().unchanged(entry.path(), content.file().get())
            : Optional.empty();
    if (unchanged.isPresent()) {
      meter.passed(unchanged.get().size());
      return CompletableFuture.completedFuture(unchanged);
    }
    return content.isDetached()
        ? tools.workers().submit(() -> store(content))
        : CompletableFuture.completedFuture(store(content));
  }

  private void begin(TreeEntry entry) {
    meter.check();
    shape.admit(entry);
  }

  private Optional<Stored> store(Content content) throws IOException {
    try {
      return Optional.of(tools.contents().store(new SourceContent(content), meter));
    } catch (SourceFailure failure) {
      if (failure.isGone()) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  private void push(Pending pending) throws IOException {
    underWay.addLast(pending);
    while (underWay.size() > MOST_UNDER_WAY
        || (!underWay.isEmpty() && underWay.getFirst().stored().isDone())) {
      write(underWay.removeFirst());
    }
  }

  private void write(Pending pending) throws IOException {
    Optional<Stored> stored = Workers.await(pending.stored());
    TreeEntry entry = pending.entry();
    if (entry instanceof TreeEntry.Directory directory) {
      directory(directory);
      listing.add(ListedEntry.of(entry));
      return;
    }
    switch (entry) {
      case TreeEntry.RegularFile file -> {
        if (stored.isEmpty()) {
          gone.add(file.path());
          return;
        }
        file(file, stored.get(), pending.file());
      }
      case TreeEntry.HardLink link -> {
        if (gone.contains(link.original())) {
          gone.add(link.path());
          return;
        }
        hardLink(link);
      }
      case TreeEntry.Symlink link -> in(link).add(EntryNodes.symlink(link));
      case TreeEntry.Special special -> in(special).add(EntryNodes.special(special));
      case TreeEntry.Directory _ -> throw new IllegalStateException("seen above");
    }
    if (!(entry instanceof TreeEntry.RegularFile)) {
      listing.add(ListedEntry.of(entry));
    }
  }

  private void directory(TreeEntry.Directory directory) throws IOException {
    if (directory.path().isRoot()) {
      root(directory.metadata());
      return;
    }
    in(directory).enter(EntryNodes.name(directory.path()), directory.metadata());
    openPaths.push(directory.path());
  }

  private TreeAssembly root(Metadata metadata) {
    var made = new TreeAssembly(tools.blobs(), NodeName.of(name), metadata);
    assembly = made;
    openPaths.push(TreePath.ROOT);
    return made;
  }

  /** The tree, with the directory that holds an entry open. */
  private TreeAssembly in(TreeEntry entry) throws IOException {
    TreeAssembly tree = assembly == null ? root(tools.rootMetadata()) : assembly;
    TreePath parent = entry.path().parent();
    while (!parent.equals(openPaths.peek())) {
      if (openPaths.size() == 1) {
        throw new IllegalArgumentException(
            entry.path() + " comes after its directory was left; entries come depth first");
      }
      openPaths.pop();
      tree.leave();
    }
    return tree;
  }

  private void file(TreeEntry.RegularFile file, Stored stored, Optional<FileStat> stat)
      throws IOException {
    Node node =
        stat.isPresent()
            ? EntryNodes.file(file, stored.size(), stored.chunks(), stat.get())
            : EntryNodes.file(file, stored.size(), stored.chunks(), Node.Inode.NONE);
    if (node.inode().links() > 1) {
      linked.put(file.path(), node);
    }
    in(file).add(node);
    regularFiles++;
    size += stored.size();
    boolean sparse = stored.isSparse();
    listing.add(
        new ListedEntry(
            new TreeEntry.RegularFile(file.path(), file.metadata(), stored.size(), sparse),
            stored.sha256(),
            sparse ? stored.data() : List.of()));
  }

  private void hardLink(TreeEntry.HardLink link) throws IOException {
    Node original = linked.get(link.original());
    if (original == null) {
      throw new IllegalArgumentException(
          link.original() + " has one name, and " + link.path() + " would be another");
    }
    in(link).add(EntryNodes.hardLink(link, original));
  }

  @Override
  public Artifact finish() throws IOException {
    return tools
        .errors()
        .translate(() -> {
          while (!underWay.isEmpty()) {
            write(underWay.removeFirst());
          }
          Node root = (assembly == null ? root(tools.rootMetadata()) : assembly).finish();
          String sha256 = listing.finish();
          listing.close();
          Node listed = spool.store(meter);
          closed = true;
          closeEarlier();
          var artifact =
              new Artifact(name, ArtifactType.TREE, size, regularFiles, sha256, List.of());
          finished.is(artifact, root, listed);
          return artifact;
        });
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (spool;
        listing) {
      // What was begun ends first: nothing of the tree is stored from now on.
      Workers.giveUp(underWay.stream().map(Pending::stored).toList());
      underWay.clear();
      closeEarlier();
    }
  }

  private void closeEarlier() throws IOException {
    if (earlier.isPresent()) {
      earlier.get().close();
    }
  }
}
