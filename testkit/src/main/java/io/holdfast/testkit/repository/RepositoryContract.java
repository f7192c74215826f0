package io.holdfast.testkit.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactSource;
import io.holdfast.engine.artifact.BytesContent;
import io.holdfast.engine.artifact.CheckResult;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.Metadata;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.artifact.TreeSink;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTime;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.repository.BackupIndex;
import io.holdfast.engine.repository.BackupReader;
import io.holdfast.engine.repository.BackupWriter;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.repository.Repository.BackupStart;
import io.holdfast.engine.run.BackupId;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.engine.run.Trigger;
import io.holdfast.testkit.tree.TreeFixture;
import io.holdfast.testkit.tree.TreeSnapshot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every repository must do, whatever its kind. A kind's own tests extend this, and add what
 * only that kind promises.
 */
public abstract class RepositoryContract {
  protected static final ComponentName ALPHA = new ComponentName("alpha");
  protected static final ComponentName BETA = new ComponentName("beta");

  /** Receive times of the repository, always later than the source's. */
  protected static final Clock CLOCK =
      Clock.fixed(TestManifests.START.plus(Duration.ofDays(1)), ZoneOffset.UTC);

  protected final FileLayer files = PosixFileLayer.create();

  @TempDir Path temporary;

  protected Repository repository;

  /**
   * A repository that does not exist yet.
   *
   * @param place where it may lie, if it lies on this machine; does not exist either
   */
  protected abstract Repository open(FilePath place);

  /** How backups are to be stored. */
  protected abstract Compression compression();

  /** An empty directory of this test. */
  protected FilePath room() {
    return FilePath.of(temporary);
  }

  protected FilePath place() {
    return room().resolve("repository");
  }

  @BeforeEach
  void create() throws IOException {
    repository = open(place());
    repository.create();
    repository.prepare();
  }

  @AfterEach
  void close() throws IOException {
    repository.close();
    FileTrees.deleteTree(files, place());
  }

  protected BackupStart start(int sequence) {
    return start(sequence, Duration.ZERO);
  }

  protected BackupStart start(int sequence, Duration later) {
    return new BackupStart(
        RunId.of(TestManifests.START.plus(later), sequence),
        new BackupId(String.format("%012x", sequence)),
        Trigger.MANUAL,
        compression());
  }

