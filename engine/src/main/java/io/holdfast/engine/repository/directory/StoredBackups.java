package io.holdfast.engine.repository.directory;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.manifest.ManifestCodec;
import io.holdfast.engine.manifest.StoredManifest;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.repository.content.BackupLayout;
import io.holdfast.engine.repository.content.ManifestFiles;
import io.holdfast.engine.repository.directory.archive.ArchiveBackupReader;
import io.holdfast.engine.repository.layout.BackupName;
import io.holdfast.engine.repository.layout.RealDirectories;
import io.holdfast.engine.repository.layout.RepositoryLayout;
import io.holdfast.engine.repository.layout.StorageErrors;
import io.holdfast.engine.run.RunId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds backups and records by name, and reads their manifests.
 *
 * @param files the file layer
 * @param layout the repository
 * @param errors explains failures
 */
record StoredBackups(FileLayer files, RepositoryLayout layout, StorageErrors errors) {

  /** The names in {@code completed} or {@code failed} that are names of backups, newest first. */
  List<BackupName> names(FilePath directory) throws IOException {
    var names = new ArrayList<BackupName>();
    for (byte[] name : files.list(directory)) {
      BackupName.parse(name).ifPresent(names::add);
    }
    names.sort(Comparator.comparing(BackupName::run).reversed());
    return names;
  }

  /** The published backup of a run. */
  Optional<BackupName> completed(RunId run) throws IOException {
    return find(run, layout::completed);
  }

  /** The record of a failed run. */
  Optional<BackupName> failed(RunId run) throws IOException {
    return find(run, layout::failed);
  }

  private Optional<BackupName> find(RunId run, Function<BackupName, FilePath> place)
      throws IOException {
    for (BackupName name : BackupName.possible(run)) {
      if (files.find(place.apply(name)).isPresent()) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  /** An entry of a list, damaged or not; empty for one that is deleted at this moment. */
  Optional<BackupEntry> entryIfThere(BackupName name, FilePath path) throws IOException {
    BackupEntry entry;
    try {
      entry = entry(name, path);
    } catch (FileLayerException failure) {
      if (files.find(path).isEmpty()) {
        return Optional.empty();
      }
      throw failure;
    }
    return entry instanceof BackupEntry.Readable || files.find(path).isPresent()
        ? Optional.of(entry)
        : Optional.empty();
  }

  private BackupEntry entry(BackupName name, FilePath path) throws IOException {
    long storedBytes = name.isArchive() ? files.find(path).map(FileStat::size).orElse(-1L) : -1;
    try {
      return new BackupEntry.Readable(read(name, path).manifest(), storedBytes);
    } catch (HoldfastException damaged) {
      if (damaged.code().kind() != ErrorCode.Kind.CORRUPT) {
        throw damaged;
      }
      return new BackupEntry.Corrupt(
          name.run(),
          Optional.of(name.trigger()),
          Optional.empty(),
          // Nothing but the manifest tells.
          false,
          storedBytes,
          damaged.message(),
          damaged.code() == ErrorCode.FORMAT_UNSUPPORTED);
    }
  }

  /**
   * The manifest of a backup or of a record.
   *
   * @throws HoldfastException {@code MANIFEST_CORRUPT}, {@code FORMAT_UNSUPPORTED}
   */
  StoredManifest read(BackupName name, FilePath path) throws IOException {
    return name.isArchive()
        ? ArchiveBackupReader.summary(files, path, name).manifest()
        : readPlain(name, path);
  }

  private StoredManifest readPlain(BackupName name, FilePath directory) throws IOException {
    String origin = directory.resolve(BackupLayout.MANIFEST).toString();
    try {
      RealDirectories.require(files, directory, origin);
      byte[] manifest =
          FileTrees.readAll(
              files, directory.resolve(BackupLayout.MANIFEST), ManifestCodec.MAX_BYTES);
      byte[] checksum =
          FileTrees.readAll(
              files,
              directory.resolve(BackupLayout.MANIFEST_CHECKSUM),
              ManifestFiles.CHECKSUM_BYTES);
      FilePath signature = directory.resolve(BackupLayout.MANIFEST_SIGNATURE);
      Optional<byte[]> signed =
          files.find(signature).isEmpty()
              ? Optional.empty()
              : Optional.of(FileTrees.readAll(files, signature, ManifestFiles.MOST_SIGNATURE));
      return new ManifestFiles(manifest, checksum, signed)
          .decode(name.run(), name.trigger(), origin);
    } catch (FileLayerException failure) {
      HoldfastException damage = errors.damage(failure, origin);
      throw failure.reason() == FileLayerException.Reason.TOO_LARGE
              || damage.code() == ErrorCode.ARTIFACT_CORRUPT
          ? ManifestFiles.corrupt(origin + " cannot be read: " + failure.getMessage())
          : damage;
    } catch (HoldfastException damage) {
      throw damage.code() == ErrorCode.ARTIFACT_CORRUPT
          ? ManifestFiles.corrupt(damage.message())
          : damage;
    }
  }
}
