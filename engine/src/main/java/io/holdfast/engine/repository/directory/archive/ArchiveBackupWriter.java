package io.holdfast.engine.repository.directory.archive;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.file.WritableFile;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.manifest.StoredManifest;
import io.holdfast.engine.repository.BackupWriter;
import io.holdfast.engine.repository.content.BackupLayout;
import io.holdfast.engine.repository.content.Problems;
import io.holdfast.engine.repository.content.StoredArtifacts;
import io.holdfast.engine.repository.layout.RepositoryLayout;
import io.holdfast.engine.repository.layout.RunningBackup;
import io.holdfast.engine.repository.listing.ChecksumList;
import io.holdfast.engine.repository.listing.ListingReader;
import io.holdfast.engine.repository.transfer.Buffers;
import io.holdfast.engine.repository.transfer.EarlySync;
import io.holdfast.engine.repository.transfer.FileInput;
import io.holdfast.engine.repository.transfer.FileOutput;
import io.holdfast.engine.repository.transfer.Meter;
import io.holdfast.engine.repository.transfer.Workers;
import io.holdfast.engine.run.Cancellation;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongConsumer;

/**
 * Writes a backup as one archive.
 *
 * <p>While it runs, {@code .running/<name>} holds the archive as {@code backup}, the listings of
 * trees, and what components place. Order of a publication:
 *
 * <ol>
 *   <li>All streams of components are in the file.
 *   <li>{@code SHA256SUMS}, the frame of the manifest, the table and the trailer are written behind
 *       them; the file is synced.
 *   <li>The end of the file is read back.
 *   <li>The file is renamed to {@code completed/<name>.tar.zst} or {@code .tar.gz}: the backup is
 *       published.
 *   <li>{@code completed} and {@code .running/<name>} are synced: it stays published.
 *   <li>{@code .running/<name>} is removed; if that fails, the next {@code prepare} does it.
 * </ol>
 */
public final class ArchiveBackupWriter implements BackupWriter {
  private static final String ARCHIVE = "backup";
  private static final int BUFFER = 256 << 10;

  private final FileLayer files;
  private final RunningBackup running;
  private final FilePath directory;
  private final FilePath archive;
  private final WritableFile file;
  private final FrameCodec codec;
  private final Workers workers = Workers.start("backup");
  private final FrameTable table = new FrameTable();
  private final FramePipeline pipeline;
  private final ArchiveTools tools;
  private final Map<ComponentName, ArchiveComponentWriter> components =
      new ConcurrentSkipListMap<>();

  /**
   * Begins a backup in a directory that is there and empty.
   *
   * @param level how hard to compress with zstd
   */
  public ArchiveBackupWriter(RunningBackup running, int level) throws IOException {
    this.files = running.files();
    this.running = running;
    this.directory = running.directory();
    this.archive = directory.resolve(ARCHIVE);
    this.codec = FrameCodec.of(running.name().compression(), level);
    this.file = files.create(archive, RepositoryLayout.FILE_MODE);
    this.pipeline = new FramePipeline(file, codec, workers, table);
    this.tools =
        new ArchiveTools(
            files,
            running.errors(),
            pipeline,
            new Buffers(BUFFER),
            Math.max(0, running.clock().instant().getEpochSecond()));
  }

  @Override
  public ComponentWriter component(
      ComponentName name, Cancellation cancellation, LongConsumer progress) throws IOException {
    return running
        .errors()
        .translate(() -> {
          var writer =
              new ArchiveComponentWriter(tools, new Meter(cancellation, progress), directory, name);
          components.put(name, writer);
          return writer;
        });
  }

  @Override
  public void verify(Cancellation cancellation, LongConsumer progress) throws IOException {
    var problems = new Problems(running.name().run());
    running
        .errors()
        .translate(() -> {
          pipeline.drain();
          EarlySync.during(file::sync, () -> readBack(new Meter(cancellation, progress), problems));
        });
    running.requireNone(problems);
  }

