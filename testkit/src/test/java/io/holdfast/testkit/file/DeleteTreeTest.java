package io.holdfast.testkit.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.file.ForwardingFileLayer;
import io.holdfast.engine.file.posix.PosixFileLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeleteTreeTest {
  @TempDir Path dir;

  @Test
  @DisplayName(
      "whoever owns a tree cannot have another removed by a link in place of a directory, at any moment")
  void isNotTurnedAside() throws IOException {
    for (int strike = 1; strike <= 12; strike++) {
      Path room = Files.createDirectory(dir.resolve("round-" + strike));
      Path victim = Files.createDirectories(room.resolve("victim"));
      Path tree = Files.createDirectories(room.resolve("tree/d"));
      for (String name : new String[] {"a", "b", "c"}) {
        Files.writeString(victim.resolve(name), "precious");
        Files.writeString(tree.resolve(name), "old");
      }
      var swapping = new Swapping(tree, victim, strike);
      // It may end, or say that the tree was replaced.
      assertThatCode(() -> FileTrees.deleteTree(swapping, FilePath.of(room.resolve("tree"))))
          .satisfiesAnyOf(
              e -> assertThat(e).isNull(), e -> assertThat(e).isInstanceOf(IOException.class));
      assertThat(victim.toFile().list()).as("struck at %d", strike).hasSize(3);
    }
  }

  /** Puts a link in place of a directory just before one of the operations. */
  private static final class Swapping extends ForwardingFileLayer {
    private final Path directory;
    private final Path victim;
    private int left;

    Swapping(Path directory, Path victim, int strike) {
      super(PosixFileLayer.create());
      this.directory = directory;
      this.victim = victim;
      this.left = strike;
    }

    @Override
    protected void before(String operation, FilePath path) throws IOException {
      if (--left == 0 && Files.exists(directory)) {
        Files.move(directory, directory.resolveSibling("moved"));
        Files.createSymbolicLink(directory, victim);
      }
    }
  }
}
