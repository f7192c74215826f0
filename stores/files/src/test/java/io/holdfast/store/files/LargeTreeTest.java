package io.holdfast.store.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactSource;
import io.holdfast.engine.artifact.ArtifactType;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.Metadata;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.component.StagedRestore;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTime;
import io.holdfast.testkit.handler.TestCaptureContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many files: restored from a listing that nobody holds in memory, and captured again. */
class LargeTreeTest {
  private static final Metadata DIRECTORY = new Metadata(0755, 0, 0, new FileTime(7, 7), Map.of());
  private static final Metadata FILE = new Metadata(0644, 0, 0, new FileTime(8, 8), Map.of());

  @TempDir Path temporary;
  private Live live;

  @BeforeEach
  void makeLive() throws Exception {
    live = new Live(temporary);
  }

  @AfterEach
  void clean() throws Exception {
    live.close();
  }

  private static int files() {
    return Boolean.getBoolean("holdfast.campaign") ? 100_000 : 10_000;
  }

  @Test
  @DisplayName(
      "a tree with very many files is restored and captured, half of them in one directory")
  void manyFiles() throws Exception {
    StagedRestore staged = live.handler().stage(new Generated(files()), live.restoring());
    assertThat(staged.changes()).hasSize(1001);
    assertThat(staged.changes().getLast().detail()).startsWith(files() + 21 + " created");
    staged.commit();
    staged.finish();
    var counting = new CountingSink();
    try (var capture = live.handler().capture(new TestCaptureContext())) {
      assertThat(capture.estimatedBytes()).hasValue(0);
      capture.writeTo(counting.asArtifactSink());
    }
    assertThat(counting.files).isEqualTo(files());
    assertThat(counting.others).isEqualTo(21);
    assertThat(live.files.find(live.root).orElseThrow().modified()).isEqualTo(new FileTime(7, 7));
    assertThat(live.files.find(live.at("d03")).orElseThrow().modified())
        .isEqualTo(new FileTime(7, 7));
  }

  /** Twenty directories; the first holds half of all files. */
  private record Generated(int files) implements ArtifactSource {
    @Override
    public List<Artifact> artifacts() {
      return List.of(new Artifact("files", ArtifactType.TREE, 0, files, "0".repeat(64), List.of()));
    }

    @Override
    public Content file(String name) {
      throw new AssertionError(name);
    }

    @Override
    public Optional<FilePath> plainFile(String name) {
      return Optional.empty();
    }

    @Override
    public void tree(String name, TreeVisitor visitor) throws IOException {
      visitor.entry(new TreeEntry.Directory(TreePath.ROOT, DIRECTORY));
      int made = 0;
      for (int d = 0; d < 20; d++) {
        TreePath directory = TreePath.of(String.format("d%02d", d));
        visitor.entry(new TreeEntry.Directory(directory, DIRECTORY));
        int end = files / 2 + d * (files / 2) / 19;
        for (; made < end; made++) {
          TreePath path = TreePath.of(directory + "/" + String.format("f%07d", made));
          visitor.file(new TreeEntry.RegularFile(path, FILE, 0, false), new Nothing());
        }
      }
    }
  }

  /** Empty, since what takes time on some disks is to free the blocks afterwards. */
  private record Nothing() implements Content {
    @Override
    public boolean isDetached() {
      return true;
    }

    @Override
    public Reader open() {
      return new Reader() {
        @Override
        public long size() {
          return 0;
        }

        @Override
        public List<Extent> extents() {
          return List.of();
        }

        @Override
        public int read(ByteBuffer target) {
          return -1;
        }

        @Override
        public void skipHole(long bytes) {
          throw new AssertionError("there is no hole");
        }

        @Override
        public void close() {}
      };
    }
  }
}