  private void readBack(Meter meter, Problems problems) throws IOException {
    try (var reading = files.open(archive)) {
      var frames = new FrameFile(reading, table, codec, workers, running.errors());
      var verification = new ArchiveVerification(frames, tools.created(), meter, problems);
      for (var component : components.entrySet()) {
        verification.component(component.getKey(), component.getValue().artifacts());
      }
    }
  }

  @Override
  public void checkpoint(Manifest manifest) throws IOException {
    running.checkpoint(manifest);
  }

  @Override
  public Manifest publish(Manifest manifest) throws IOException {
    requireComplete(manifest);
    Manifest received = running.received(manifest);
    publish(received, Optional.empty());
    return received;
  }

  @Override
  public void publishCopy(StoredManifest original) throws IOException {
    requireComplete(original.manifest());
    running.requireCopy(original.manifest());
    publish(original.manifest(), Optional.of(original));
  }

  private void publish(Manifest manifest, Optional<StoredManifest> original) throws IOException {
    running.errors().translate(() -> write(manifest, original));
    try {
      FileTrees.deleteTree(files, directory);
    } catch (IOException left) {
      // The backup is published; the next prepare() removes what is left of the work on it.
    }
  }

  /**
   * @param original what this is a copy of, if it is one
   */
  private void write(Manifest manifest, Optional<StoredManifest> original) throws IOException {
    String checksums = checksums(manifest);
    StoredManifest stored = running.stored(manifest, checksums, original);
    new ArchiveEnding(pipeline, table, codec, running.name().compression(), tools.created())
        .write(stored);
    file.sync();
    file.close();
    try (var reading = ArchiveFile.open(files, archive, running.name(), codec)) {
      if (!reading.manifest().equals(stored)) {
        throw new HoldfastException(
            ErrorCode.ARTIFACT_CORRUPT,
            "the repository did not keep the manifest that it was given",
            "Nothing was published. Look for errors of the disk or the memory, and run again.");
      }
    }
    running.publish(archive);
  }

  /** Writes the list of checksums into a file, since its length stands before it, and stores it. */
  private String checksums(Manifest manifest) throws IOException {
    FilePath spool = directory.resolve(BackupLayout.CHECKSUMS);
    String sha256;
    try (var out = new FileOutput(files.create(spool, RepositoryLayout.FILE_MODE))) {
      sha256 = ChecksumList.write(out, manifest, this::listing);
    }
    var content = new io.holdfast.engine.repository.transfer.StoredFileContent(files, spool);
    var meter = new Meter(new Cancellation(), bytes -> {});
    try (var reader = content.open();
        var out = new StreamWriter(pipeline, FrameTable.OWN)) {
      pipeline.size(FrameTable.OWN, reader.size());
      tools.store(
          out,
          TarHeader.file(BackupLayout.CHECKSUMS, reader.size(), tools.created()),
          reader.size(),
          reader,
          reader.extents(),
          meter);
    }
    return sha256;
  }

  private ListingReader listing(ComponentName component, Artifact tree) throws IOException {
    String subject = BackupLayout.listing(component, tree.name());
    return new ListingReader(
        new FileInput(files.open(directory.resolve(subject))), subject, tree.sha256());
  }

  @Override
  public void fail(Manifest manifest) throws IOException {
    close();
    running.fail(manifest);
  }

  @Override
  public void close() throws IOException {
    workers.close();
    codec.close();
    try {
      file.close();
    } catch (IOException given) {
      // After a publication it is closed already; without one nobody will read it.
    }
  }

  private void requireComplete(Manifest manifest) {
    running.requirePublishable(manifest);
    StoredArtifacts.requireStored(
        manifest,
        name ->
            Optional.ofNullable(components.get(name))
                .filter(ArchiveComponentWriter::isClosed)
                .map(ArchiveComponentWriter::artifacts));
  }
}
