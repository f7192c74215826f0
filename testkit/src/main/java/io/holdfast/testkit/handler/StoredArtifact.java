package io.holdfast.testkit.handler;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.CheckResult;
import io.holdfast.engine.artifact.TreeEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An artifact that a {@link DirectorySink} holds. */
sealed interface StoredArtifact {
  Artifact artifact();

  StoredArtifact with(CheckResult check);

  /** One stream of bytes. */
  record StoredFile(Artifact artifact, Blob blob) implements StoredArtifact {
    @Override
    public StoredFile with(CheckResult check) {
      return new StoredFile(artifact.with(check), blob);
    }
  }

  /** A tree, in the order in which it was added. */
  record StoredTree(Artifact artifact, List<Entry> entries) implements StoredArtifact {
    @Override
    public StoredTree with(CheckResult check) {
      return new StoredTree(artifact.with(check), entries);
    }
  }

  /**
   * One entry of a tree.
   *
   * @param entry what it is
   * @param blob its bytes if it is a regular file
   */
  record Entry(TreeEntry entry, @Nullable Blob blob) {}
}
