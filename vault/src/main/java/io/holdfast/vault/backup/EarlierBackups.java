package io.holdfast.vault.backup;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactType;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.repository.transfer.Meter;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.format.tree.NodeName;
import io.holdfast.vault.pack.BlobReader;
import io.holdfast.vault.pack.StoredBlobs;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The backups before the one that is being made, newest first, to find in them what has not changed
 * since. Those that cannot be read are passed over. Thread-safe.
 */
final class EarlierBackups implements AutoCloseable {
  /** How many are looked into for a component, which the newest may lack. */
  private static final int MOST = 4;

  private final VaultErrors errors;
  private final StoredBlobs known;
  private final List<KnownBackup> newestFirst;
  private final BlobReader blobs;
  private final Map<KnownBackup, Optional<Manifest>> manifests = new HashMap<>();

  /**
   * @param blobs closed with this
   */
  EarlierBackups(
      VaultErrors errors, StoredBlobs known, List<KnownBackup> newestFirst, BlobReader blobs) {
    this.errors = errors;
    this.known = known;
    this.newestFirst = newestFirst.stream().limit(MOST).toList();
    this.blobs = blobs;
  }

  /** A tree as the newest backup that has it has it. */
  Optional<EarlierTree> tree(ComponentName component, String artifact) throws IOException {
    for (KnownBackup backup : newestFirst) {
      try {
        Optional<EarlierTree> tree = tree(backup, component, artifact);
        if (tree.isPresent()) {
          return tree;
        }
      } catch (InterruptedIOException interrupted) {
        throw interrupted;
      } catch (IOException | HoldfastException damaged) {
        // The next one may serve; `check` tells of this one.
      }
    }
    return Optional.empty();
  }

  private Optional<EarlierTree> tree(KnownBackup backup, ComponentName component, String artifact)
      throws IOException {
    Optional<ComponentRecord> record =
        manifest(backup)
            .flatMap(manifest ->
                manifest.components().stream()
                    .filter(c -> c.name().equals(component) && c.isRestorable())
                    .findFirst());
    Optional<Artifact> tree =
        record.flatMap(r ->
            r.artifacts().stream()
                .filter(a -> a.name().equals(artifact) && a.type() == ArtifactType.TREE)
                .findFirst());
    if (tree.isEmpty()) {
      return Optional.empty();
    }
    StoredTree root = StoredTree.read(blobs, "", backup.snapshot().tree());
    StoredTree directory = root.directory(NodeName.of(component.value()));
    var source =
        new VaultSource(
            errors,
            blobs,
            root,
            component,
            record.get().artifacts(),
            new Meter(new Cancellation(), bytes -> {}));
    return Optional.of(
        new EarlierTree(
            known,
            source.listing(directory, tree.get()),
            directory.directory(NodeName.of(artifact)),
            backup.snapshot().time().seconds()));
  }

  private synchronized Optional<Manifest> manifest(KnownBackup backup) throws IOException {
    Optional<Manifest> read = manifests.get(backup);
    if (read == null) {
      manifests.put(backup, Optional.empty());
      read = Optional.of(SnapshotContent.manifest(blobs, backup).manifest());
      manifests.put(backup, read);
    }
    return read;
  }

  @Override
  public void close() {
    blobs.close();
  }
}
