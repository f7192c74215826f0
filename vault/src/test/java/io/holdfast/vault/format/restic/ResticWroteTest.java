package io.holdfast.vault.format.restic;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.testkit.tree.TreeFixture;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.BlobType;
import io.holdfast.vault.format.Config;
import io.holdfast.vault.format.IndexWriter;
import io.holdfast.vault.format.LockFile;
import io.holdfast.vault.format.PackHeader;
import io.holdfast.vault.format.PackedBlob;
import io.holdfast.vault.format.Snapshot;
import io.holdfast.vault.format.SnapshotCodec;
import io.holdfast.vault.format.tree.EntryNodes;
import io.holdfast.vault.format.tree.HardLinks;
import io.holdfast.vault.format.tree.LinkTarget;
import io.holdfast.vault.format.tree.Node;
import io.holdfast.vault.format.tree.TreeReader;
import io.holdfast.vault.format.tree.TreeWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResticWroteTest {
  @TempDir static Path directory;

  private static final FileLayer FILES = PosixFileLayer.create();

  private static Restic restic;
  private static Path source;

  @BeforeAll
  static void backUp() throws Exception {
    restic = Restic.init(directory, 2);
    source = directory.resolve("source");
    TreeFixture.make(FILES, FilePath.of(source));
    CharacterNames.make(FILES, FilePath.of(source).resolve("characters"));
    FilePath target = FilePath.of(source).resolve("links/odd-target");
    FILES.createSymlink(
        target, "<\u0001\n\u007f\u2028\"\\&\ufffd>".getBytes(StandardCharsets.UTF_8));
    restic.run(
        "backup", source.toString(), "--tag", "a<b,NL", "--exclude", "*.ümlaut", "--host", "höst");
    Files.writeString(source.resolve("hello.txt"), "changed");
    restic.run("backup", source.toString(), "--host", "höst", "--with-atime");
    restic.run("tag", "--add", "late", "latest");
  }

  private static Snapshot newest(ResticFiles files) throws IOException {
    var snapshots = new ArrayList<Snapshot>();
    for (byte[] json : files.documents("snapshots")) {
      snapshots.add(SnapshotCodec.decode(json, "snapshot"));
    }
    snapshots.sort((a, b) -> b.time().instant().compareTo(a.time().instant()));
    return snapshots.getFirst();
  }

  @Test
  @DisplayName("Every tree of restic's, read and written again, has the id that restic gave it")
  void trees() throws Exception {
    try (var files = new ResticFiles(restic)) {
      int nodes = 0;
      int trees = 0;
      for (ResticFiles.Located located : files.blobs().values()) {
        PackedBlob blob = located.blob();
        byte[] bytes = files.blob(blob.id());
        assertThat(ContentId.of(bytes)).isEqualTo(blob.id());
        if (blob.type() != BlobType.TREE) {
          continue;
        }
        var writer = new TreeWriter(0);
        for (Node node : TreeReader.readAll(bytes, "tree " + blob.id())) {
          writer.add(node);
          nodes++;
        }
        byte[] again = writer.finish();
        assertThat(new String(again, StandardCharsets.UTF_8))
            .isEqualTo(new String(bytes, StandardCharsets.UTF_8));
        assertThat(ContentId.of(again)).isEqualTo(blob.id());
        trees++;
      }
      assertThat(trees).isGreaterThan(30);
      assertThat(nodes).isGreaterThan(1000);
    }
  }

  @Test
  @DisplayName("What restic prints of a tree is what was read of it")
  void printed() throws Exception {
    try (var files = new ResticFiles(restic)) {
      ContentId root = newest(files).tree();
      assertThat(restic.run("cat", "blob", root.toString())).isEqualTo(files.blob(root));
    }
  }

  @Test
  @DisplayName("Every entry of the tree is found in restic's nodes as it lies on the disk")
  void entries() throws Exception {
    try (var files = new ResticFiles(restic)) {
      ContentId id = newest(files).tree();
      for (Path name : source) {
        id = child(files, id, name.toString());
      }
      var expected = new TreeMap<TreePath, TreeEntry>();
      LiveEntries.of(FILES, FilePath.of(source))
          .entries()
          .forEach(entry -> expected.put(entry.path(), entry));
      expected.remove(TreePath.ROOT);
      var found = new TreeMap<TreePath, TreeEntry>();
      var damaged = new ArrayList<TreePath>();
      collect(files, id, TreePath.ROOT, new HardLinks(), found, damaged);
      assertThat(found.keySet()).isEqualTo(expected.keySet());
      // This restic keeps targets as text alone; see LinkTarget.
      damaged.forEach(expected::remove);
      expected.forEach((path, entry) ->
          assertThat(describe(found.get(path))).as("%s", path).isEqualTo(describe(entry)));
    }
  }

  private static ContentId child(ResticFiles files, ContentId tree, String name)
      throws IOException {
    return TreeReader.readAll(files.blob(tree), "tree").stream()
        .filter(node -> node.name().toString().equals(name))
        .findFirst()
        .orElseThrow()
        .subtree()
        .orElseThrow();
  }

  private static void collect(
      ResticFiles files,
      ContentId tree,
      TreePath at,
      HardLinks links,
      TreeMap<TreePath, TreeEntry> found,
      List<TreePath> damaged)
      throws IOException {
    for (Node node : TreeReader.readAll(files.blob(tree), "tree " + at)) {
      TreePath path = at.resolve(node.name().toBytes());
      TreeEntry entry = EntryNodes.entry(node, path, false).orElseThrow();
      var original = links.original(node, path);
      found.put(
          path,
          original.isPresent()
              ? new TreeEntry.HardLink(path, entry.metadata(), original.get())
              : entry);
      if (node.linkTarget().map(LinkTarget::isDamaged).orElse(false)) {
        damaged.add(path);
      }
      if (node.subtree().isPresent()) {
        collect(files, node.subtree().get(), path, links, found, damaged);
      }
    }
  }

  private static String describe(TreeEntry entry) {
    var line = new StringBuilder(entry.getClass().getSimpleName());
    var metadata = entry.metadata();
    line.append(' ').append(Integer.toOctalString(metadata.mode()));
    line.append(' ').append(metadata.uid()).append(':').append(metadata.gid());
    line.append(' ').append(metadata.modified());
    metadata
        .attributes()
        .forEach((name, value) ->
            line.append(' ').append(name).append('=').append(HexFormat.of().formatHex(value)));
    switch (entry) {
      case TreeEntry.RegularFile file -> line.append(' ').append(file.size());
      case TreeEntry.Symlink link ->
          line.append(' ').append(HexFormat.of().formatHex(link.target()));
      case TreeEntry.HardLink link -> line.append(' ').append(link.original());
      case TreeEntry.Special special ->
          line.append(' ').append(special.type()).append(' ').append(special.deviceNumber());
      case TreeEntry.Directory _ -> {}
    }
    return line.toString();
  }

  @Test
  @DisplayName("Config, snapshots and indexes, read and written again, are the same bytes")
  void documents() throws Exception {
    try (var files = new ResticFiles(restic)) {
      assertThat(Config.decode(files.config()).encode()).isEqualTo(files.config());
      List<byte[]> snapshots = files.documents("snapshots");
      assertThat(snapshots).hasSize(2);
      for (byte[] json : snapshots) {
        assertThat(text(SnapshotCodec.encode(SnapshotCodec.decode(json, "snapshot"))))
            .isEqualTo(text(json));
      }
      Snapshot newest = newest(files);
      assertThat(newest.hostname()).isEqualTo("höst");
      assertThat(newest.tags()).containsExactly("late");
      assertThat(newest.parent()).isPresent();
      assertThat(newest.original()).isPresent();
      assertThat(newest.paths()).containsExactly(source.toString());
      for (byte[] json : files.documents("index")) {
        var writer = new IndexWriter();
        ContentId pack = null;
        for (ResticFiles.Located located : ResticFiles.read(json)) {
          if (!located.pack().equals(pack)) {
            pack = located.pack();
            writer.pack(pack);
          }
          writer.blob(located.blob());
        }
        assertThat(text(writer.finish())).isEqualTo(text(json));
      }
    }
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  @Test
  @DisplayName("The header of every pack tells what the indexes tell, and is written the same")
  void packs() throws Exception {
    try (var files = new ResticFiles(restic)) {
      int blobs = 0;
      for (Path file : files.files("data")) {
        byte[] pack = Files.readAllBytes(file);
        byte[] header = files.header(pack);
        List<PackedBlob> found = PackHeader.decode(header, pack.length, "pack " + file);
        for (PackedBlob blob : found) {
          assertThat(files.blobs().get(blob.id()))
              .isEqualTo(new ResticFiles.Located(ContentId.of(pack), blob));
        }
        assertThat(PackHeader.encode(found)).isEqualTo(header);
        int end = pack.length - PackHeader.LENGTH_BYTES;
        assertThat(PackHeader.encodeLength(header.length + PackedBlob.SEAL))
            .isEqualTo(Arrays.copyOfRange(pack, end, pack.length));
        blobs += found.size();
      }
      assertThat(blobs).isEqualTo(files.blobs().size());
    }
  }

  @Test
  @DisplayName("The lock of a restic at work is read, and written the same")
  void locks() throws Exception {
    try (var files = new ResticFiles(restic)) {
      Process backup = restic.start("backup", "--stdin");
      try {
        Awaitility.await()
            .atMost(Duration.ofMinutes(1))
            .until(() -> !files.files("locks").isEmpty() || !backup.isAlive());
        byte[] json = files.documents("locks").getFirst();
        LockFile lock = LockFile.decode(json, "lock");
        assertThat(lock.pid()).isEqualTo(backup.pid());
        assertThat(lock.exclusive()).isFalse();
        assertThat(text(lock.encode())).isEqualTo(text(json));
      } finally {
        backup.destroy();
        backup.waitFor();
      }
    }
  }

  @Test
  @DisplayName("A repository of version 1 is read: config, snapshot, index, trees")
  void versionOne(@TempDir Path place) throws Exception {
    Restic old = Restic.init(place, 1);
    old.run("backup", source.resolve("names").toString());
    try (var files = new ResticFiles(old)) {
      assertThat(Config.decode(files.config()).version()).isEqualTo(1);
      assertThat(files.opened("snapshots").getFirst())
          .isEqualTo(files.documents("snapshots").getFirst());
      assertThat(newest(files).time().instant().atOffset(ZoneOffset.UTC).getYear())
          .isGreaterThan(2000);
      for (ResticFiles.Located located : files.blobs().values()) {
        assertThat(located.blob().isCompressed()).isFalse();
        assertThat(ContentId.of(files.blob(located.blob().id()))).isEqualTo(located.blob().id());
      }
    }
  }
}
