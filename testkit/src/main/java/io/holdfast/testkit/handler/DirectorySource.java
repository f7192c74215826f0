package io.holdfast.testkit.handler;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactSource;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FilePath;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What a {@link DirectorySink} holds, read as from a repository: verified on the way. */
public final class DirectorySource implements ArtifactSource {
  private final Map<String, StoredArtifact> stored;
  private final List<String> order;
  private final boolean detached;

  DirectorySource(Map<String, StoredArtifact> stored, List<String> order, boolean detached) {
    this.stored = stored;
    this.order = order;
    this.detached = detached;
  }

  /** The same, passing by in a stream as from a packed repository: nothing is detached or plain. */
  public DirectorySource streaming() {
    return new DirectorySource(stored, order, false);
  }

  @Override
  public List<Artifact> artifacts() {
    return order.stream().map(name -> find(name).artifact()).toList();
  }

  @Override
  public Content file(String name) {
    return blob(name).content(false);
  }

  @Override
  public Optional<FilePath> plainFile(String name) {
    return detached ? Optional.of(FilePath.of(blob(name).file())) : Optional.empty();
  }

  private Blob blob(String name) {
    if (find(name) instanceof StoredArtifact.StoredFile file) {
      return file.blob();
    }
    throw missing(name);
  }

  @Override
  public void tree(String name, TreeVisitor visitor) throws IOException {
    if (!(find(name) instanceof StoredArtifact.StoredTree tree)) {
      throw missing(name);
    }
    for (StoredArtifact.Entry entry : tree.entries()) {
      if (entry.entry() instanceof TreeEntry.RegularFile file) {
        visitor.file(file, Objects.requireNonNull(entry.blob()).content(detached));
      } else {
        visitor.entry(entry.entry());
      }
    }
  }

  private StoredArtifact find(String name) {
    StoredArtifact artifact = stored.get(name);
    if (artifact == null) {
      throw missing(name);
    }
    return artifact;
  }

  private static HoldfastException missing(String name) {
    return new HoldfastException(ErrorCode.ARTIFACT_CORRUPT, "there is no artifact " + name, "");
  }
}
