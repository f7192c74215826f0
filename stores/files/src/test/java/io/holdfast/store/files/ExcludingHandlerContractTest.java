package io.holdfast.store.files;

import io.holdfast.engine.component.ComponentKind;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.testkit.handler.HandlerContract;
import io.holdfast.testkit.handler.Subject;
import io.holdfast.testkit.tree.TreeFixture;
import io.holdfast.testkit.tree.TreeSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** The contract, with patterns by which some of the live tree is no part of the component. */
class ExcludingHandlerContractTest {
  /** Directories are swapped whole, and what is excluded moves along. */
  @Nested
  class WithExclude extends HandlerContract {
    @Override
    protected Subject subject(Path directory) {
      return new PatternSubject(FilePath.of(directory), Map.of("exclude", "kept*\n/b/own/"));
    }
  }

  /** Directories that only lead to what is included stay where they are. */
  @Nested
  class WithInclude extends HandlerContract {
    @Override
    protected Subject subject(Path directory) {
      return new PatternSubject(FilePath.of(directory), Map.of("include", "*.yaml\n/b/data/"));
    }
  }

  private record PatternSubject(
      FileLayer files, FilePath surroundings, Map<String, String> patterns) implements Subject {
    PatternSubject(FilePath surroundings, Map<String, String> patterns) {
      this(PosixFileLayer.create(), surroundings, patterns);
    }

    private FilePath live() {
      return surroundings.resolve("data");
    }

    @Override
    public ComponentKind kind() {
      return new DirectoryKind();
    }

    @Override
    public Map<String, String> settings() {
      var settings = new HashMap<>(patterns);
      settings.put("path", live().toString());
      return settings;
    }

    @Override
    public void create() throws IOException {
      FileTrees.createDirectories(files, live().resolve("b/own/deep"), 0755);
      FileTrees.createDirectories(files, live().resolve("b/data/inner"), 0755);
      for (String name :
          new String[] {"a.yaml", "kept", "b/x.yaml", "b/kept-too", "b/own/db", "b/data/inner/f"}) {
        TreeFixture.write(files, live().resolve(name), name);
      }
    }

    @Override
    public void change() throws IOException {
      FilePath inner = live().resolve("b/data/inner");
      if (files.find(inner.resolve("f")).isPresent()) {
        files.delete(inner.resolve("f"));
        TreeFixture.write(files, inner.resolve("added"), "added");
        TreeFixture.write(files, live().resolve("b/added.yaml"), "added");
      } else {
        files.delete(live().resolve("b/x.yaml"));
        TreeFixture.write(files, live().resolve("b/x.yaml"), "changed");
      }
    }

    @Override
    public void remove() throws IOException {
      FileTrees.deleteTree(files, live());
    }

    @Override
    public Object state() throws IOException {
      return protectedOf(TreeSnapshot.of(files, live()));
    }

    @Override
    public Object stateIn(FilePath destination) throws IOException {
      return protectedOf(TreeSnapshot.of(files, destination));
    }

    /** Directories that were made anew, or only lead to something, have times of their own. */
    private TreeSnapshot protectedOf(TreeSnapshot all) {
      return all.only(path -> {
        String text = path.toString();
        boolean included =
            text.equals("a.yaml") || text.equals("b/x.yaml") || text.startsWith("b/data");
        return included || text.equals("b/added.yaml");
      });
    }

    @Override
    public boolean capturesOneInstant() {
      return false;
    }
  }
}
