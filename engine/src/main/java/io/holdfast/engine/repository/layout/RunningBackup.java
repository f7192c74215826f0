package io.holdfast.engine.repository.layout;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.WritableFile;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.manifest.ManifestCodec;
import io.holdfast.engine.manifest.StoredManifest;
import io.holdfast.engine.repository.ManifestSeal;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.repository.content.BackupLayout;
import io.holdfast.engine.repository.content.Problems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * A backup under way as far as it is the same for directories and archives: its directory, its
 * checkpoints, and the two ways in which it ends.
 *
 * @param files the file layer
 * @param layout the repository
 * @param name what the backup is called
 * @param clock the repository's own clock
 * @param errors explains failures
 * @param seal vouches for the manifest, if somebody does
 */
public record RunningBackup(
    FileLayer files,
    RepositoryLayout layout,
    BackupName name,
    Clock clock,
    StorageErrors errors,
    Optional<ManifestSeal> seal) {

  public FilePath directory() {
    return layout.running(name);
  }

  /** Replaces the record of the run under way; not durable. */
  public void checkpoint(Manifest manifest) throws IOException {
    byte[] bytes = ManifestCodec.encode(new StoredManifest(manifest, Optional.empty()));
    FilePath path = directory().resolve(BackupLayout.MANIFEST);
    FilePath fresh = path.withSuffix(".new");
    errors.translate(() -> {
      if (files.find(fresh).isPresent()) {
        files.delete(fresh);
      }
      try (WritableFile file = files.create(fresh, RepositoryLayout.FILE_MODE)) {
        file.write(ByteBuffer.wrap(bytes), 0);
      }
      files.rename(fresh, path);
    });
  }

  /** The manifest with the time of the repository's own clock. */
  public Manifest received(Manifest manifest) {
    return new Manifest(
        manifest.runId(),
        manifest.backupId(),
        manifest.status(),
        manifest.trigger(),
        manifest.safetyFor(),
        manifest.requested(),
        manifest.startedAt(),
        manifest.finishedAt(),
        Optional.of(clock.instant()),
        manifest.installation(),
        manifest.host(),
        manifest.softwareVersion(),
        name.compression().word(),
        manifest.components(),
        manifest.failure());
  }

  /** Refuses a manifest of another run, or of a status that is not published. */
  public void requirePublishable(Manifest manifest) {
    if (!manifest.runId().equals(name.run())
        || manifest.trigger() != name.trigger()
        || !manifest.status().isPublished()) {
      throw new HoldfastException(
          ErrorCode.INTERNAL,
          "a manifest of run "
              + manifest.runId()
              + " with status "
              + manifest.status().word()
              + " cannot be published as "
              + name,
          "");
    }
  }

  /**
   * Refuses a copy whose manifest would not tell how it is stored.
   *
   * @param original the manifest as it stands in another repository
   */
  public void requireCopy(Manifest original) {
    if (!original.compression().equals(name.compression().word())) {
      throw new HoldfastException(
          ErrorCode.INTERNAL,
          "a manifest that says " + original.compression() + " cannot be published as " + name,
          "");
    }
  }

  /**
   * What is to be published.
   *
   * @param checksums SHA-256 of the list of checksums
   * @param original what this is a copy of, if it is one
   * @throws HoldfastException {@code ARTIFACT_CORRUPT} if a copy would not have the same checksums
   */
  public StoredManifest stored(
      Manifest manifest, String checksums, Optional<StoredManifest> original) throws IOException {
    if (original.isPresent()) {
      requireChecksums(original.get().checksumsSha256(), checksums);
      return original.get();
    }
    var stored = new StoredManifest(manifest, Optional.of(checksums));
    return seal.isEmpty()
        ? stored
        : stored.signed(Optional.of(seal.get().of(manifest, ManifestCodec.encode(stored))));
  }

  private static void requireChecksums(Optional<String> expected, String checksums) {
    if (!expected.equals(Optional.of(checksums))) {
      throw new HoldfastException(
              ErrorCode.ARTIFACT_CORRUPT,
              "the copy has other checksums than the manifest of the original says",
              "Nothing was published. Check the repository that it comes from.")
          .with("path", BackupLayout.CHECKSUMS);
    }
  }

  /** Throws if what was written is not what was read back. */
  public void requireNone(Problems problems) {
    List<RepositoryProblem> all = problems.all();
    if (!all.isEmpty()) {
      RepositoryProblem first = all.getFirst();
      throw new HoldfastException(
              ErrorCode.ARTIFACT_CORRUPT,
              "the repository did not keep what it was given: "
                  + first.message()
                  + (all.size() > 1 ? "; and " + (all.size() - 1) + " more" : ""),
              "Nothing was published. Look for errors of the disk or the memory, and run again.")
          .with("path", first.subject());
    }
  }

  /**
   * The one atomic step: gives what is complete and durable its name among the published backups,
   * and makes the name durable. If that last part fails, the name is taken back.
   *
   * @param complete the directory or the archive
   */
  public void publish(FilePath complete) throws IOException {
    FilePath published = layout.completed(name);
    try {
      files.renameNew(complete, published);
      files.sync(layout.completed());
      files.sync(complete.parent());
    } catch (IOException | RuntimeException failure) {
      takeBack(published, complete, failure);
      throw failure;
    }
  }

  /** Even a renaming that fails may have happened, as over a network whose answer was lost. */
  private void takeBack(FilePath published, FilePath complete, Exception failure) {
    try {
      if (files.find(complete).isEmpty()) {
        files.rename(published, complete);
      }
    } catch (IOException | RuntimeException alsoFailed) {
      failure.addSuppressed(alsoFailed);
    }
  }

  /** See {@link FailedRuns}. */
  public void fail(Manifest manifest) throws IOException {
    errors.translate(() -> new FailedRuns(files, layout).file(name, manifest));
  }
}
