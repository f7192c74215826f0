package io.holdfast.engine.repository.directory.plain;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactType;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.artifact.TreeSink;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.file.FileType;
import io.holdfast.engine.repository.directory.plain.FileCopy.Copied;
import io.holdfast.engine.repository.layout.RepositoryLayout;
import io.holdfast.engine.repository.layout.StorageErrors;
import io.holdfast.engine.repository.listing.ListedEntry;
import io.holdfast.engine.repository.listing.ListingReader;
import io.holdfast.engine.repository.listing.ListingWriter;
import io.holdfast.engine.repository.listing.TreeShape;
import io.holdfast.engine.repository.transfer.FileInput;
import io.holdfast.engine.repository.transfer.FileOutput;
import io.holdfast.engine.repository.transfer.Meter;
import io.holdfast.engine.repository.transfer.SourceContent;
import io.holdfast.engine.repository.transfer.SourceFailure;
import io.holdfast.engine.repository.transfer.Workers;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Writes a tree as files. Directories, links and special files are made as they come, contents are
 * copied by the workers; the listing is written in the order of the calls, by the caller's thread,
 * as what it waits for is done. So many files may be under way at once and no more.
 *
 * <p>A hard link is made when its line is written: by then the file that it names is there.
 */
final class PlainTreeSink implements TreeSink {
  private static final int MOST_UNDER_WAY = 256;

  private final FileLayer files;
  private final StorageErrors errors;
  private final Workers workers;
  private final FileCopy copy;
  private final MetadataCopy metadataCopy;
  private final Meter meter;
  private final String name;
  private final FilePath root;
  private final FilePath listingPath;
  private final ListingWriter listing;
  private final Consumer<Artifact> finished;
  private final TreeShape shape = new TreeShape();
  private final Set<TreePath> gone = new HashSet<>();
  private final ArrayDeque<Pending> underWay = new ArrayDeque<>();
  private long size;
  private long regularFiles;
  private boolean closed;

  /** An entry whose line is not written yet; the copy is of a regular file. */
  private record Pending(TreeEntry entry, Future<Optional<Copied>> copied) {}

  /**
   * Begins a tree: makes its root and its listing.
   *
   * @param finished told of the artifact in the end
   */
  PlainTreeSink(
      PlainTools tools,
      Meter meter,
      String name,
      FilePath root,
      FilePath listingPath,
      Consumer<Artifact> finished)
      throws IOException {
    this.files = tools.files();
    this.errors = tools.errors();
    this.workers = tools.workers();
    this.copy = tools.copy();
    this.metadataCopy = tools.metadataCopy();
    this.meter = meter;
    this.name = name;
    this.root = root;
    this.listingPath = listingPath;
    this.finished = finished;
    files.createDirectory(root, RepositoryLayout.DIRECTORY_MODE);
    this.listing =
        new ListingWriter(new FileOutput(files.create(listingPath, RepositoryLayout.FILE_MODE)));
  }

  @Override
  public void add(TreeEntry entry) throws IOException {
    errors.translate(() -> {
      begin(entry);
      FilePath path = entry.path().under(root);
      switch (entry) {
        case TreeEntry.RegularFile _ ->
            throw new IllegalArgumentException("a regular file has content: " + entry.path());
        case TreeEntry.Directory directory -> directory(path, directory);
        case TreeEntry.Symlink link -> {
          files.createSymlink(path, link.target());
          metadataCopy.complete(path, link.metadata());
        }
        case TreeEntry.Special special -> special(path, special);
        case TreeEntry.HardLink _ -> {
          // Made when its line is written.
        }
      }
      push(new Pending(entry, CompletableFuture.completedFuture(Optional.empty())));
    });
  }

  @Override
  public void file(TreeEntry.RegularFile entry, Content content) throws IOException {
    errors.translate(() -> {
      begin(entry);
      if (content.isDetached()) {
        push(new Pending(entry, workers.submit(() -> store(entry, content))));
      } else {
        push(new Pending(entry, CompletableFuture.completedFuture(store(entry, content))));
      }
    });
  }

