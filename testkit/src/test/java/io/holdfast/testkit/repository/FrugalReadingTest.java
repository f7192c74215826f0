package io.holdfast.testkit.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.BytesContent;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.ForwardingFileLayer;
import io.holdfast.engine.file.ReadableFile;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.repository.BackupReader;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.repository.Repository.BackupStart;
import io.holdfast.engine.repository.directory.DirectoryRepository;
import io.holdfast.engine.run.BackupId;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.engine.run.Trigger;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an open archive holds in memory for a reader who does not read on. */
class FrugalReadingTest {
  private static final ComponentName ALPHA = new ComponentName("alpha");
  private static final int FRAME = 4 << 20;

  /** Frames that were read, which are much larger than all else that is read of an archive. */
  private final AtomicInteger frames = new AtomicInteger();

  private final FileLayer files =
      new ForwardingFileLayer(PosixFileLayer.create()) {
        @Override
        public ReadableFile open(FilePath path) throws IOException {
          return new Counted(super.open(path));
        }
      };

  @TempDir Path temporary;

  private final class Counted implements ReadableFile {
    private final ReadableFile file;

    Counted(ReadableFile file) {
      this.file = file;
    }

    @Override
    public FileStat stat() throws IOException {
      return file.stat();
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      if (target.remaining() > FRAME / 2) {
        frames.incrementAndGet();
      }
      return file.read(target, position);
    }

    @Override
    public long nextData(long from) throws IOException {
      return file.nextData(from);
    }

    @Override
    public long nextHole(long from) throws IOException {
      return file.nextHole(from);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  @Test
  @DisplayName("a frame is read when the one before is used up, and everything comes")
  void frameByFrame() throws Exception {
    byte[] bytes = RepositoryContract.noise(1, 3 * FRAME);
    var start =
        new BackupStart(
            RunId.of(TestManifests.START, 1),
            new BackupId("0123456789ab"),
            Trigger.MANUAL,
            Compression.ZSTD);
    Repository repository =
        new DirectoryRepository(
            files, RepositoryContract.CLOCK, FilePath.of(temporary).resolve("repository"), 3);
    repository.create();
    try (var writer = repository.begin(start)) {
      List<Artifact> artifacts;
      try (var component = writer.component(ALPHA, new Cancellation(), b -> {})) {
        component.sink().file("data", new BytesContent(bytes));
        artifacts = component.artifacts();
      }
      writer.verify(new Cancellation(), b -> {});
      writer.publish(TestManifests.of(start, RunStatus.COMPLETED, Map.of(ALPHA, artifacts)));
    }
    frames.set(0);
    try (BackupReader reader = repository.open(start.run());
        Content.Reader content =
            reader.artifactsFrugally(ALPHA, new Cancellation(), b -> {}).file("data").open()) {
      ByteBuffer all = ByteBuffer.allocate(bytes.length);
      all.limit(FRAME / 2);
      readFully(content, all);
      assertThat(frames).hasValue(1);
      all.limit(FRAME + FRAME / 2);
      readFully(content, all);
      assertThat(frames).hasValue(2);
      all.limit(bytes.length);
      readFully(content, all);
      assertThat(content.read(ByteBuffer.allocate(1))).isEqualTo(-1);
      assertThat(all.array()).isEqualTo(bytes);
    }
  }

  private static void readFully(Content.Reader content, ByteBuffer target) throws IOException {
    while (target.hasRemaining()) {
      assertThat(content.read(target)).isPositive();
    }
  }
}
