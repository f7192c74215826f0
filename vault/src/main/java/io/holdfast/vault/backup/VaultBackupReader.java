package io.holdfast.vault.backup;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactSource;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.manifest.StoredManifest;
import io.holdfast.engine.repository.BackupReader;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.repository.content.BackupLayout;
import io.holdfast.engine.repository.content.Components;
import io.holdfast.engine.repository.content.Problems;
import io.holdfast.engine.repository.transfer.Meter;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.pack.BlobReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.function.LongConsumer;

/** A backup in a vault, open for reading. */
final class VaultBackupReader implements BackupReader {
  private static final int BUFFER = 256 << 10;

  private final VaultErrors errors;
  private final BlobReader blobs;
  private final StoredManifest stored;
  private final BlobIndex index;
  private final ContentId tree;
  private final StoredTree root;
  private final Runnable onClose;

  VaultBackupReader(
      VaultErrors errors,
      BlobReader blobs,
      BlobIndex index,
      StoredManifest stored,
      ContentId tree,
      StoredTree root,
      Runnable onClose) {
    this.errors = errors;
    this.blobs = blobs;
    this.stored = stored;
    this.index = index;
    this.tree = tree;
    this.root = root;
    this.onClose = onClose;
  }

  @Override
  public Manifest manifest() {
    return stored.manifest();
  }

  @Override
  public StoredManifest stored() {
    return stored;
  }

  /** What its trees and chunks take in packs, each once; others may share them. */
  @Override
  public long storedBytes() throws IOException {
    return errors.translate(() -> new StoredSize(blobs, index).of(tree));
  }

  @Override
  public ArtifactSource artifacts(
      ComponentName component, Cancellation cancellation, LongConsumer progress) {
    return source(component, new Meter(cancellation, progress));
  }

  private VaultSource source(ComponentName component, Meter meter) {
    return new VaultSource(
        errors,
        blobs,
        root,
        component,
        Components.require(manifest(), component).artifacts(),
        meter);
  }

  @Override
  public List<RepositoryProblem> verify(
      Collection<ComponentName> components, Cancellation cancellation, LongConsumer progress)
      throws IOException {
    var problems = new Problems(manifest().runId());
    for (ComponentName component : components) {
      VaultSource source = source(component, new Meter(cancellation, progress));
      for (Artifact artifact : source.artifacts()) {
        String subject = BackupLayout.artifact(component, artifact.name());
        try {
          verify(source, artifact, problems, subject);
        } catch (HoldfastException damage) {
          problems.add(damage, subject);
        }
      }
    }
    return problems.all();
  }

  private static void verify(
      VaultSource source, Artifact artifact, Problems problems, String subject) throws IOException {
    switch (artifact.type()) {
      case FILE -> drain(source.file(artifact.name()));
      case TREE ->
          source.tree(
              artifact.name(),
              new ArtifactSource.TreeVisitor() {
                @Override
                public void entry(TreeEntry entry) {
                  // The listing was checked; there is nothing else to read.
                }

                @Override
                public void file(TreeEntry.RegularFile entry, Content content) throws IOException {
                  try {
                    drain(content);
                  } catch (HoldfastException damage) {
                    problems.add(damage, subject + "/" + entry.path());
                  }
                }
              });
    }
  }

  private static void drain(Content content) throws IOException {
    var buffer = ByteBuffer.allocate(BUFFER);
    try (Content.Reader reader = content.open()) {
      while (reader.read(buffer) >= 0) {
        buffer.clear();
      }
    }
  }

  @Override
  public void close() {
    onClose.run();
  }
}
