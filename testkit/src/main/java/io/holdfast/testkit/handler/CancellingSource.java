package io.holdfast.testkit.handler;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactSource;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.file.FilePath;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Calls back when the first byte of anything is about to be read. */
record CancellingSource(ArtifactSource source, Runnable cancel) implements ArtifactSource {
  @Override
  public List<Artifact> artifacts() {
    return source.artifacts();
  }

  @Override
  public Content file(String name) throws IOException {
    return cancelling(source.file(name));
  }

  @Override
  public Optional<FilePath> plainFile(String name) throws IOException {
    cancel.run();
    return source.plainFile(name);
  }

  @Override
  public void tree(String name, TreeVisitor visitor) throws IOException {
    source.tree(
        name,
        new TreeVisitor() {
          @Override
          public void entry(TreeEntry entry) throws IOException {
            visitor.entry(entry);
          }

          @Override
          public void file(TreeEntry.RegularFile entry, Content content) throws IOException {
            visitor.file(entry, cancelling(content));
          }
        });
  }

  private Content cancelling(Content content) {
    return new Content() {
      @Override
      public Reader open() throws IOException {
        cancel.run();
        return content.open();
      }

      @Override
      public boolean isDetached() {
        return content.isDetached();
      }
    };
  }
}
