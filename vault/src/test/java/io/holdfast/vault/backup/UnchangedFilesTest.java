package io.holdfast.vault.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.BytesContent;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.Metadata;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.artifact.TreeSink;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.FileTime;
import io.holdfast.engine.file.FileType;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.repository.BackupReader;
import io.holdfast.engine.repository.BackupWriter;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.repository.Repository.BackupStart;
import io.holdfast.engine.run.BackupId;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.InstallationName;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.engine.run.Trigger;
import io.holdfast.testkit.repository.TestManifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that an earlier backup has are read again if, and only if, they may have changed. */
class UnchangedFilesTest {
  private static final ComponentName TREE = new ComponentName("tree");
  private static final long START = TestManifests.START.getEpochSecond();

  /** Long before the first backup. */
  private static final FileTime OLD = new FileTime(START - 1000, 123_456_789);

  @TempDir Path temporary;

  private final FileLayer files = PosixFileLayer.create();

  /** The live tree, in the order of a capture: paths, and what is there. */
  private final TreeMap<String, Live> live = new TreeMap<>();

  private final List<String> read = new ArrayList<>();
  private VaultRepository repository;
  private int sequence;
  private Optional<InstallationName> installation = Optional.empty();

  private record Live(byte[] bytes, FileTime modified, FileTime changed, long inode, long links) {
    Live with(byte[] other) {
      return new Live(other, modified, changed, inode, links);
    }

    Live changedAt(FileTime time) {
      return new Live(bytes, modified, time, inode, links);
    }

    FileStat stat() {
      return new FileStat(
          FileType.REGULAR, 0644, 0, 0, bytes.length, 0, modified, changed, 7, inode, links, 0);
    }
  }

  @BeforeEach
  void begin() throws IOException {
    FilePath place = FilePath.of(temporary).resolve("vault");
    repository =
        new VaultRepository(
            new TestVault(files, place),
            files,
            Clock.fixed(TestManifests.START.plus(Duration.ofDays(1)), ZoneOffset.UTC),
            FilePath.of(temporary).resolve("state"));
    repository.create();
    live.put("a", new Live("first".getBytes(UTF_8), OLD, OLD, 1, 1));
    live.put("d.x", new Live("beside".getBytes(UTF_8), OLD, OLD, 2, 1));
    live.put("d/b", new Live(noise(3_000_000), OLD, OLD, 3, 1));
    live.put("d/empty", new Live(new byte[0], OLD, OLD, 4, 1));
    live.put("e", new Live("last".getBytes(UTF_8), OLD, OLD, 5, 2));
  }

  @AfterEach
  void end() throws IOException {
    repository.close();
  }

