package io.holdfast.engine.repository.directory.archive;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactType;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.Content.Extent;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.artifact.TreeSink;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.repository.layout.RepositoryLayout;
import io.holdfast.engine.repository.listing.ListedEntry;
import io.holdfast.engine.repository.listing.ListingWriter;
import io.holdfast.engine.repository.listing.TreeShape;
import io.holdfast.engine.repository.transfer.Extents;
import io.holdfast.engine.repository.transfer.FileOutput;
import io.holdfast.engine.repository.transfer.Meter;
import io.holdfast.engine.repository.transfer.SourceContent;
import io.holdfast.engine.repository.transfer.SourceFailure;
import io.holdfast.engine.repository.transfer.StoredFileContent;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Writes a tree into an archive: its entries into one stream, and in the end its listing, which
 * gathers in a file meanwhile, into another. Contents are read and hashed by the caller's thread;
 * what costs time is compressing, and that is done by others.
 */
final class ArchiveTreeSink implements TreeSink {
  private final ArchiveTools tools;
  private final Meter meter;
  private final String name;
  private final String path;
  private final String listingPath;
  private final FilePath spool;
  private final ListingWriter listing;
  private final StreamWriter out;
  private final Consumer<Artifact> finished;
  private final TreeShape shape = new TreeShape();
  private final Set<TreePath> gone = new HashSet<>();
  private long size;
  private long regularFiles;
  private boolean closed;

  /**
   * Begins a tree.
   *
   * @param path where it stands in the archive
   * @param listingPath where its listing stands in the archive
   * @param spool a file to keep the listing in until the end; stays
   * @param finished told of the artifact in the end
   */
  ArchiveTreeSink(
      ArchiveTools tools,
      Meter meter,
      String name,
      String path,
      String listingPath,
      FilePath spool,
      Consumer<Artifact> finished)
      throws IOException {
    this.tools = tools;
    this.meter = meter;
    this.name = name;
    this.path = path;
    this.listingPath = listingPath;
    this.spool = spool;
    this.finished = finished;
    this.listing =
        new ListingWriter(new FileOutput(tools.files().create(spool, RepositoryLayout.FILE_MODE)));
    this.out = new StreamWriter(tools.pipeline(), tools.pipeline().stream(path));
  }

  @Override
  public void add(TreeEntry entry) throws IOException {
    tools
        .errors()
        .translate(() -> {
          meter.check();
          shape.admit(entry);
          if (entry instanceof TreeEntry.RegularFile) {
            throw new IllegalArgumentException("a regular file has content: " + entry.path());
          }
          if (entry instanceof TreeEntry.HardLink link && gone.contains(link.original())) {
            gone.add(link.path());
            return;
          }
          byte[] header = TarHeader.of(path, entry, List.of());
          if (header.length > 0) {
            out.entry(header);
          }
          listing.add(ListedEntry.of(entry));
        });
  }

  @Override
  public void file(TreeEntry.RegularFile entry, Content content) throws IOException {
    tools
        .errors()
        .translate(() -> {
          meter.check();
          shape.admit(entry);
          try (Content.Reader reader = new SourceContent(content).open()) {
            listing.add(store(entry, reader));
          } catch (SourceFailure failure) {
            if (!failure.isGone()) {
              throw failure;
            }
            gone.add(entry.path());
          }
        });
  }

  private ListedEntry store(TreeEntry.RegularFile entry, Content.Reader reader) throws IOException {
    List<Extent> data = Extents.normal(reader.extents(), reader.size());
    boolean sparse = !Extents.isDense(data, reader.size());
    var stored = new TreeEntry.RegularFile(entry.path(), entry.metadata(), reader.size(), sparse);
    byte[] header = TarHeader.of(path, stored, data);
    String sha256 = tools.store(out, header, Extents.total(data), reader, data, meter);
    size += stored.size();
    regularFiles++;
    return new ListedEntry(stored, sha256, sparse ? data : List.of());
  }

  @Override
  public Artifact finish() throws IOException {
    return tools
        .errors()
        .translate(() -> {
          String sha256 = listing.finish();
          closed = true;
          try (listing) {
            out.close();
          }
          // Bytes of a listing are no bytes of content.
          var silent = new Meter(meter.cancellation(), bytes -> {});
          tools.storeFile(listingPath, new StoredFileContent(tools.files(), spool), silent);
          var artifact =
              new Artifact(name, ArtifactType.TREE, size, regularFiles, sha256, List.of());
          finished.accept(artifact);
          return artifact;
        });
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    tools
        .errors()
        .translate(() -> {
          try (listing) {
            out.close();
          } catch (IOException given) {
            // The tree is given up; what broke will show itself where it matters.
          }
        });
  }
}