  @Override
  public Artifact finish() throws IOException {
    return errors.translate(() -> {
      while (!underWay.isEmpty()) {
        write(underWay.removeFirst());
      }
      String sha256 = listing.finish();
      listing.close();
      setTimesOfDirectories(sha256);
      closed = true;
      var artifact = new Artifact(name, ArtifactType.TREE, size, regularFiles, sha256, List.of());
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
    Workers.giveUp(underWay.stream().map(Pending::copied).toList());
    underWay.clear();
    try {
      listing.close();
      FileTrees.deleteTree(files, root);
      FileTrees.deleteTree(files, listingPath);
    } catch (IOException given) {
      // Nobody will read it, and the backup's own check finds what stayed.
    }
  }

  private void begin(TreeEntry entry) {
    meter.check();
    shape.admit(entry);
  }

  private void directory(FilePath path, TreeEntry.Directory directory) throws IOException {
    if (directory.path().isRoot()) {
      files.setMode(path, MetadataCopy.initialDirectoryMode(directory.metadata()));
    } else {
      files.createDirectory(path, MetadataCopy.initialDirectoryMode(directory.metadata()));
    }
    metadataCopy.beginDirectory(path, directory.metadata());
  }

  private void special(FilePath path, TreeEntry.Special special) throws IOException {
    FileType type = special.type();
    boolean made =
        MetadataCopy.allowed(() ->
            files.createSpecial(path, type, special.metadata().mode(), special.deviceNumber()));
    if (made) {
      metadataCopy.complete(path, special.metadata());
    }
  }

  private Optional<Copied> store(TreeEntry.RegularFile entry, Content content) throws IOException {
    try {
      return Optional.of(
          copy.copy(new SourceContent(content), entry.path().under(root), entry.metadata(), meter));
    } catch (SourceFailure failure) {
      if (failure.isGone()) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  private void push(Pending pending) throws IOException {
    underWay.addLast(pending);
    while (underWay.size() > MOST_UNDER_WAY
        || (!underWay.isEmpty() && underWay.getFirst().copied().isDone())) {
      write(underWay.removeFirst());
    }
  }

  private void write(Pending pending) throws IOException {
    Optional<Copied> copied = Workers.await(pending.copied());
    switch (pending.entry()) {
      case TreeEntry.RegularFile file ->
          copied.ifPresentOrElse(present -> regularFiles++, () -> gone.add(file.path()));
      case TreeEntry.HardLink link -> {
        if (gone.contains(link.original())) {
          gone.add(link.path());
          return;
        }
        files.createHardLink(link.path().under(root), link.original().under(root));
      }
      case TreeEntry.Directory _, TreeEntry.Symlink _, TreeEntry.Special _ -> {}
    }
    if (pending.entry() instanceof TreeEntry.RegularFile file) {
      if (copied.isPresent()) {
        size += copied.get().size();
        listing.add(listed(file, copied.get()));
      }
    } else {
      listing.add(ListedEntry.of(pending.entry()));
    }
  }

  private static ListedEntry listed(TreeEntry.RegularFile file, Copied copied) {
    boolean sparse = copied.isSparse();
    return new ListedEntry(
        new TreeEntry.RegularFile(file.path(), file.metadata(), copied.size(), sparse),
        copied.sha256(),
        sparse ? copied.data() : List.of());
  }

  /** After everything that changes them, and from the listing, so that none is kept in memory. */
  private void setTimesOfDirectories(String sha256) throws IOException {
    try (var reader =
        new ListingReader(new FileInput(files.open(listingPath)), listingPath.toString(), sha256)) {
      for (ListedEntry listed = reader.next(); listed != null; listed = reader.next()) {
        if (listed.entry() instanceof TreeEntry.Directory directory) {
          metadataCopy.modified(directory.path().under(root), directory.metadata());
        }
      }
    }
  }
}
