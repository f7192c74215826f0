package io.holdfast.store.files;

import io.holdfast.engine.artifact.ArtifactSource.TreeVisitor;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.Metadata;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.run.Cancellation;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Builds a tree from its listing in a directory that nobody else uses.
 *
 * <p>A repository may have been tampered with: nothing is ever written through a symbolic link that
 * the listing itself made. Each entry goes into a directory that this restorer has created and not
 * left yet ({@link ListingOrder}), every name is created exclusively, and a hard link is made only
 * to a regular file that is reached through real directories.
 *
 * <p>Files whose content is detached are written by a few threads. A directory gets its mode and
 * times when all that is in it is done, since each new name would change its time, and a directory
 * that may not be written could not be filled.
 *
 * <p>Used once: as a visitor by one thread, then {@link #finish}, and {@link #close} in any case.
 */
final class TreeRestorer implements TreeVisitor, AutoCloseable {
  private static final int PRIVATE = 0700;

  private final FileLayer files;
  private final FilePath root;
  private final Optional<FilePath> similar;
  private final Cancellation cancellation;
  private final Predicate<TreeEntry> wanted;
  private final MetadataWriter metadata;
  private final FileRestorer restorer;
  private final RestoreThreads threads;
  private final ListingOrder<OpenDirectory> order;
  private long left;

  /**
   * @param root an empty directory, mode 0700
   * @param similar a tree whose files may have much in common with those of the same paths
   * @param wanted which entries to restore; one that is left out takes all below it along
   */
  TreeRestorer(
      FileLayer files,
      FilePath root,
      Optional<FilePath> similar,
      Cancellation cancellation,
      Consumer<String> warn,
      Predicate<TreeEntry> wanted) {
    this.files = files;
    this.root = root;
    this.similar = similar;
    this.cancellation = cancellation;
    this.wanted = wanted;
    this.metadata = new MetadataWriter(files, warn);
    this.restorer = new FileRestorer(files, metadata, cancellation);
    this.threads = new RestoreThreads();
    this.order =
        new ListingOrder<>(
            new OpenDirectory(root, null, null, metadata), directory -> threads.done(directory));
  }

  @Override
  public void entry(TreeEntry entry) throws IOException {
    cancellation.check();
    threads.check();
    if (entry.path().isRoot()) {
      rootEntry(entry);
      return;
    }
    OpenDirectory parent = order.parentOf(entry);
    if (isLeftOut(parent, entry)) {
      return;
    }
    FilePath place = entry.path().under(root);
    try {
      switch (entry) {
        case TreeEntry.Directory directory -> directory(directory, place, parent);
        case TreeEntry.Symlink link -> {
          files.createSymlink(place, link.target());
          metadata.applyToLink(place, link.metadata());
        }
        case TreeEntry.HardLink link -> hardLink(link, place);
        case TreeEntry.Special special -> special(special, place);
        case TreeEntry.RegularFile file ->
            throw ListingOrder.invalid(file.path() + " is a file without content");
      }
    } catch (FileLayerException e) {
      throw refuseTwice(entry, e);
    }
  }

  private void rootEntry(TreeEntry entry) {
    if (!(entry instanceof TreeEntry.Directory)) {
      throw ListingOrder.invalid("its root is no directory");
    }
    OpenDirectory directory = order.parentOf(entry);
    directory.setMetadata(entry.metadata());
  }

  /** What lies in a directory that was left out is left out too; it is not counted again. */
  private boolean isLeftOut(OpenDirectory parent, TreeEntry entry) {
    boolean out = parent.isLeftOut() || !wanted.test(entry);
    if (out) {
      left++;
      if (entry instanceof TreeEntry.Directory) {
        order.enter(entry.path(), OpenDirectory.leftOut());
      }
    }
    return out;
  }

  private void directory(TreeEntry.Directory entry, FilePath place, OpenDirectory parent)
      throws IOException {
    files.createDirectory(place, PRIVATE);
    order.enter(entry.path(), new OpenDirectory(place, entry.metadata(), parent, metadata));
  }

  private void hardLink(TreeEntry.HardLink link, FilePath place) throws IOException {
    threads.await(link.original());
    TreePath original = link.original();
    for (TreePath up = original.parent(); !up.isRoot(); up = up.parent()) {
      if (!files.find(up.under(root)).map(FileStat::isDirectory).orElse(false)) {
        throw ListingOrder.invalid(link.path() + " is a hard link through what is no directory");
      }
    }
    Optional<FileStat> stat =
        original.isRoot() ? Optional.empty() : files.find(original.under(root));
    if (!stat.map(FileStat::isRegular).orElse(false)) {
      throw ListingOrder.invalid(link.path() + " is a hard link to what is no earlier file");
    }
    files.createHardLink(place, original.under(root));
  }

  private void special(TreeEntry.Special special, FilePath place) throws IOException {
    try {
      files.createSpecial(place, special.type(), 0600, special.deviceNumber());
    } catch (FileLayerException e) {
      if (e.reason() != Reason.NOT_PERMITTED && e.reason() != Reason.NOT_SUPPORTED) {
        throw e;
      }
      metadata.once(
          "special",
          special.path()
              + " and perhaps more special files could not be made: "
              + e.reason().words());
      return;
    }
    metadata.apply(place, special.metadata());
  }

  @Override
  public void file(TreeEntry.RegularFile entry, Content content) throws IOException {
    cancellation.check();
    threads.check();
    if (entry.path().isRoot()) {
      throw ListingOrder.invalid("its root is no directory");
    }
    OpenDirectory parent = order.parentOf(entry);
    if (isLeftOut(parent, entry)) {
      return;
    }
    FilePath place = entry.path().under(root);
    if (content.isDetached()) {
      threads.submit(entry.path(), parent, () -> write(place, entry, content));
    } else {
      write(place, entry, content);
    }
  }

  private void write(FilePath place, TreeEntry.RegularFile entry, Content content)
      throws IOException {
    try {
      if (similar.isPresent()) {
        restorer.write(place, entry, content, entry.path().under(similar.get()));
      } else {
        restorer.write(place, entry, content);
      }
    } catch (FileLayerException e) {
      throw refuseTwice(entry, e);
    }
  }

  private IOException refuseTwice(TreeEntry entry, FileLayerException e) {
    if (e.reason() == Reason.ALREADY_EXISTS && e.path().startsWith(root)) {
      throw ListingOrder.invalid(entry.path() + " is listed twice");
    }
    return e;
  }

  /**
   * Waits for all that was begun, and gives the last directories their metadata. Nothing is synced.
   *
   * @return how many entries were not wanted
   */
  long finish() throws IOException {
    order.finish();
    threads.finish();
    return left;
  }

  /** Ends the threads; what they have not begun is not done. */
  @Override
  public void close() {
    threads.close();
  }

  /** A directory that entries still come into, or whose files are still being written. */
  static final class OpenDirectory {
    private final @Nullable FilePath place;
    private final @Nullable OpenDirectory parent;
    private final @Nullable MetadataWriter writer;
    private @Nullable Metadata metadata;
    // What is not done in it: itself until it is left, its files, its directories.
    private int open = 1;

    OpenDirectory(
        @Nullable FilePath place,
        @Nullable Metadata metadata,
        @Nullable OpenDirectory parent,
        @Nullable MetadataWriter writer) {
      this.place = place;
      this.metadata = metadata;
      this.parent = parent;
      this.writer = writer;
      if (parent != null) {
        parent.begin();
      }
    }

    static OpenDirectory leftOut() {
      return new OpenDirectory(null, null, null, null);
    }

    boolean isLeftOut() {
      return place == null;
    }

    synchronized void setMetadata(Metadata metadata) {
      this.metadata = metadata;
    }

    synchronized void begin() {
      open++;
    }

    /** One thing in it is done; the last one finishes it, and tells the directory above. */
    void done() throws IOException {
      Metadata last;
      synchronized (this) {
        if (--open > 0) {
          return;
        }
        last = metadata;
      }
      if (last != null && place != null && writer != null) {
        writer.apply(place, last);
      }
      if (parent != null) {
        parent.done();
      }
    }
  }
}
