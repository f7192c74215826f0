package io.holdfast.engine.repository.content;

import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import java.io.IOException;

/**
 * Where other programs write the files that a component adopts: a directory of its own inside the
 * backup under way, gone before that is published. Used by one thread.
 */
public final class Places implements AutoCloseable {
  private static final int MODE = 0700;

  private final FileLayer files;
  private final FilePath directory;
  private boolean made;

  /**
   * @param backup the directory of the backup under way
   */
  public Places(FileLayer files, FilePath backup, ComponentName component) {
    this.files = files;
    this.directory = backup.resolve(BackupLayout.PLACES).resolve(component.value());
  }

  /** A path that does not exist, in a directory that does. */
  public FilePath place(String name) throws IOException {
    if (!made) {
      FileTrees.createDirectories(files, directory, MODE);
      made = true;
    }
    return directory.resolve(name);
  }

  @Override
  public void close() throws IOException {
    if (made) {
      FileTrees.deleteTree(files, directory);
    }
  }
}
