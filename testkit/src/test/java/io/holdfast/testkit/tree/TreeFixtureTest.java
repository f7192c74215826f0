package io.holdfast.testkit.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTime;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.file.posix.PosixFileLayer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeFixtureTest {
  private final FileLayer files = PosixFileLayer.create();

  @TempDir Path temporary;

  @Test
  void fixtureHoldsTheHardCases() throws Exception {
    FilePath root = FilePath.of(temporary.resolve("tree"));
    TreeFixture.make(files, root);
    Map<TreePath, String> entries = TreeSnapshot.of(files, root).entries();
    assertThat(entries.get(TreePath.of("modes/4755"))).contains(" 4755 ");
    assertThat(entries.get(TreePath.of("sparse/all-hole"))).contains(" sparse ");
    assertThat(entries.get(TreePath.of("times/before-1970"))).contains("-31536000.999999999");
    assertThat(entries.get(TreePath.of("links/second"))).contains("same file as links/");
    assertThat(entries).containsKey(TreePath.of("names").resolve(TreeFixture.NOT_TEXT));
    FileTrees.deleteTree(files, root);
  }

  @Test
  void snapshotsOfTheSameTreeAreEqual() throws Exception {
    FilePath first = FilePath.of(temporary.resolve("first"));
    FilePath second = FilePath.of(temporary.resolve("second"));
    for (FilePath root : new FilePath[] {first, second}) {
      files.createDirectory(root, 0755);
      TreeFixture.write(files, root.resolve("a"), "content");
      files.setModified(root.resolve("a"), new FileTime(1, 2));
      files.setModified(root, new FileTime(3, 4));
    }
    var snapshot = TreeSnapshot.of(files, first);
    snapshot.assertSame(TreeSnapshot.of(files, second));
    assertThat(snapshot).isEqualTo(TreeSnapshot.of(files, second));

    files.setModified(second.resolve("a"), new FileTime(1, 3));
    TreeFixture.write(files, second.resolve("b"), "more");
    files.setModified(second, new FileTime(3, 4));
    assertThatThrownBy(() -> snapshot.assertSame(TreeSnapshot.of(files, second)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("2 differences")
        .hasMessageContaining("differs    a")
        .hasMessageContaining("unexpected b");
  }
}
