package io.holdfast.vault.format.restic;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.testkit.tree.TreeFixture;
import io.holdfast.testkit.tree.TreeSnapshot;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.BlobType;
import io.holdfast.vault.format.Snapshot;
import io.holdfast.vault.format.SnapshotSummary;
import io.holdfast.vault.format.Timestamp;
import io.holdfast.vault.format.tree.EntryNodes;
import io.holdfast.vault.format.tree.Node;
import io.holdfast.vault.format.tree.NodeName;
import io.holdfast.vault.format.tree.TreeWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResticReadsTest {
  private static final int CHUNK = 1 << 20;
  private static final FileLayer FILES = PosixFileLayer.create();

  private final TreeMap<TreePath, List<TreeEntry>> children = new TreeMap<>();
  private final Map<TreePath, Node> originals = new HashMap<>();
  private final Map<TreePath, Integer> links = new HashMap<>();

  @Test
  @Tag("P11")
  @DisplayName("P11: a tree that the codecs wrote is checked by restic, and restored as it was")
  void restored(@TempDir Path directory) throws Exception {
    Restic restic = Restic.init(directory, 2);
    FilePath source = FilePath.of(directory.resolve("source"));
    TreeFixture.make(FILES, source);
    CharacterNames.make(FILES, source.resolve("characters"));
    try (var vault = new TestVault(restic)) {
      vault.finish(snapshot(write(vault, source)));
    }

    restic.run("check", "--read-data");
    assertThat(new String(restic.run("snapshots"), StandardCharsets.UTF_8))
        .contains("a<b")
        .contains("h\u00f6st");
    FilePath target = FilePath.of(directory.resolve("restored"));
    restic.run("restore", "latest", "--target", target.toString());

    assertThat(look(source).differences(look(target.resolve("source")))).isEmpty();
  }

  /** All but what this restic cannot: holes, and targets that are no text. */
  private static TreeSnapshot look(FilePath root) throws IOException {
    return TreeSnapshot.of(
        FILES,
        root,
        path ->
            !path.toString().startsWith("sparse/") && !path.toString().equals("links/not-text"));
  }

  private static Snapshot snapshot(ContentId tree) {
    var time = new Timestamp(1_700_000_000, 123_000_000, -90);
    return new Snapshot(
        time,
        Optional.empty(),
        tree,
        List.of("/source"),
        "h\u00f6st",
        "root",
        0,
        0,
        List.of(),
        List.of("a<b", "NL"),
        Optional.empty(),
        "holdfast 0.1.0",
        Optional.of(new SnapshotSummary(time, time, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)));
  }

  private ContentId write(TestVault vault, FilePath source) throws IOException {
    LiveEntries live = LiveEntries.of(FILES, source);
    List<TreeEntry> entries = live.entries();
    for (TreeEntry entry : entries) {
      if (!entry.path().isRoot()) {
        children.computeIfAbsent(entry.path().parent(), _ -> new ArrayList<>()).add(entry);
      }
      if (entry instanceof TreeEntry.HardLink link) {
        links.merge(link.original(), 1, Integer::sum);
      }
    }
    // Files first: their nodes are needed for hard links in other directories.
    for (TreeEntry entry : entries) {
      if (entry instanceof TreeEntry.RegularFile file) {
        originals.put(file.path(), file(vault, file, live.content(file)));
      }
    }
    ContentId below = tree(vault, TreePath.ROOT);
    Node root = EntryNodes.directory(NodeName.of("source"), entries.getFirst().metadata(), below);
    return vault.add(BlobType.TREE, new TreeWriter(1).add(root).finish());
  }

  private ContentId tree(TestVault vault, TreePath directory) {
    List<TreeEntry> entries = children.getOrDefault(directory, List.of());
    var tree = new TreeWriter(entries.size());
    for (TreeEntry entry : entries) {
      tree.add(
          switch (entry) {
            case TreeEntry.Directory below ->
                EntryNodes.directory(
                    EntryNodes.name(below.path()), below.metadata(), tree(vault, below.path()));
            case TreeEntry.RegularFile file -> originals.get(file.path());
            case TreeEntry.HardLink link ->
                EntryNodes.hardLink(link, originals.get(link.original()));
            case TreeEntry.Symlink link -> EntryNodes.symlink(link);
            case TreeEntry.Special special -> EntryNodes.special(special);
          });
    }
    return vault.add(BlobType.TREE, tree.finish());
  }

  private Node file(TestVault vault, TreeEntry.RegularFile file, Content content)
      throws IOException {
    var blobs = new ArrayList<ContentId>();
    try (Content.Reader reader = content.open()) {
      for (long left = reader.size(); left > 0; ) {
        var chunk = ByteBuffer.allocate((int) Math.min(CHUNK, left));
        while (chunk.hasRemaining()) {
          reader.read(chunk);
        }
        left -= chunk.capacity();
        blobs.add(vault.add(BlobType.DATA, chunk.array()));
      }
    }
    int names = 1 + links.getOrDefault(file.path(), 0);
    var inode = names == 1 ? Node.Inode.NONE : new Node.Inode(1000 + originals.size(), 1, names);
    return EntryNodes.file(file, file.size(), blobs, inode);
  }
}