  protected static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  protected static byte[] noise(int seed, int size) {
    var bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  protected static Metadata metadata() {
    return new Metadata(0640, 0, 0, new FileTime(1_000_000_000, 1), Map.of());
  }

  /** Publishes a backup with one component that holds one small file. */
  protected Manifest publish(int sequence) throws IOException {
    return publish(start(sequence));
  }

  protected Manifest publish(BackupStart start) throws IOException {
    return publish(start, Map.of(ALPHA, writer -> writer.file("data", content(start))));
  }

  private static Content content(BackupStart start) {
    return new BytesContent(bytes("content of " + start.run()));
  }

  /** What a component does with its sink. */
  @FunctionalInterface
  protected interface Filling {
    void fill(io.holdfast.engine.artifact.ArtifactSink sink) throws IOException;
  }

  /** Publishes a backup of several components, one after the other. */
  protected Manifest publish(BackupStart start, Map<ComponentName, Filling> components)
      throws IOException {
    try (BackupWriter writer = repository.begin(start)) {
      var artifacts = new TreeMap<ComponentName, List<Artifact>>();
      for (var component : new TreeMap<>(components).entrySet()) {
        artifacts.put(component.getKey(), write(writer, component.getKey(), component.getValue()));
      }
      writer.verify(new Cancellation(), bytes -> {});
      return writer.publish(TestManifests.of(start, RunStatus.COMPLETED, artifacts));
    }
  }

  private static List<Artifact> write(BackupWriter writer, ComponentName name, Filling filling)
      throws IOException {
    try (var component = writer.component(name, new Cancellation(), bytes -> {})) {
      filling.fill(component.sink());
      return component.artifacts();
    }
  }

  /** Adds a tree of this directory to a sink. */
  protected Artifact tree(io.holdfast.engine.artifact.ArtifactSink sink, String name, FilePath root)
      throws IOException {
    try (TreeSink tree = sink.tree(name)) {
      LiveTree.capture(files, root, tree);
      return tree.finish();
    }
  }

  /** Reads the tree of a backup into a new directory. */
  protected void rebuild(RunId run, ComponentName component, String name, FilePath target)
      throws IOException {
    try (BackupReader reader = repository.open(run)) {
      var rebuilder = new TreeRebuilder(files, target);
      reader.artifacts(component, new Cancellation(), b -> {}).tree(name, rebuilder);
      rebuilder.finish();
    }
  }

  /** All bytes of a content. */
  protected static byte[] read(Content content) throws IOException {
    try (Content.Reader reader = content.open()) {
      var all = ByteBuffer.allocate(Math.toIntExact(reader.size()));
      while (all.hasRemaining()) {
        if (reader.read(all) < 1) {
          throw new AssertionError("ended after " + all.position() + " of " + reader.size());
        }
      }
      assertThat(reader.read(ByteBuffer.allocate(1))).isEqualTo(-1);
      return all.array();
    }
  }

  protected byte[] readFile(RunId run, ComponentName component, String name) throws IOException {
    try (BackupReader reader = repository.open(run)) {
      return read(reader.artifacts(component, new Cancellation(), b -> {}).file(name));
    }
  }

  protected List<io.holdfast.engine.repository.RepositoryProblem> verify(RunId run)
      throws IOException {
    try (BackupReader reader = repository.open(run)) {
      var names =
          reader.manifest().components().stream()
              .filter(component -> component.isRestorable())
              .map(component -> component.name())
              .toList();
      return reader.verify(names, new Cancellation(), b -> {});
    }
  }

  private List<RunId> listed() throws IOException {
    return repository.list().stream().map(BackupEntry::runId).toList();
  }

  // ---- publishing

  @Test
  @Tag("P2")
  @DisplayName("P2: a backup is listed after its publication and not before")
  void visibleOnceItIsPublished() throws IOException {
    BackupStart start = start(1);
    try (BackupWriter writer = repository.begin(start)) {
      var artifacts = write(writer, ALPHA, sink -> sink.file("data", content(start)));
      writer.checkpoint(TestManifests.of(start, RunStatus.RUNNING, Map.of()));
      assertThat(repository.list()).isEmpty();
      writer.verify(new Cancellation(), b -> {});
      assertThat(repository.list()).isEmpty();
      assertThatThrownBy(() -> repository.open(start.run()))
          .isInstanceOfSatisfying(
              HoldfastException.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.BACKUP_NOT_FOUND));
      Manifest published =
          writer.publish(TestManifests.of(start, RunStatus.COMPLETED, Map.of(ALPHA, artifacts)));
      assertThat(published.receivedAt()).contains(CLOCK.instant());
      assertThat(repository.list())
          .singleElement()
          .isInstanceOfSatisfying(
              BackupEntry.Readable.class,
              entry -> assertThat(entry.manifest()).isEqualTo(published));
    }
    assertThat(listed()).containsExactly(start.run());
    assertThat(readFile(start.run(), ALPHA, "data")).isEqualTo(read(content(start)));
    assertThat(verify(start.run())).isEmpty();
    assertThat(repository.checkStructure(new Cancellation())).isEmpty();
  }

  @Test
  @DisplayName("lists newest first by sequence, when the clock jumped back too")
  void listOrder() throws IOException {
    publish(start(1, Duration.ofDays(3)));
    publish(start(3, Duration.ofDays(-3)));
    publish(start(2, Duration.ofDays(1)));
    assertThat(repository.list())
        .extracting(entry -> entry.runId().sequence())
        .containsExactly(3, 2, 1);
    assertThat(repository.highestSequence()).isEqualTo(3);
  }

