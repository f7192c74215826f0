package io.holdfast.vault.backup;

import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.repository.transfer.FileOutput;
import io.holdfast.engine.repository.transfer.Meter;
import io.holdfast.engine.repository.transfer.StoredFileContent;
import io.holdfast.vault.format.tree.EntryNodes;
import io.holdfast.vault.format.tree.Node;
import io.holdfast.vault.pack.ContentWriter.Stored;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A listing while its tree is being stored: a file on this machine, which is stored when it is
 * complete and kept until the checksums of the backup are made of it.
 */
final class ListingSpool implements AutoCloseable {
  private static final int MODE = 0600;

  private final VaultTools tools;
  private final FileLayer files;
  private final FilePath place;

  /**
   * @param place where no file is, in a directory that is there
   */
  ListingSpool(VaultTools tools, FileLayer files, FilePath place) {
    this.tools = tools;
    this.files = files;
    this.place = place;
  }

  OutputStream output() throws IOException {
    return new FileOutput(files.create(place, MODE));
  }

  /** Stores it; its node has the name of the file. */
  Node store(Meter meter) throws IOException {
    return store(tools, files, place, meter);
  }

  /** Stores a file of the backup's own from a place on this machine. */
  static Node store(VaultTools tools, FileLayer files, FilePath place, Meter meter)
      throws IOException {
    Stored stored = tools.contents().store(new StoredFileContent(files, place), meter);
    return node(tools, place.name(), stored);
  }

  /** The node of a file of the backup's own. */
  static Node node(VaultTools tools, byte[] name, Stored stored) {
    var entry =
        new TreeEntry.RegularFile(
            TreePath.ROOT.resolve(name), tools.fileMetadata(), stored.size(), false);
    return EntryNodes.file(entry, stored.size(), stored.chunks(), Node.Inode.NONE);
  }

  @Override
  public void close() throws IOException {
    if (files.find(place).isPresent()) {
      files.delete(place);
    }
  }
}
