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
import java.util.Map;

/** The contract, with a tree of all hard cases. */
class DirectoryHandlerContractTest extends HandlerContract {
  @Override
  protected Subject subject(Path directory) {
    return new TreeSubject(PosixFileLayer.create(), FilePath.of(directory));
  }

  /** A tree in a directory beside which nothing else lies. */
  record TreeSubject(FileLayer files, FilePath surroundings) implements Subject {
    private FilePath live() {
      return surroundings.resolve("data");
    }

    @Override
    public ComponentKind kind() {
      return new DirectoryKind();
    }

    @Override
    public Map<String, String> settings() {
      return Map.of("path", live().toString());
    }

    @Override
    public void create() throws IOException {
      TreeFixture.make(files, live());
    }

    @Override
    public void change() throws IOException {
      FilePath hello = live().resolve("hello.txt");
      if (files.find(hello).isPresent()) {
        files.delete(hello);
        files.createSymlink(hello, new byte[] {'x'});
      }
      FilePath added = live().resolve("added");
      if (files.find(added).isEmpty()) {
        files.createDirectory(added, 0700);
        TreeFixture.write(files, added.resolve("new"), "new");
      }
      FileTrees.deleteTree(files, live().resolve("many"));
      files.setMode(live().resolve("empty"), 0600);
    }

    @Override
    public void remove() throws IOException {
      FileTrees.deleteTree(files, live());
    }

    @Override
    public Object state() throws IOException {
      return TreeSnapshot.of(files, live());
    }

    @Override
    public Object stateIn(FilePath destination) throws IOException {
      return TreeSnapshot.of(files, destination);
    }

    @Override
    public boolean capturesOneInstant() {
      return false;
    }
  }
}
