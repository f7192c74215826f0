package io.holdfast.vault.backup;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactSink;
import io.holdfast.engine.artifact.ArtifactType;
import io.holdfast.engine.artifact.CheckResult;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.TreeSink;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.repository.BackupWriter.ComponentWriter;
import io.holdfast.engine.repository.content.ArtifactRecords;
import io.holdfast.engine.repository.content.BackupLayout;
import io.holdfast.engine.repository.content.Places;
import io.holdfast.engine.repository.transfer.Meter;
import io.holdfast.engine.repository.transfer.SourceContent;
import io.holdfast.engine.repository.transfer.StoredFileContent;
import io.holdfast.vault.format.tree.Node;
import io.holdfast.vault.pack.ContentWriter.Stored;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stores the artifacts of one component. Listings gather in a directory on this machine. */
final class VaultComponentWriter implements ComponentWriter, ArtifactSink {
  private static final int DIRECTORY_MODE = 0700;

  private final VaultTools tools;
  private final FileLayer files;
  private final Meter meter;
  private final FilePath spools;
  private final ComponentName component;
  private final Places places;
  private final ArtifactRecords records = new ArtifactRecords();
  private final List<Node> nodes = new ArrayList<>();
  private @Nullable VaultTreeSink tree;
  private boolean closed;

  /**
   * Makes the directory for listings.
   *
   * @param work the directory of the backup under way, on this machine
   */
  VaultComponentWriter(
      VaultTools tools, FileLayer files, Meter meter, FilePath work, ComponentName component)
      throws IOException {
    this.tools = tools;
    this.files = files;
    this.meter = meter;
    this.component = component;
    this.spools = work.resolve(component.value());
    this.places = new Places(files, work, component);
    files.createDirectory(spools, DIRECTORY_MODE);
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

  /** The nodes of its artifacts and listings. */
  synchronized List<Node> nodes() {
    return List.copyOf(nodes);
  }

  private synchronized void add(Node node) {
    nodes.add(node);
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
        .translate(() -> store(name, new StoredFileContent(files, places.place(name))));
  }

  private Artifact store(String name, Content content) throws IOException {
    Stored stored = tools.contents().store(content, meter);
    add(ListingSpool.node(tools, name.getBytes(StandardCharsets.US_ASCII), stored));
    var artifact =
        new Artifact(name, ArtifactType.FILE, stored.size(), 1, stored.sha256(), List.of());
    records.finished(artifact);
    return artifact;
  }

  @Override
  public TreeSink tree(String name) throws IOException {
    records.takeTree(name);
    return tools
        .errors()
        .translate(() -> {
          tree =
              new VaultTreeSink(
                  tools,
                  meter,
                  name,
                  tools.earlier().tree(component, name),
                  new ListingSpool(tools, files, spools.resolve(BackupLayout.listingName(name))),
                  (artifact, root, listing) -> {
                    add(root);
                    add(listing);
                    records.finished(artifact);
                  });
          return tree;
        });
  }

  @Override
  public void checked(String name, CheckResult result) {
    records.checked(name, result);
  }

  /** What it stored stays in the vault, where nothing refers to it, until a prune. */
  @Override
  public void discard() throws IOException {
    records.clear();
    synchronized (this) {
      nodes.clear();
    }
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

  private void endTree() throws IOException {
    if (tree != null) {
      tree.close();
    }
  }
}
