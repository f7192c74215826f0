package io.holdfast.store.files;

import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.component.ComponentKind;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.testkit.handler.HandlerContract;
import io.holdfast.testkit.handler.Subject;
import io.holdfast.testkit.tree.TreeFixture;
import io.holdfast.testkit.tree.TreeSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The contract, with three files in two directories, one of them reached through a link. */
class FileHandlerContractTest extends HandlerContract {
  @Override
  protected Subject subject(Path directory) {
    return new ConfigurationSubject(PosixFileLayer.create(), FilePath.of(directory));
  }

  record ConfigurationSubject(FileLayer files, FilePath surroundings) implements Subject {
    private List<FilePath> paths() {
      return List.of(
          surroundings.resolve("app/app.yaml"),
          surroundings.resolve("app.d/extra.yaml"),
          surroundings.resolve("app/linked.yaml"));
    }

    @Override
    public ComponentKind kind() {
      return new FileKind();
    }

    @Override
    public Map<String, String> settings() {
      return Map.of("paths", String.join("\n", paths().stream().map(FilePath::toString).toList()));
    }

    @Override
    public void create() throws IOException {
      for (String directory : List.of("app", "app.d")) {
        files.createDirectory(surroundings.resolve(directory), 0755);
      }
      for (FilePath path : paths().subList(0, 2)) {
        TreeFixture.write(files, path, "of " + path);
        files.setMode(path, 0640);
      }
      TreeFixture.write(files, surroundings.resolve("app/real.yaml"), "real");
      files.createSymlink(
          paths().get(2), "real.yaml".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Override
    public void change() throws IOException {
      FilePath first = paths().getFirst();
      files.delete(first);
      TreeFixture.write(files, first, "changed");
      FilePath real = surroundings.resolve("app/real.yaml");
      files.delete(real);
      TreeFixture.write(files, real, "really changed");
    }

    @Override
    public void remove() throws IOException {
      FileTrees.deleteTree(files, surroundings.resolve("app.d"));
      files.delete(surroundings.resolve("app/app.yaml"));
      files.delete(surroundings.resolve("app/real.yaml"));
    }

    @Override
    public Object state() throws IOException {
      return states(FilePath.of("/"));
    }

    @Override
    public Object stateIn(FilePath destination) throws IOException {
      return states(destination);
    }

    private List<String> states(FilePath top) throws IOException {
      var states = new ArrayList<String>();
      for (FilePath path : paths()) {
        FilePath place = FileHandler.treePath(path).under(top);
        FileStat stat = files.find(place).orElse(null);
        FilePath real =
            stat != null && stat.isSymlink() ? surroundings.resolve("app/real.yaml") : place;
        states.add(path + ": " + TreeSnapshot.of(files, real).entries().get(TreePath.ROOT));
      }
      return states;
    }
  }
}
