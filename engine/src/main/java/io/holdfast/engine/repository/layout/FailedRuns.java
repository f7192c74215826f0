package io.holdfast.engine.repository.layout;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.manifest.StoredManifest;
import io.holdfast.engine.repository.content.BackupLayout;
import io.holdfast.engine.repository.content.ManifestFiles;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns a backup under way into the record of a failed run.
 *
 * <p>Order: artifacts are removed first, so that a full disk has room for the record; then the
 * record takes the place of the last checkpoint; then what is left gets its name under {@code
 * failed} by one rename, so that no half of a record is ever seen there. Whatever stops this
 * half-way, it can be done again.
 *
 * @param files the file layer
 * @param layout the repository
 */
public record FailedRuns(FileLayer files, RepositoryLayout layout) {
  /** Does all of it, or as much as the storage allows, and then throws. */
  public void file(BackupName name, Manifest manifest) throws IOException {
    FilePath running = layout.running(name);
    IOException failure = removeArtifacts(running);
    try {
      write(running, manifest);
      if (failure == null) {
        // Of an earlier try whose rename happened though it failed.
        FileTrees.deleteTree(files, layout.failed(name));
        files.renameNew(running, layout.failed(name));
        files.sync(layout.failed());
        files.sync(layout.running());
      }
    } catch (IOException unwritten) {
      if (failure != null) {
        unwritten.addSuppressed(failure);
      }
      throw unwritten;
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void write(FilePath running, Manifest manifest) throws IOException {
    var bytes = ManifestFiles.of(new StoredManifest(manifest, Optional.empty()));
    if (files.find(running).isEmpty()) {
      files.createDirectory(running, RepositoryLayout.DIRECTORY_MODE);
    }
    FileTrees.replaceAtomically(
        files,
        running.resolve(BackupLayout.MANIFEST),
        bytes.manifest(),
        RepositoryLayout.FILE_MODE);
    FileTrees.replaceAtomically(
        files,
        running.resolve(BackupLayout.MANIFEST_CHECKSUM),
        bytes.checksum(),
        RepositoryLayout.FILE_MODE);
  }

  private @Nullable IOException removeArtifacts(FilePath running) {
    IOException failure = null;
    try {
      for (byte[] child : files.list(running)) {
        if (!Arrays.equals(
            child, BackupLayout.MANIFEST.getBytes(java.nio.charset.StandardCharsets.US_ASCII))) {
          try {
            FileTrees.deleteTree(files, running.resolve(child));
          } catch (IOException kept) {
            failure = kept;
          }
        }
      }
    } catch (FileLayerException gone) {
      return gone.reason() == FileLayerException.Reason.NOT_FOUND ? null : gone;
    } catch (IOException unreadable) {
      return unreadable;
    }
    return failure;
  }
}
