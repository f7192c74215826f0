package io.holdfast.store.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactSource;
import io.holdfast.engine.artifact.ArtifactType;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.Metadata;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTime;
import io.holdfast.engine.file.FileType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Listings that somebody made to lead a restore astray. */
class HostileListingTest {
  private static final Metadata PLAIN = new Metadata(0644, 0, 0, new FileTime(1, 0), Map.of());

  @TempDir Path temporary;
  private Live live;

  @BeforeEach
  void makeTree() throws Exception {
    live = new Live(temporary).file("a", "live");
    live.file("../outside/precious", "precious");
  }

  @AfterEach
  void clean() throws Exception {
    live.close();
  }

  private static TreeEntry directory(String path) {
    return new TreeEntry.Directory(TreePath.of(path), PLAIN);
  }

  private static TreeEntry link(String path, String target) {
    return new TreeEntry.Symlink(TreePath.of(path), PLAIN, target.getBytes(UTF_8));
  }

  private static TreeEntry hardLink(String path, String original) {
    return new TreeEntry.HardLink(TreePath.of(path), PLAIN, TreePath.of(original));
  }

  private static TreeEntry file(String path) {
    return new TreeEntry.RegularFile(TreePath.of(path), PLAIN, 0, false);
  }

  private static TreeEntry fifo(String path) {
    return new TreeEntry.Special(TreePath.of(path), PLAIN, FileType.FIFO, 0);
  }

  static Stream<Arguments> listings() {
    return Stream.of(
        listing("a file below a link to outside", link("x", "../outside"), file("x/evil")),
        listing("a directory below a link", link("x", "../outside"), directory("x/evil")),
        listing("a link below a link", link("x", "../outside"), link("x/evil", "y")),
        listing("a FIFO below a link", link("x", "../outside"), fifo("x/evil")),
        listing("a directory over a link", link("x", "../outside"), directory("x"), file("x/evil")),
        listing("a link over a directory", directory("x"), link("x", "../outside"), file("x/evil")),
        listing("a file over a link", link("x", "../outside/precious"), file("x")),
        listing("a hard link through a link", link("x", "../outside"), hardLink("y", "x/precious")),
        listing("a hard link to a link", link("x", "../outside/precious"), hardLink("y", "x")),
        listing("a hard link to nothing", hardLink("y", "nothing")),
        listing("a hard link to a directory", directory("x"), hardLink("y", "x")),
        listing("a hard link to the root", hardLink("y", "")),
        listing("a file below a file", file("x"), file("x/evil")),
        listing("a file in no directory", file("no/where")),
        listing(
            "a directory that is left and entered again", directory("x"), file("y"), file("x/z")),
        listing("a file twice", file("x"), file("x")),
        listing("a directory twice", directory("x"), file("x/y"), directory("x")),
        listing("a root that is a link", link("", "/etc")),
        listing("a root that is a file", file("")));
  }

  private static Arguments listing(String name, TreeEntry... entries) {
    return Arguments.of(name, List.of(entries));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("listings")
  @Tag("P4")
  @DisplayName("P4: are refused, and touch nothing outside of what is staged")
  void refused(String name, List<TreeEntry> entries) throws Exception {
    var before = live.surroundings();
    for (boolean detached : new boolean[] {true, false}) {
      var source = new Listing(entries, detached);
      var failure =
          catchThrowableOfType(
              HoldfastException.class, () -> live.handler().stage(source, live.restoring()));
      assertThat(failure).as(name).isNotNull();
      assertThat(failure.code()).isEqualTo(ErrorCode.ARTIFACT_INVALID);
      before.assertSame(live.surroundings());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("listings")
  void areRefusedByTheCheckToo(String name, List<TreeEntry> entries) throws Exception {
    boolean aboutLinksOnly = name.contains("hard link");
    if (!aboutLinksOnly) {
      var failure =
          catchThrowableOfType(
              HoldfastException.class,
              () -> live.handler().check(new Listing(entries, true), live.restoring()));
      assertThat(failure).as(name).isNotNull();
      assertThat(failure.code()).isEqualTo(ErrorCode.ARTIFACT_INVALID);
    }
  }

  /** A tree whose files are all empty. */
  private record Listing(List<TreeEntry> entries, boolean detached) implements ArtifactSource {
    @Override
    public List<Artifact> artifacts() {
      return List.of(new Artifact("files", ArtifactType.TREE, 0, 0, "0".repeat(64), List.of()));
    }

    @Override
    public Content file(String name) {
      throw new AssertionError("there is no file " + name);
    }

    @Override
    public Optional<FilePath> plainFile(String name) {
      return Optional.empty();
    }

    @Override
    public void tree(String name, TreeVisitor visitor) throws IOException {
      for (TreeEntry entry : entries) {
        if (entry instanceof TreeEntry.RegularFile file) {
          visitor.file(file, new Nothing(detached));
        } else {
          visitor.entry(entry);
        }
      }
    }
  }

  private record Nothing(boolean isDetached) implements Content {
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
        public int read(java.nio.ByteBuffer target) {
          return -1;
        }

        @Override
        public void skipHole(long bytes) {}

        @Override
        public void close() {}
      };
    }
  }
}
