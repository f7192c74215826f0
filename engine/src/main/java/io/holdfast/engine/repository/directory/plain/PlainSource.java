package io.holdfast.engine.repository.directory.plain;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactSource;
import io.holdfast.engine.artifact.ArtifactType;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.Content.Extent;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.repository.content.BackupLayout;
import io.holdfast.engine.repository.content.Damage;
import io.holdfast.engine.repository.content.StoredArtifacts;
import io.holdfast.engine.repository.layout.RealDirectories;
import io.holdfast.engine.repository.layout.StorageErrors;
import io.holdfast.engine.repository.listing.ListedEntry;
import io.holdfast.engine.repository.listing.ListingReader;
import io.holdfast.engine.repository.transfer.FileInput;
import io.holdfast.engine.repository.transfer.Meter;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The artifacts of one component in a plain backup. Thread-safe. */
final class PlainSource implements ArtifactSource {
  private final FileLayer files;
  private final StorageErrors errors;
  private final FilePath backup;
  private final ComponentName component;
  private final List<Artifact> artifacts;
  private final Meter meter;

  PlainSource(
      FileLayer files,
      StorageErrors errors,
      FilePath backup,
      ComponentName component,
      List<Artifact> artifacts,
      Meter meter) {
    this.files = files;
    this.errors = errors;
    this.backup = backup;
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
    requireDirectories();
    long size = artifact.sizeBytes();
    return new PlainContent(
        files,
        errors,
        path(name),
        BackupLayout.artifact(component, name),
        size,
        artifact.sha256(),
        size == 0 ? List.of() : List.of(new Extent(0, size)),
        meter);
  }

  @Override
  public Optional<FilePath> plainFile(String name) throws IOException {
    StoredArtifacts.require(artifacts, component, name, ArtifactType.FILE);
    requireDirectories();
    var stat = files.find(path(name));
    if (stat.isEmpty() || !stat.get().isRegular()) {
      throw Damage.artifact(
          BackupLayout.artifact(component, name), "is missing, or no regular file", null);
    }
    return Optional.of(path(name));
  }

  @Override
  public void entries(String name, EntryVisitor visitor) throws IOException {
    Artifact artifact = StoredArtifacts.require(artifacts, component, name, ArtifactType.TREE);
    requireDirectories();
    eachListed(artifact, listed -> visitor.entry(listed.entry()));
  }

  @Override
  public void tree(String name, TreeVisitor visitor) throws IOException {
    Artifact artifact = StoredArtifacts.require(artifacts, component, name, ArtifactType.TREE);
    requireDirectories();
    String subject = BackupLayout.artifact(component, name);
    FilePath root = path(name);
    RealDirectories.require(files, root, subject);
    eachListed(artifact, listed -> visit(listed, root, subject, visitor));
  }

  /** The whole listing is known to be the right one before the first entry is acted upon. */
  private void eachListed(Artifact artifact, ListedVisitor visitor) throws IOException {
    try (ListingReader all = listing(artifact)) {
      all.drain();
    }
    try (ListingReader listing = listing(artifact)) {
      String name = artifact.name();
      for (var listed = next(listing, name); listed != null; listed = next(listing, name)) {
        meter.check();
        visitor.visit(listed);
      }
    }
  }

  private interface ListedVisitor {
    void visit(ListedEntry listed) throws IOException;
  }

  private void visit(ListedEntry listed, FilePath root, String subject, TreeVisitor visitor)
      throws IOException {
    TreeEntry entry = listed.entry();
    FilePath path = entry.path().under(root);
    String what = subject + "/" + entry.path();
    switch (entry) {
      case TreeEntry.RegularFile file ->
          visitor.file(
              file,
              new PlainContent(
                  files,
                  errors,
                  path,
                  what,
                  file.size(),
                  listed.sha256(),
                  listed.extents(),
                  meter));
      case TreeEntry.Directory _ -> {
        // All that follows below it is reached through it.
        RealDirectories.require(files, path, what);
        visitor.entry(entry);
      }
      case TreeEntry.Symlink _, TreeEntry.HardLink _, TreeEntry.Special _ -> visitor.entry(entry);
    }
  }

  private ListingReader listing(Artifact artifact) throws IOException {
    String subject = BackupLayout.listing(component, artifact.name());
    try {
      var file = files.open(backup.resolve(subject));
      return new ListingReader(new FileInput(file), subject, artifact.sha256());
    } catch (FileLayerException failure) {
      throw errors.damage(failure, subject);
    }
  }

  private @org.jspecify.annotations.Nullable ListedEntry next(ListingReader listing, String name)
      throws IOException {
    try {
      return listing.next();
    } catch (FileLayerException failure) {
      throw errors.damage(failure, BackupLayout.listing(component, name));
    }
  }

  private void requireDirectories() throws IOException {
    RealDirectories.require(files, backup, "the backup");
    RealDirectories.require(files, backup.resolve(component.value()), component.value());
  }

  private FilePath path(String name) {
    return backup.resolve(BackupLayout.artifact(component, name));
  }
}
