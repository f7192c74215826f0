package io.holdfast.vault.backend.local;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.vault.backend.FileType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The directories of a vault: makes them, finds them, and makes durable what lies in them. */
final class Directories {
  private final FileLayer files;
  private final Layout layout;

  Directories(FileLayer files, Layout layout) {
    this.files = files;
    this.layout = layout;
  }

  /**
   * A directory that files of one sort lie in.
   *
   * @param path without symbolic links
   * @param prefix how the names of all files in it begin
   */
  record Holder(FilePath path, String prefix) {}

  /** Makes all that are missing, with those above the root; durable when this returns. */
  void create() throws IOException {
    FilePath root = layout.root();
    FilePath highest = root;
    while (files.find(highest).isEmpty() && !highest.equals(highest.parent())) {
      highest = highest.parent();
    }
    int mode = modes().directory();
    FileTrees.createDirectories(files, root, mode);
    for (FilePath directory : layout.directories()) {
      FileTrees.createDirectories(files, directory, mode);
    }
    sync(layout.directory(FileType.PACK));
    sync(root);
    // Also that of a root that was there: whoever made it may have died before it was durable.
    for (FilePath at = root; !at.equals(highest.parent()); at = at.parent()) {
      syncIfReadable(at.parent());
    }
  }

  /** A directory above the vault may let us in and not be read. */
  private void syncIfReadable(FilePath directory) throws IOException {
    try {
      sync(directory);
    } catch (FileLayerException e) {
      if (e.reason() != Reason.NOT_PERMITTED) {
        throw e;
      }
    }
  }

  /**
   * Makes the directory of a file that is missing. Never the root: where that is missing, a disk
   * may not be mounted, and a new vault in its place would be worse than a failure.
   *
   * @throws FileLayerException {@code NOT_FOUND} if the root is missing
   */
  void ensure(FilePath holder) throws IOException {
    FilePath parent = holder.parent();
    if (!parent.equals(layout.root())) {
      ensure(parent);
    }
    try {
      files.createDirectory(holder, modes().directory());
    } catch (FileLayerException e) {
      if (e.reason() != Reason.ALREADY_EXISTS) {
        throw e;
      }
    }
    sync(parent);
  }

  /** The permissions of what is made now. */
  Modes modes() throws IOException {
    return files
        .find(layout.root().resolve(FileType.CONFIG.word()))
        .map(config -> Modes.like(config.mode()))
        .orElse(Modes.PRIVATE);
  }

  /**
   * Where the files of a sort may lie. A directory that is missing holds none: programs that copy
   * vaults leave empty ones out.
   *
   * @throws FileLayerException {@code NOT_FOUND} if there is no vault
   */
  List<Holder> holders(FileType type) throws IOException {
    var holders = new ArrayList<Holder>();
    FilePath directory = real(layout.directory(type));
    if (files.find(directory).isEmpty()) {
      files.follow(layout.root());
    } else if (type == FileType.PACK) {
      for (byte[] name : files.list(directory)) {
        if (Layout.holdsPacks(name)) {
          FilePath holder = real(directory.resolve(name));
          if (files.find(holder).filter(stat -> stat.isDirectory()).isPresent()) {
            holders.add(new Holder(holder, new String(name, US_ASCII)));
          }
        }
      }
    } else {
      holders.add(new Holder(directory, ""));
    }
    return holders;
  }

  /** All directories that files are written to; the root, which holds the config, first. */
  List<FilePath> all() throws IOException {
    var all = new ArrayList<FilePath>();
    all.add(real(layout.root()));
    for (FileType type : FileType.values()) {
      if (type != FileType.CONFIG) {
        holders(type).forEach(holder -> all.add(holder.path()));
      }
    }
    return all;
  }

  /** The names in a directory are durable when this returns. */
  void sync(FilePath directory) throws IOException {
    files.sync(real(directory));
  }

  private FilePath real(FilePath directory) throws IOException {
    return files.find(directory).filter(stat -> stat.isSymlink()).isPresent()
        ? files.resolveLinks(directory)
        : directory;
  }
}
