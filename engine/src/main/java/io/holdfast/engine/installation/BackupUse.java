package io.holdfast.engine.installation;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayer.HeldLock;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.run.RunId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Marks backups that somebody reads without holding the installation's lock (a validation), so that
 * retention and deletion in any process leave them alone. A mark is a locked file: it ends with its
 * process.
 */
public final class BackupUse {
  private final FileLayer files;
  private final FilePath directory;
  private final RandomGenerator random;

  public BackupUse(FileLayer files, FilePath state, RandomGenerator random) {
    this.files = files;
    this.directory = state.resolve("readers");
    this.random = random;
  }

  /**
   * Marks a backup until closed. Where nothing may be written, nothing can be deleted either: no
   * mark is needed.
   */
  public HeldLock mark(RunId run) throws IOException {
    try {
      FileTrees.createDirectories(files, directory, 0700);
      while (true) {
        FilePath file = directory.resolve(run + "." + Long.toHexString(random.nextLong()));
        Optional<HeldLock> lock = files.tryLock(file);
        // Somebody who looked for dead marks may have taken this one for dead between its making
        // and its locking, and removed it.
        if (lock.isPresent() && files.find(file).isPresent()) {
          return () -> {
            files.delete(file);
            lock.get().close();
          };
        }
      }
    } catch (FileLayerException e) {
      if (e.reason() == FileLayerException.Reason.READ_ONLY
          || e.reason() == FileLayerException.Reason.NOT_PERMITTED) {
        return () -> {};
      }
      throw e;
    }
  }

  /** Whether somebody reads a backup; removes the marks of processes that died. */
  public boolean isInUse(RunId run) throws IOException {
    if (files.find(directory).isEmpty()) {
      return false;
    }
    boolean used = false;
    for (byte[] name : files.list(directory)) {
      if (new String(name, StandardCharsets.UTF_8).startsWith(run + ".")) {
        FilePath file = directory.resolve(name);
        Optional<HeldLock> lock = files.tryLock(file);
        if (lock.isPresent()) {
          files.delete(file);
          lock.get().close();
        } else {
          used = true;
        }
      }
    }
    return used;
  }
}