  private static byte[] noise(int size) {
    var bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private RunId backup() throws IOException {
    read.clear();
    var start =
        new BackupStart(
            RunId.of(TestManifests.START, ++sequence),
            new BackupId(String.format("%012x", sequence)),
            Trigger.MANUAL,
            Compression.ZSTD,
            installation);
    try (BackupWriter writer = repository.begin(start)) {
      List<Artifact> artifacts;
      try (var component = writer.component(TREE, new Cancellation(), b -> {})) {
        try (TreeSink tree = component.sink().tree("files")) {
          capture(tree);
          tree.finish();
        }
        artifacts = component.artifacts();
      }
      writer.verify(new Cancellation(), b -> {});
      writer.publish(TestManifests.of(start, RunStatus.COMPLETED, Map.of(TREE, artifacts)));
    }
    assertThat(contents(start.run())).isEqualTo(bytesOf(live));
    return start.run();
  }

  private void capture(TreeSink tree) throws IOException {
    add(tree, "a");
    tree.add(new TreeEntry.Directory(path("d"), metadata(OLD)));
    add(tree, "d/b");
    add(tree, "d/empty");
    add(tree, "d.x");
    add(tree, "e");
  }

  private void add(TreeSink tree, String name) throws IOException {
    Live file = live.get(name);
    if (file != null) {
      tree.file(
          new TreeEntry.RegularFile(
              path(name), metadata(file.modified()), file.bytes().length, false),
          new Watched(name, file));
    }
  }

  private static TreePath path(String name) {
    return TreePath.ofBytes(name.getBytes(UTF_8));
  }

  private static Metadata metadata(FileTime modified) {
    return new Metadata(0644, 0, 0, modified, Map.of());
  }

  /** Remembers that it was opened. */
  private final class Watched implements Content {
    private final String name;
    private final Live file;

    Watched(String name, Live file) {
      this.name = name;
      this.file = file;
    }

    @Override
    public Reader open() throws IOException {
      synchronized (read) {
        read.add(name);
      }
      return new BytesContent(file.bytes()).open();
    }

    @Override
    public boolean isDetached() {
      return true;
    }

    @Override
    public Optional<FileStat> file() {
      return Optional.of(file.stat());
    }
  }

  private Map<String, String> contents(RunId run) throws IOException {
    var found = new TreeMap<String, String>();
    try (BackupReader reader = repository.open(run)) {
      assertThat(reader.verify(List.of(TREE), new Cancellation(), b -> {})).isEmpty();
      reader
          .artifacts(TREE, new Cancellation(), b -> {})
          .tree(
              "files",
              new io.holdfast.engine.artifact.ArtifactSource.TreeVisitor() {
                @Override
                public void entry(TreeEntry entry) {}

                @Override
                public void file(TreeEntry.RegularFile entry, Content content) throws IOException {
                  var all = java.nio.ByteBuffer.allocate((int) entry.size());
                  try (Content.Reader bytes = content.open()) {
                    while (all.hasRemaining()) {
                      bytes.read(all);
                    }
                  }
                  found.put(entry.path().toString(), hash(all.array()));
                }
              });
    }
    return found;
  }

  private static Map<String, String> bytesOf(Map<String, Live> files) {
    var all = new TreeMap<String, String>();
    files.forEach((name, file) -> all.put(name, hash(file.bytes())));
    return all;
  }

  private static String hash(byte[] bytes) {
    return io.holdfast.vault.ContentId.of(bytes).toString();
  }

  @Test
  @DisplayName("a second backup reads nothing that has not changed, and holds the same")
  void nothingIsRead() throws Exception {
    backup();
    assertThat(read).hasSize(5);

    RunId second = backup();

    assertThat(read).isEmpty();
    backup();
    assertThat(read).isEmpty();
    repository.delete(second);
    backup();
    assertThat(read).isEmpty();
  }

  @Test
  @DisplayName("what another installation has backed up says nothing of the files that are here")
  void othersAreNoBaseline() throws Exception {
    installation = Optional.of(new InstallationName("ada"));
    backup();
    installation = Optional.of(new InstallationName("bob"));
    live.compute("a", (name, a) -> a.with("bob's".getBytes(UTF_8)));
    backup();
    assertThat(read).hasSize(5);
    installation = Optional.empty();
    backup();
    assertThat(read).hasSize(5);

    installation = Optional.of(new InstallationName("bob"));
    for (int others = 0; others < 5; others++) {
      backup();
      assertThat(read).isEmpty();
    }
    installation = Optional.of(new InstallationName("ada"));
    live.compute("a", (name, a) -> a.with("first".getBytes(UTF_8)));
    backup();
    assertThat(read).isEmpty();
  }

  @Test
  @DisplayName("what has another size, time or inode is read, and nothing else")
  void changedIsRead() throws Exception {
    backup();
    FileTime later = new FileTime(OLD.seconds(), OLD.nanos() + 1);
    live.compute("a", (name, a) -> a.with("other".getBytes(UTF_8)).changedAt(later));
    live.compute("d.x", (name, x) -> new Live(x.bytes(), OLD, OLD, 99, 1));
    live.compute("d/b", (name, b) -> new Live(noise(3_000_001), OLD, OLD, 3, 1));

    backup();

    assertThat(read).containsExactlyInAnyOrder("a", "d.x", "d/b");
    live.compute("e", (name, e) -> new Live(e.bytes(), later, OLD, 5, 2));
    backup();
    assertThat(read).containsExactly("e");
  }

  @Test
  @DisplayName("what changed when the earlier backup began, or later, is read")
  void unsettledIsRead() throws Exception {
    FileTime then = new FileTime(START - 1, 0);
    live.compute("a", (name, a) -> a.changedAt(then));
    backup();
    live.compute("a", (name, a) -> a.with("third".getBytes(UTF_8)));

    backup();

    assertThat(read).containsExactly("a");
  }

  @Test
  @DisplayName("files that come and go between others change nothing for these")
  void comeAndGo() throws Exception {
    live.remove("d/empty");
    Live gone = live.remove("a");
    backup();
    live.put("a", gone);
    live.remove("d.x");

    backup();

    assertThat(read).containsExactly("a");
  }

  @Test
  @DisplayName("chunks of a pack that is lost are read and stored again")
  void lostPack() throws Exception {
    RunId first = backup();
    try (var packs = Files.walk(temporary.resolve("vault/data"))) {
      for (Path pack : packs.filter(Files::isRegularFile).toList()) {
        if (Files.size(pack) > 1_000_000) {
          Files.delete(pack);
        }
      }
    }

    backup();

    assertThat(read).contains("d/b");
    assertThat(contents(first)).isEqualTo(bytesOf(live));
  }

  @Test
  @DisplayName("an earlier backup whose trees are damaged is of no use, and no harm")
  void damagedTrees() throws Exception {
    backup();
    try (var packs = Files.walk(temporary.resolve("vault/data"))) {
      for (Path pack : packs.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(pack);
        if (bytes.length < 1_000_000) {
          bytes[bytes.length / 3] ^= 1;
          pack.toFile().setWritable(true);
          Files.write(pack, bytes);
        }
      }
    }
    repository.close();

    read.clear();
    var start =
        new BackupStart(
            RunId.of(TestManifests.START, ++sequence),
            new BackupId(String.format("%012x", sequence)),
            Trigger.MANUAL,
            Compression.ZSTD);
    try (BackupWriter writer = repository.begin(start);
        var component = writer.component(TREE, new Cancellation(), b -> {});
        TreeSink tree = component.sink().tree("files")) {
      capture(tree);
      tree.finish();
    }

    assertThat(read).hasSize(5);
  }
}
