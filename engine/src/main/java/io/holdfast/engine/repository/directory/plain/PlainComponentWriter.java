package io.holdfast.engine.repository.directory.plain;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactSink;
import io.holdfast.engine.artifact.ArtifactType;
import io.holdfast.engine.artifact.CheckResult;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.Metadata;
import io.holdfast.engine.artifact.TreeSink;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.repository.BackupWriter.ComponentWriter;
import io.holdfast.engine.repository.content.ArtifactRecords;
import io.holdfast.engine.repository.content.BackupLayout;
import io.holdfast.engine.repository.content.Places;
import io.holdfast.engine.repository.directory.plain.FileCopy.Copied;
import io.holdfast.engine.repository.layout.RepositoryLayout;
import io.holdfast.engine.repository.layout.StorageErrors;
import io.holdfast.engine.repository.transfer.Meter;
import io.holdfast.engine.repository.transfer.SourceContent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the artifacts of one component into its directory of a plain backup. */
final class PlainComponentWriter implements ComponentWriter, ArtifactSink {
  private final PlainTools tools;
  private final FileLayer files;
  private final StorageErrors errors;
  private final Meter meter;
  private final Metadata fileMetadata;
  private final FilePath directory;
  private final Places places;
  private final ArtifactRecords records = new ArtifactRecords();
  private final List<String> adopted = new ArrayList<>();
  private @Nullable PlainTreeSink tree;
  private boolean discarded;
  private boolean closed;

  /**
   * Makes the component's directory.
   *
   * @param backup the directory of the backup under way
   * @param fileMetadata what artifacts that are files get
   */
  PlainComponentWriter(
      PlainTools tools, Meter meter, FilePath backup, ComponentName name, Metadata fileMetadata)
      throws IOException {
    this.tools = tools;
    this.files = tools.files();
    this.errors = tools.errors();
    this.meter = meter;
    this.fileMetadata = fileMetadata;
    this.directory = backup.resolve(name.value());
    this.places = new Places(files, backup, name);
    files.createDirectory(directory, RepositoryLayout.DIRECTORY_MODE);
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
    return errors.translate(() ->
        finished(
            name,
            tools
                .copy()
                .copy(new SourceContent(content), directory.resolve(name), fileMetadata, meter)));
  }

  @Override
  public FilePath place(String name) throws IOException {
    records.takeFile(name);
    return errors.translate(() -> places.place(name));
  }

  @Override
  public Artifact adopt(String name) throws IOException {
    return errors.translate(() -> {
      FilePath place = places.place(name);
      try (var file = files.open(place)) {
        files.setMode(place, fileMetadata.mode());
        Copied read = tools.copy().read(file, name, meter);
        adopted.add(name);
        return finished(name, read);
      }
    });
  }

  @Override
  public TreeSink tree(String name) throws IOException {
    records.takeTree(name);
    return errors.translate(() -> {
      tree =
          new PlainTreeSink(
              tools,
              meter,
              name,
              directory.resolve(name),
              directory.resolve(BackupLayout.listingName(name)),
              records::finished);
      return tree;
    });
  }

  @Override
  public void checked(String name, CheckResult result) {
    records.checked(name, result);
  }

  @Override
  public void discard() throws IOException {
    discarded = true;
    records.clear();
    errors.translate(() -> {
      endTree();
      FileTrees.deleteTree(files, directory);
    });
  }

  /**
   * What was adopted goes to its final name only now: it stays readable at its place until then.
   */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    errors.translate(() -> {
      endTree();
      if (!discarded) {
        for (String name : adopted) {
          files.renameNew(places.place(name), directory.resolve(name));
        }
      }
      places.close();
    });
  }

  private Artifact finished(String name, Copied copied) {
    var artifact =
        new Artifact(name, ArtifactType.FILE, copied.size(), 1, copied.sha256(), List.of());
    records.finished(artifact);
    return artifact;
  }

  private void endTree() throws IOException {
    if (tree != null) {
      tree.close();
    }
  }
}
