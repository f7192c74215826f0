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
import io.holdfast.engine.repository.transfer.Workers;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.Vault;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.pack.BlobReader;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A backup in a vault, open for reading. */
final class VaultBackupReader implements BackupReader {
  private final VaultErrors errors;
  private final BlobReader blobs;
  private final StoredManifest stored;
  private final Vault vault;
  private final BlobIndex index;
  private final ContentId tree;
  private final Runnable onClose;
  private @Nullable Reading reading;

  /** What artifacts are read with, when they are. */
  private record Reading(Workers workers, BlobReader blobs, StoredTree root) {
    void close() {
      workers.close();
      blobs.close();
    }
  }

  VaultBackupReader(
      VaultErrors errors,
      Vault vault,
      BlobReader blobs,
      BlobIndex index,
      StoredManifest stored,
      ContentId tree,
      Runnable onClose) {
    this.errors = errors;
    this.vault = vault;
    this.blobs = blobs;
    this.stored = stored;
    this.index = index;
    this.tree = tree;
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
    return errors.translate(() -> {
      try (var trees = BlobReader.ofTrees(vault, index)) {
        return new StoredSize(trees, index).of(tree);
      }
    });
  }

  @Override
  public ArtifactSource artifacts(
      ComponentName component, Cancellation cancellation, LongConsumer progress)
      throws IOException {
    return source(component, new Meter(cancellation, progress));
  }

  private VaultSource source(ComponentName component, Meter meter) throws IOException {
    Reading with = errors.translate(this::reading);
    return new VaultSource(
        errors,
        with.blobs(),
        with.root(),
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

  private void verify(VaultSource source, Artifact artifact, Problems problems, String subject)
      throws IOException {
    switch (artifact.type()) {
      case FILE -> ContentDrain.drain(source.file(artifact.name()));
      case TREE -> {
        try (var drain = new ContentDrain(reading().workers(), problems)) {
          source.tree(
              artifact.name(),
              new ArtifactSource.TreeVisitor() {
                @Override
                public void entry(TreeEntry entry) {
                  // The listing was checked; there is nothing else to read.
                }

                @Override
                public void file(TreeEntry.RegularFile entry, Content content) throws IOException {
                  drain.add(subject + "/" + entry.path(), content);
                }
              });
          drain.finish();
        }
      }
    }
  }

  private synchronized Reading reading() throws IOException {
    Reading begun = reading;
    if (begun == null) {
      var workers = Workers.start("read");
      var many = BlobReader.ofMany(vault, index, workers);
      try {
        begun = new Reading(workers, many, StoredTree.read(many, "", tree));
      } catch (IOException | RuntimeException failure) {
        workers.close();
        many.close();
        throw failure;
      }
      reading = begun;
    }
    return begun;
  }

  @Override
  public synchronized void close() {
    if (reading != null) {
      reading.close();
    }
    blobs.close();
    onClose.run();
  }
}
