package io.holdfast.engine.repository.directory.archive;

import io.holdfast.engine.artifact.ArtifactSource;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.manifest.StoredManifest;
import io.holdfast.engine.repository.BackupReader;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.repository.content.Components;
import io.holdfast.engine.repository.content.Problems;
import io.holdfast.engine.repository.layout.BackupName;
import io.holdfast.engine.repository.layout.StorageErrors;
import io.holdfast.engine.repository.transfer.Meter;
import io.holdfast.engine.repository.transfer.Workers;
import io.holdfast.engine.run.Cancellation;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.function.LongConsumer;

/** An archive that is open for reading. Thread-safe, but for {@link #close}. */
public final class ArchiveBackupReader implements BackupReader {
  private static final int ANY_LEVEL = 1;

  private final StorageErrors errors;
  private final FrameCodec codec;
  private final ArchiveFile archive;
  private final StoredManifest stored;
  private final Workers workers;
  private final FrameFile frames;
  private final Runnable onClose;

  private ArchiveBackupReader(
      StorageErrors errors,
      FrameCodec codec,
      ArchiveFile archive,
      StoredManifest stored,
      FrameTable table,
      Runnable onClose) {
    this.errors = errors;
    this.codec = codec;
    this.archive = archive;
    this.stored = stored;
    this.workers = Workers.start("read");
    this.frames = new FrameFile(archive.file(), table, codec, workers, errors);
    this.onClose = onClose;
  }

  /** What a list needs to know of an archive. */
  public record Summary(StoredManifest manifest, long storedBytes) {}

  /**
   * Reads the manifest of an archive, and nothing but its end.
   *
   * @throws io.holdfast.engine.error.HoldfastException {@code MANIFEST_CORRUPT}, {@code
   *     FORMAT_UNSUPPORTED}
   */
  public static Summary summary(FileLayer files, FilePath path, BackupName name)
      throws IOException {
    try (FrameCodec codec = FrameCodec.of(name.compression(), ANY_LEVEL);
        ArchiveFile archive = ArchiveFile.open(files, path, name, codec)) {
      return new Summary(archive.manifest(), archive.length());
    }
  }

  /** As {@link #summary}, with the table of the archive checked too. */
  public static Summary structure(FileLayer files, FilePath path, BackupName name)
      throws IOException {
    try (FrameCodec codec = FrameCodec.of(name.compression(), ANY_LEVEL);
        ArchiveFile archive = ArchiveFile.open(files, path, name, codec)) {
      FrameTable table = archive.table();
      StoredManifest manifest = archive.manifest();
      for (ComponentRecord component : manifest.manifest().components()) {
        StreamCheck.require(table, component);
      }
      return new Summary(manifest, archive.length());
    }
  }

  /**
   * Opens an archive.
   *
   * @param onClose run once it is closed
   */
  public static ArchiveBackupReader open(
      FileLayer files, StorageErrors errors, FilePath path, BackupName name, Runnable onClose)
      throws IOException {
    FrameCodec codec = FrameCodec.of(name.compression(), ANY_LEVEL);
    try {
      ArchiveFile archive = ArchiveFile.open(files, path, name, codec);
      try {
        StoredManifest stored = archive.manifest();
        return new ArchiveBackupReader(errors, codec, archive, stored, archive.table(), onClose);
      } catch (IOException | RuntimeException failure) {
        archive.close();
        throw failure;
      }
    } catch (IOException | RuntimeException failure) {
      codec.close();
      throw failure;
    }
  }

  @Override
  public Manifest manifest() {
    return stored.manifest();
  }

  @Override
  public StoredManifest stored() {
    return stored;
  }

  @Override
  public long storedBytes() {
    return archive.length();
  }

  @Override
  public ArtifactSource artifacts(
      ComponentName component, Cancellation cancellation, LongConsumer progress) {
    return source(frames, component, cancellation, progress);
  }

  @Override
  public ArtifactSource artifactsFrugally(
      ComponentName component, Cancellation cancellation, LongConsumer progress) {
    return source(frames.frugal(), component, cancellation, progress);
  }

  private ArtifactSource source(
      FrameFile from, ComponentName component, Cancellation cancellation, LongConsumer progress) {
    return new ArchiveSource(
        from,
        archive.created(),
        component,
        Components.require(manifest(), component).artifacts(),
        new Meter(cancellation, progress));
  }

  @Override
  public List<RepositoryProblem> verify(
      Collection<ComponentName> components, Cancellation cancellation, LongConsumer progress)
      throws IOException {
    var problems = new Problems(manifest().runId());
    var verification =
        new ArchiveVerification(
            frames, archive.created(), new Meter(cancellation, progress), problems);
    errors.translate(() -> {
      verification.rest(stored);
      for (ComponentName component : components) {
        verification.component(component, Components.require(manifest(), component).artifacts());
      }
    });
    return problems.all();
  }

  @Override
  public void close() throws IOException {
    workers.close();
    codec.close();
    try {
      archive.close();
    } finally {
      onClose.run();
    }
  }
}