  @Test
  @DisplayName("the index has the backups of the list, and is not current once they change")
  void index() throws IOException {
    publish(start(1));
    publish(start(2));
    BackupIndex index = repository.index();
    assertThat(index.runs()).isEqualTo(listed());
    for (BackupEntry entry : repository.list()) {
      assertThat(index.entry(entry.runId())).isEqualTo(entry);
      assertThat(index.version(entry.runId())).isEqualTo(index.version(entry.runId()));
    }
    publish(start(3));
    assertThat(index.isCurrent()).isFalse();
    assertThat(repository.index().runs()).isEqualTo(listed()).hasSize(3);
    repository.delete(start(1).run());
    assertThat(repository.index().runs()).isEqualTo(listed()).hasSize(2);
    assertThat(index.entry(start(1).run())).isInstanceOf(BackupEntry.Corrupt.class);
  }

  @Test
  @DisplayName("keeps every kind of artifact, its name and its checks")
  void artifacts() throws IOException {
    BackupStart start = start(1);
    byte[] large = noise(7, 3_000_000);
    byte[] placed = noise(8, 100_000);
    Manifest manifest =
        publish(
            start,
            Map.of(
                ALPHA,
                sink -> {
                  sink.file("empty", new BytesContent(new byte[0]));
                  sink.file("large", passing(large));
                  FilePath place = sink.place("placed.db");
                  assertThat(files.find(place)).isEmpty();
                  TreeFixture.write(files, place, placed);
                  sink.checked("placed.db", CheckResult.passed("integrity_check", "ok"));
                  Artifact artifact = sink.adopt("placed.db");
                  assertThat(artifact.sizeBytes()).isEqualTo(placed.length);
                  assertThat(FileTrees.readAll(files, place, placed.length)).isEqualTo(placed);
                }));
    assertThat(readFile(start.run(), ALPHA, "empty")).isEmpty();
    assertThat(readFile(start.run(), ALPHA, "large")).isEqualTo(large);
    assertThat(readFile(start.run(), ALPHA, "placed.db")).isEqualTo(placed);
    try (BackupReader reader = repository.open(start.run())) {
      assertThat(reader.manifest()).isEqualTo(manifest);
      assertThat(reader.storedBytes()).isPositive();
      ArtifactSource source = reader.artifacts(ALPHA, new Cancellation(), b -> {});
      assertThat(source.artifacts()).isEqualTo(manifest.component(ALPHA).orElseThrow().artifacts());
      assertThat(source.artifacts().getLast().checks())
          .containsExactly(CheckResult.passed("integrity_check", "ok"));
      assertThatThrownBy(() -> source.file("none"))
          .isInstanceOfSatisfying(
              HoldfastException.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.ARTIFACT_CORRUPT));
    }
    assertThat(verify(start.run())).isEmpty();
    assertThat(repository.checkStructure(new Cancellation())).isEmpty();
  }

  @Test
  @DisplayName("gives back a tree in which everything is that backup tools get wrong")
  void hardTree() throws IOException {
    FilePath live = room().resolve("live");
    TreeFixture.make(files, live);
    BackupStart start = start(1);
    publish(start, Map.of(ALPHA, sink -> tree(sink, "files", live)));
    rebuild(start.run(), ALPHA, "files", room().resolve("restored"));
    TreeSnapshot.of(files, live).assertSame(TreeSnapshot.of(files, room().resolve("restored")));
    assertThat(verify(start.run())).isEmpty();
    assertThat(repository.checkStructure(new Cancellation())).isEmpty();
    FileTrees.deleteTree(files, live);
    FileTrees.deleteTree(files, room().resolve("restored"));
  }

  @Test
  @DisplayName("takes several components at once")
  void concurrentComponents() throws Exception {
    BackupStart start = start(1);
    var live = new ArrayList<FilePath>();
    for (int i = 0; i < 4; i++) {
      FilePath root = room().resolve("live" + i);
      files.createDirectory(root, 0755);
      for (int j = 0; j < 60; j++) {
        TreeFixture.write(
            files, root.resolve("f" + j), noise(i * 100 + j, j % 7 == 0 ? 700_000 : j * 37));
      }
      TreeFixture.write(files, root.resolve("large"), noise(i, 6_000_000));
      live.add(root);
    }
    var artifacts = new TreeMap<ComponentName, List<Artifact>>();
    try (BackupWriter writer = repository.begin(start);
        var threads = Executors.newFixedThreadPool(4)) {
      var running = new ArrayList<Future<List<Artifact>>>();
      for (int i = 0; i < 4; i++) {
        var name = new ComponentName("c" + i);
        FilePath root = live.get(i);
        Callable<List<Artifact>> work =
            () ->
                write(
                    writer,
                    name,
                    sink -> {
                      sink.file("single", new BytesContent(noise(99, 5_000_000)));
                      tree(sink, "files", root);
                    });
        running.add(threads.submit(work));
      }
      for (int i = 0; i < 4; i++) {
        artifacts.put(new ComponentName("c" + i), running.get(i).get());
      }
      writer.verify(new Cancellation(), b -> {});
      writer.publish(TestManifests.of(start, RunStatus.COMPLETED, artifacts));
    }
    assertThat(verify(start.run())).isEmpty();
    for (int i = 0; i < 4; i++) {
      FilePath target = room().resolve("restored" + i);
      rebuild(start.run(), new ComponentName("c" + i), "files", target);
      TreeSnapshot.of(files, live.get(i)).assertSame(TreeSnapshot.of(files, target));
      assertThat(readFile(start.run(), new ComponentName("c" + i), "single"))
          .isEqualTo(noise(99, 5_000_000));
    }
  }

  @Test
  @DisplayName("tells how many bytes were taken in, verified and read")
  void progress() throws IOException {
    BackupStart start = start(1);
    var written = new AtomicLong();
    var verified = new AtomicLong();
    try (BackupWriter writer = repository.begin(start)) {
      List<Artifact> artifacts;
      try (var component = writer.component(ALPHA, new Cancellation(), written::addAndGet)) {
        component.sink().file("data", new BytesContent(noise(1, 2_000_000)));
        artifacts = component.artifacts();
      }
      writer.verify(new Cancellation(), verified::addAndGet);
      writer.publish(TestManifests.of(start, RunStatus.COMPLETED, Map.of(ALPHA, artifacts)));
    }
    var restored = new AtomicLong();
    try (BackupReader reader = repository.open(start.run())) {
      read(reader.artifacts(ALPHA, new Cancellation(), restored::addAndGet).file("data"));
    }
    assertThat(List.of(written.get(), verified.get(), restored.get())).containsOnly(2_000_000L);
  }

  // ---- what does not publish

  @Test
  @DisplayName("leaves out a file that is gone when it is opened, and fails for any other reason")
  void vanishedFile() throws IOException {
    BackupStart start = start(1);
    publish(
        start,
        Map.of(
            ALPHA,
            sink -> {
              try (TreeSink tree = sink.tree("files")) {
                tree.file(file("gone"), failing(FileLayerException.Reason.NOT_FOUND));
                tree.file(file("there"), new BytesContent(bytes("x")));
                Artifact artifact = tree.finish();
                assertThat(artifact.files()).isEqualTo(1);
              }
            }));
    var seen = new ArrayList<String>();
    try (BackupReader reader = repository.open(start.run())) {
      reader.artifacts(ALPHA, new Cancellation(), b -> {}).tree("files", visitor(seen));
    }
    assertThat(seen).containsExactly("there");

    try (BackupWriter writer = repository.begin(start(2));
        var component = writer.component(ALPHA, new Cancellation(), b -> {});
        TreeSink tree = component.sink().tree("files")) {
      assertThatThrownBy(
              () -> {
                tree.file(file("unreadable"), failing(FileLayerException.Reason.NOT_PERMITTED));
                tree.finish();
              })
          .as("the failure of the source comes back as it was")
          .isInstanceOfSatisfying(
              FileLayerException.class,
              failure ->
                  assertThat(failure.reason()).isEqualTo(FileLayerException.Reason.NOT_PERMITTED));
    }
  }

  private static TreeEntry.RegularFile file(String name) {
    return new TreeEntry.RegularFile(TreePath.of(name), metadata(), 1, false);
  }

  /** Content that passes by in a stream. */
  private static Content passing(byte[] bytes) {
    return new Content() {
      @Override
      public Reader open() throws IOException {
        return new BytesContent(bytes).open();
      }

      @Override
      public boolean isDetached() {
        return false;
      }
    };
  }

  private static Content failing(FileLayerException.Reason reason) {
    return new Content() {
      @Override
      public Reader open() throws IOException {
        throw new FileLayerException("open", FilePath.of("/source"), reason, "");
      }

      @Override
      public boolean isDetached() {
        return true;
      }
    };
  }

  /** Reads everything, and keeps the paths. */
  protected static ArtifactSource.TreeVisitor visitor(List<String> seen) {
    return new ArtifactSource.TreeVisitor() {
      @Override
      public void entry(TreeEntry entry) {
        seen.add(entry.path().toString());
      }

      @Override
      public void file(TreeEntry.RegularFile entry, Content content) throws IOException {
        seen.add(entry.path().toString());
        read(content);
      }
    };
  }

  @Test
  @DisplayName("forgets a component that was discarded, and publishes the others")
  void discard() throws IOException {
    BackupStart start = start(1);
    try (BackupWriter writer = repository.begin(start)) {
      try (var failed = writer.component(BETA, new Cancellation(), b -> {})) {
        failed.sink().file("half", new BytesContent(noise(3, 9_000_000)));
        assertThatThrownBy(() -> failed.sink().file("broken", breaking(50_000_000, 11_000_000)))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("the source broke");
        failed.discard();
        assertThat(failed.artifacts()).isEmpty();
      }
      var artifacts = write(writer, ALPHA, sink -> sink.file("data", content(start)));
      writer.verify(new Cancellation(), b -> {});
      writer.publish(TestManifests.of(start, RunStatus.COMPLETED, Map.of(ALPHA, artifacts)));
    }
    assertThat(verify(start.run())).isEmpty();
    assertThat(repository.checkStructure(new Cancellation())).isEmpty();
    assertThat(readFile(start.run(), ALPHA, "data")).isEqualTo(read(content(start)));
  }

  /** Breaks in the middle. */
  private static Content breaking(long size, long after) {
    return new Content() {
      @Override
      public boolean isDetached() {
        return true;
      }

      @Override
      public Reader open() {
        return new Reader() {
          private long at;

          @Override
          public long size() {
            return size;
          }

          @Override
          public List<Extent> extents() {
            return List.of(new Extent(0, size));
          }

          @Override
          public int read(ByteBuffer target) throws IOException {
            if (at >= after) {
              throw new IOException("the source broke");
            }
            int count = target.remaining();
            target.position(target.limit());
            at += count;
            return count;
          }

          @Override
          public void skipHole(long bytes) {
            throw new AssertionError();
          }

          @Override
          public void close() {}
        };
      }
    };
  }

  @Test
  @Tag("P9")
  @DisplayName("P9: a cancelled backup publishes nothing and leaves only its record")
  void cancelled() throws IOException {
    BackupStart start = start(1);
    var cancellation = new Cancellation();
    try (BackupWriter writer = repository.begin(start)) {
      try (var component = writer.component(ALPHA, cancellation, b -> {})) {
        component.sink().file("data", content(start));
        cancellation.cancel(Cancellation.Reason.CANCELLED);
        assertThatThrownBy(() -> component.sink().file("more", content(start)))
            .isInstanceOfSatisfying(
                HoldfastException.class,
                failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CANCELLED));
      }
      writer.fail(TestManifests.of(start, RunStatus.CANCELLED, Map.of()));
    }
    assertThat(repository.list()).isEmpty();
    assertThat(repository.listFailed())
        .singleElement()
        .isInstanceOfSatisfying(
            BackupEntry.Readable.class,
            entry -> assertThat(entry.manifest().status()).isEqualTo(RunStatus.CANCELLED));
    assertThat(repository.checkStructure(new Cancellation())).isEmpty();
    assertThat(repository.prepare()).isEmpty();
    repository.delete(start.run());
    assertThat(repository.listFailed()).isEmpty();
  }

  @Test
  @Tag("P1")
  @DisplayName("P1: what a crash leaves behind becomes the record of an interrupted run")
  void interrupted() throws IOException {
    publish(1);
    for (int sequence : List.of(2, 3)) {
      BackupStart start = start(sequence);
      try (BackupWriter writer = repository.begin(start)) {
        write(writer, ALPHA, sink -> sink.file("data", new BytesContent(noise(1, 5_000_000))));
        if (sequence == 3) {
          writer.checkpoint(TestManifests.of(start, RunStatus.RUNNING, Map.of()));
        }
      }
    }
    assertThat(repository.highestSequence()).isEqualTo(3);
    assertThat(repository.prepare()).containsExactly(start(2).run(), start(3).run());
    assertThat(listed()).containsExactly(start(1).run());
    assertThat(verify(start(1).run())).isEmpty();
    assertThat(repository.listFailed())
        .hasSize(2)
        .allSatisfy(entry -> {
          var manifest = ((BackupEntry.Readable) entry).manifest();
          assertThat(manifest.status()).isEqualTo(RunStatus.FAILED);
          assertThat(manifest.failure().orElseThrow().message()).isEqualTo("interrupted");
        });
    assertThat(repository.listFailed().getFirst().runId()).isEqualTo(start(3).run());
    assertThat(((BackupEntry.Readable) repository.listFailed().getFirst()).manifest().backupId())
        .isEqualTo(start(3).backup());
    assertThat(repository.prepare()).as("a second time there is nothing to do").isEmpty();
    assertThat(repository.checkStructure(new Cancellation())).isEmpty();
  }

  // ---- deleting

  @Test
  @DisplayName("deletes a backup, and says so when there is none")
  void delete() throws IOException {
    publish(1);
    publish(2);
    repository.delete(start(1).run());
    assertThat(listed()).containsExactly(start(2).run());
    assertThatThrownBy(() -> repository.delete(start(1).run()))
        .isInstanceOfSatisfying(
            HoldfastException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.BACKUP_NOT_FOUND));
    assertThat(verify(start(2).run())).isEmpty();
  }

  @Test
  @Tag("P3")
  @DisplayName("P3: does not delete a backup that is being read")
  void deleteWhileOpen() throws IOException {
    publish(1);
    try (BackupReader one = repository.open(start(1).run());
        BackupReader two = repository.open(start(1).run())) {
      two.close();
      two.close();
      assertThatThrownBy(() -> repository.delete(start(1).run()))
          .isInstanceOfSatisfying(
              HoldfastException.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.BUSY));
      assertThat(one.verify(List.of(ALPHA), new Cancellation(), b -> {})).isEmpty();
    }
    repository.delete(start(1).run());
    assertThat(listed()).isEmpty();
  }

  @Test
  @DisplayName("has many readers at once")
  void concurrentReaders() throws Exception {
    BackupStart start = start(1);
    byte[] data = noise(5, 9_000_000);
    publish(start, Map.of(ALPHA, sink -> sink.file("data", new BytesContent(data))));
    try (var threads = Executors.newFixedThreadPool(4)) {
      var running = new ArrayList<Future<byte[]>>();
      for (int i = 0; i < 8; i++) {
        Callable<byte[]> work = () -> readFile(start.run(), ALPHA, "data");
        running.add(threads.submit(work));
      }
      for (var one : running) {
        assertThat(one.get()).isEqualTo(data);
      }
    }
  }

  @Test
  @DisplayName("of many that create it at once, all succeed")
  void concurrentCreation() throws Exception {
    FilePath other = room().resolve("other");
    try (var threads = Executors.newFixedThreadPool(4)) {
      var running = new ArrayList<Future<Boolean>>();
      for (int i = 0; i < 8; i++) {
        Callable<Boolean> work =
            () -> {
              try (Repository mine = open(other)) {
                mine.create();
                return mine.list().isEmpty();
              }
            };
        running.add(threads.submit(work));
      }
      for (var one : running) {
        assertThat(one.get()).isTrue();
      }
    }
    try (Repository mine = open(other)) {
      assertThat(mine.checkStructure(new Cancellation())).isEmpty();
    }
  }
}
