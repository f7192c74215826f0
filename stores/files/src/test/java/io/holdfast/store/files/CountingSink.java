package io.holdfast.store.files;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactSink;
import io.holdfast.engine.artifact.ArtifactType;
import io.holdfast.engine.artifact.CheckResult;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.artifact.TreeSink;
import io.holdfast.engine.file.FilePath;
import java.util.List;

/** Counts, reads nothing, keeps nothing. */
final class CountingSink implements TreeSink {
  int files;
  int others;

  ArtifactSink asArtifactSink() {
    CountingSink tree = this;
    return new ArtifactSink() {
      @Override
      public Artifact file(String name, Content content) {
        throw new AssertionError(name);
      }

      @Override
      public FilePath place(String name) {
        throw new AssertionError(name);
      }

      @Override
      public Artifact adopt(String name) {
        throw new AssertionError(name);
      }

      @Override
      public TreeSink tree(String name) {
        return tree;
      }

      @Override
      public void checked(String name, CheckResult result) {}
    };
  }

  @Override
  public void add(TreeEntry entry) {
    others++;
  }

  @Override
  public void file(TreeEntry.RegularFile entry, Content content) {
    files++;
  }

  @Override
  public Artifact finish() {
    return new Artifact("files", ArtifactType.TREE, 0, files, "0".repeat(64), List.of());
  }

  @Override
  public void close() {}
}
