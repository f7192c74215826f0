package io.holdfast.vault.backup;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactSource;
import io.holdfast.engine.artifact.ArtifactType;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.Content.Extent;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.repository.content.BackupLayout;
import io.holdfast.engine.repository.content.StoredArtifacts;
import io.holdfast.engine.repository.listing.ListedEntry;
import io.holdfast.engine.repository.listing.ListingReader;
import io.holdfast.engine.repository.transfer.Meter;
import io.holdfast.vault.format.tree.Node;
import io.holdfast.vault.format.tree.NodeName;
import io.holdfast.vault.format.tree.NodeType;
import io.holdfast.vault.pack.BlobReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * The artifacts of one component in a snapshot. A tree is read by its listing, which the manifest
 * vouches for; the snapshot's nodes only tell which chunks a file has.
 */
final class VaultSource implements ArtifactSource {
  private final VaultErrors errors;
  private final BlobReader blobs;
  private final StoredTree root;
  private final ComponentName component;
  private final List<Artifact> artifacts;
  private final Meter meter;

  VaultSource(
      VaultErrors errors,
      BlobReader blobs,
      StoredTree root,
      ComponentName component,
      List<Artifact> artifacts,
      Meter meter) {
    this.errors = errors;
    this.blobs = blobs;
    this.root = root;
    this.component = component;
    this.artifacts = artifacts;
    this.meter = meter;
  }

  @Override
  public List<Artifact> artifacts() {
    return artifacts;
  }

  @Override
  public Content file(String name) throws IOException {
    Artifact artifact = StoredArtifacts.require(artifacts, component, name, ArtifactType.FILE);
    return metered(
        errors.translate(() -> {
          StoredTree directory = root.directory(NodeName.of(component.value()));
          Node node = directory.require(NodeName.of(name), NodeType.FILE);
          return content(
              BackupLayout.artifact(component, name),
              node,
              artifact.sizeBytes(),
              artifact.sha256(),
              dense(artifact.sizeBytes()));
        }));
  }

  @Override
  public Optional<FilePath> plainFile(String name) {
    return Optional.empty();
  }

  @Override
  public void tree(String name, TreeVisitor visitor) throws IOException {
    Artifact artifact = StoredArtifacts.require(artifacts, component, name, ArtifactType.TREE);
    StoredTree directory = errors.translate(() -> root.directory(NodeName.of(component.value())));
    var walk = new TreeWalk(errors.translate(() -> directory.directory(NodeName.of(name))));
    try (ListingReader listing = listing(directory, artifact)) {
      for (ListedEntry listed = listing.next(); listed != null; listed = listing.next()) {
        meter.check();
        if (listed.entry() instanceof TreeEntry.RegularFile file) {
          Node node = errors.translate(() -> walk.node(file.path()));
          visitor.file(
              file,
              metered(
                  content(
                      BackupLayout.artifact(component, name) + "/" + file.path(),
                      node,
                      file.size(),
                      listed.sha256(),
                      file.sparse() ? listed.data() : dense(file.size()))));
        } else {
          visitor.entry(listed.entry());
        }
      }
    }
  }

  @Override
  public void entries(String name, EntryVisitor visitor) throws IOException {
    Artifact artifact = StoredArtifacts.require(artifacts, component, name, ArtifactType.TREE);
    StoredTree directory = errors.translate(() -> root.directory(NodeName.of(component.value())));
    try (ListingReader listing = listing(directory, artifact)) {
      for (ListedEntry listed = listing.next(); listed != null; listed = listing.next()) {
        meter.check();
        visitor.entry(listed.entry());
      }
    }
  }

  /** The listing of a tree, which has to hash to what the manifest says. */
  ListingReader listing(StoredTree directory, Artifact tree) throws IOException {
    String subject = BackupLayout.listing(component, tree.name());
    Node node =
        directory.require(NodeName.of(BackupLayout.listingName(tree.name())), NodeType.FILE);
    return new ListingReader(stream(subject, node), subject, tree.sha256());
  }

  private InputStream stream(String subject, Node node) {
    return new ChunkInput(errors, blobs, node.content().orElseThrow(() -> lacks(subject)));
  }

  private ChunkedContent content(
      String subject, Node node, long size, String sha256, List<Extent> data) {
    return new ChunkedContent(
        errors,
        blobs,
        subject,
        size,
        Optional.of(sha256),
        node.content().orElseThrow(() -> lacks(subject)),
        data);
  }

  private static RuntimeException lacks(String subject) {
    return io.holdfast.engine.repository.content.Damage.artifact(
        subject, "has no content in the snapshot", null);
  }

  private static List<Extent> dense(long size) {
    return size == 0 ? List.of() : List.of(new Extent(0, size));
  }

  private Content metered(Content content) {
    return new MeteredContent(content, meter);
  }
}
