package io.holdfast.engine.repository.directory.archive;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactSink;
import io.holdfast.engine.artifact.ArtifactType;
import io.holdfast.engine.artifact.CheckResult;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.TreeSink;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.repository.BackupWriter.ComponentWriter;
import io.holdfast.engine.repository.content.ArtifactRecords;
import io.holdfast.engine.repository.content.BackupLayout;
import io.holdfast.engine.repository.content.Places;
import io.holdfast.engine.repository.layout.RepositoryLayout;
import io.holdfast.engine.repository.transfer.Meter;
import io.holdfast.engine.repository.transfer.SourceContent;
import io.holdfast.engine.repository.transfer.StoredFileContent;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the artifacts of one component into an archive. Listings gather in a directory. */
final class ArchiveComponentWriter implements ComponentWriter, ArtifactSink {
  private final ArchiveTools tools;
  private final Meter meter;
  private final ComponentName component;
  private final FilePath spools;
  private final Places places;
  private final ArtifactRecords records = new ArtifactRecords();
  private @Nullable ArchiveTreeSink tree;
  private boolean closed;

  /**
   * Makes the directory for listings.
   *
   * @param backup the directory of the backup under way
   */
  ArchiveComponentWriter(ArchiveTools tools, Meter meter, FilePath backup, ComponentName component)
      throws IOException {
    this.tools = tools;
    this.meter = meter;
    this.component = component;
    this.spools = backup.resolve(component.value());
    this.places = new Places(tools.files(), backup, component);
    tools.files().createDirectory(spools, RepositoryLayout.DIRECTORY_MODE);
  }

  @Override
  public ArtifactSink sink() {
    return this;
  }

  @Override
  public List<Artifact> artifacts() {
    return records.artifacts();
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public Artifact file(String name, Content content) throws IOException {
    records.takeFile(name);
    return tools.errors().translate(() -> store(name, new SourceContent(content)));
  }

  @Override
  public FilePath place(String name) throws IOException {
    records.takeFile(name);
    return tools.errors().translate(() -> places.place(name));
  }

  @Override
  public Artifact adopt(String name) throws IOException {
    return tools
        .errors()
        .translate(() -> store(name, new StoredFileContent(tools.files(), places.place(name))));
  }

  @Override
  public TreeSink tree(String name) throws IOException {
    records.takeTree(name);
    return tools
        .errors()
        .translate(() -> {
          tree =
              new ArchiveTreeSink(
                  tools,
                  meter,
                  name,
                  BackupLayout.artifact(component, name),
                  BackupLayout.listing(component, name),
                  spools.resolve(BackupLayout.listingName(name)),
                  records::finished);
          return tree;
        });
  }

  @Override
  public void checked(String name, CheckResult result) {
    records.checked(name, result);
  }

  /** Whole frames of the component stay in the archive, in streams that the manifest knows not. */
  @Override
  public void discard() throws IOException {
    records.clear();
    endTree();
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      endTree();
      tools.errors().translate(places::close);
    }
  }

  private Artifact store(String name, Content content) throws IOException {
    var stored = tools.storeFile(BackupLayout.artifact(component, name), content, meter);
    var artifact =
        new Artifact(name, ArtifactType.FILE, stored.size(), 1, stored.sha256(), List.of());
    records.finished(artifact);
    return artifact;
  }

  private void endTree() throws IOException {
    if (tree != null) {
      tree.close();
    }
  }
}
