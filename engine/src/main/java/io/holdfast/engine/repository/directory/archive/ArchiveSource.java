package io.holdfast.engine.repository.directory.archive;

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
import io.holdfast.engine.repository.transfer.Meter;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The artifacts of one component in an archive. */
final class ArchiveSource implements ArtifactSource {
  private final FrameFile frames;
  private final long created;
  private final ComponentName component;
  private final List<Artifact> artifacts;
  private final Meter meter;

  ArchiveSource(
      FrameFile frames,
      long created,
      ComponentName component,
      List<Artifact> artifacts,
      Meter meter) {
    this.frames = frames;
    this.created = created;
    this.component = component;
    this.artifacts = artifacts;
    this.meter = meter;
  }

  @Override
  public List<Artifact> artifacts() {
    return artifacts;
  }

  @Override
  public Content file(String name) {
    Artifact artifact = StoredArtifacts.require(artifacts, component, name, ArtifactType.FILE);
    String path = BackupLayout.artifact(component, name);
    int stream = frames.require(path);
    return new Content() {
      @Override
      public Reader open() throws IOException {
        return openFile(artifact, path, stream);
      }

      @Override
      public boolean isDetached() {
        return false;
      }
    };
  }

  private Content.Reader openFile(Artifact artifact, String path, int stream) throws IOException {
    long size = artifact.sizeBytes();
    FrameStream in = frames.stream(stream, path);
    try {
      in.expect(TarHeader.file(path, size, created));
      return new StoredContent(
          size,
          size == 0 ? List.of() : List.of(new Extent(0, size)),
          artifact.sha256(),
          path,
          meter,
          in::read,
          in::close);
    } catch (IOException | RuntimeException failure) {
      in.close();
      throw failure;
    }
  }

  /** There is no file of its own. */
  @Override
  public Optional<FilePath> plainFile(String name) {
    StoredArtifacts.require(artifacts, component, name, ArtifactType.FILE);
    return Optional.empty();
  }

  @Override
  public void entries(String name, EntryVisitor visitor) throws IOException {
    ArchiveTree tree = tree(name);
    tree.checkListing();
    tree.entries(visitor);
  }

  private ArchiveTree tree(String name) {
    return new ArchiveTree(
        frames,
        component,
        StoredArtifacts.require(artifacts, component, name, ArtifactType.TREE),
        created,
        meter);
  }

  @Override
  public void tree(String name, TreeVisitor visitor) throws IOException {
    ArchiveTree tree = tree(name);
    // The whole listing is known to be the right one before the first entry is acted upon.
    tree.checkListing();
    var memory = new DetachedMemory();
    tree.visit(
        new ArchiveTree.Visitor() {
          @Override
          public void entry(TreeEntry entry) throws IOException {
            visitor.entry(entry);
          }

          @Override
          public void file(TreeEntry.RegularFile file, ListedEntry listed, FrameStream data)
              throws IOException {
            String subject = tree.path() + "/" + file.path();
            Optional<Content> detached = memory.take(file, listed, data, subject, meter);
            visitor.file(
                file,
                detached.isPresent()
                    ? detached.get()
                    : new PassingContent(file, listed, data, subject, meter));
          }
        });
  }
}
