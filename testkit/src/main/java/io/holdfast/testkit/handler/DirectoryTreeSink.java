package io.holdfast.testkit.handler;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.artifact.TreeSink;
import io.holdfast.engine.file.FileLayerException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** One tree of a {@link DirectorySink}. */
final class DirectoryTreeSink implements TreeSink {
  private final DirectorySink sink;
  private final String name;
  private final ExecutorService readers = Executors.newFixedThreadPool(2);
  private final List<Pending> pending = new ArrayList<>();
  private final Map<TreePath, TreeEntry> seen = new HashMap<>();

  private record Pending(TreeEntry entry, @Nullable Future<Optional<Blob>> blob) {}

  DirectoryTreeSink(DirectorySink sink, String name) {
    this.sink = sink;
    this.name = name;
  }

  @Override
  public void add(TreeEntry entry) {
    if (entry instanceof TreeEntry.RegularFile) {
      throw new AssertionError("a regular file without content: " + entry.path());
    }
    if (entry instanceof TreeEntry.HardLink link
        && !(seen.get(link.original()) instanceof TreeEntry.RegularFile)) {
      throw new AssertionError("hard link to what is no earlier file: " + link.original());
    }
    see(entry);
    pending.add(new Pending(entry, null));
  }

  @Override
  public void file(TreeEntry.RegularFile entry, Content content) throws IOException {
    see(entry);
    if (content.isDetached()) {
      pending.add(new Pending(entry, readers.submit(() -> read(content))));
    } else {
      Optional<Blob> blob = read(content);
      if (blob.isPresent()) {
        pending.add(
            new Pending(entry, java.util.concurrent.CompletableFuture.completedFuture(blob)));
      } else {
        seen.remove(entry.path());
      }
    }
  }

  private void see(TreeEntry entry) {
    if (!entry.path().isRoot()
        && !entry.path().parent().isRoot()
        && !(seen.get(entry.path().parent()) instanceof TreeEntry.Directory)) {
      throw new AssertionError("no directory was added before " + entry.path());
    }
    if (seen.put(entry.path(), entry) != null) {
      throw new AssertionError("added twice: " + entry.path());
    }
  }

  private Optional<Blob> read(Content content) throws IOException {
    try {
      return Optional.of(Blob.write(sink.nextBlob(), content));
    } catch (FileLayerException e) {
      if (e.reason() == FileLayerException.Reason.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public Artifact finish() throws IOException {
    var entries = new ArrayList<StoredArtifact.Entry>();
    for (Pending one : pending) {
      if (one.blob == null) {
        entries.add(new StoredArtifact.Entry(one.entry, null));
      } else {
        Optional<Blob> blob = await(one.blob);
        if (blob.isPresent()) {
          entries.add(new StoredArtifact.Entry(stored(one.entry, blob.get()), blob.get()));
        }
      }
    }
    close();
    return sink.keepTree(name, entries);
  }

  /** With the size that was stored, as a listing has it. */
  private static TreeEntry stored(TreeEntry entry, Blob blob) {
    var file = (TreeEntry.RegularFile) entry;
    return new TreeEntry.RegularFile(file.path(), file.metadata(), blob.size(), file.sparse());
  }

  private static Optional<Blob> await(Future<Optional<Blob>> blob) throws IOException {
    try {
      return blob.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case RuntimeException runtime -> throw runtime;
        case Error error -> throw error;
        case null, default -> throw new IOException(e);
      }
    }
  }

  @Override
  public void close() {
    readers.shutdownNow();
    readers.close();
    sink.treeClosed();
  }
}
