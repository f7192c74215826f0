package io.holdfast.engine.repository.directory.plain;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.Metadata;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTime;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.manifest.StoredManifest;
import io.holdfast.engine.repository.BackupWriter;
import io.holdfast.engine.repository.content.BackupLayout;
import io.holdfast.engine.repository.content.ManifestFiles;
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
 * Writes a backup as plain files.
 *
 * <p>Order of a publication; what dies between two steps leaves what the step before made:
 *
 * <ol>
 *   <li>All content, links and listings lie under {@code .running/<name>}; one {@code syncfs} makes
 *       them durable.
 *   <li>{@code SHA256SUMS}, {@code manifest.json} and {@code manifest.json.sha256} are written and
 *       synced, then their directory.
 *   <li>{@code .running/<name>} is renamed to {@code completed/<name>}: the backup is published.
 *   <li>{@code completed} and {@code .running} are synced: it stays published.
 * </ol>
 */
public final class PlainBackupWriter implements BackupWriter {
  private static final int BUFFER = 512 << 10;

  private final FileLayer files;
  private final RunningBackup running;
  private final FilePath directory;
  private final PlainTools tools;
  private final Buffers buffers = new Buffers(BUFFER);
  private final Metadata fileMetadata;
  private final Map<ComponentName, PlainComponentWriter> components = new ConcurrentSkipListMap<>();

  /** Begins a backup in a directory that is there and empty. */
  public PlainBackupWriter(RunningBackup running) throws IOException {
    this.files = running.files();
    this.running = running;
    this.directory = running.directory();
    var own = files.follow(directory);
    var metadataCopy = new MetadataCopy(files, own);
    this.fileMetadata =
        new Metadata(
            RepositoryLayout.FILE_MODE,
            own.uid(),
            own.gid(),
            FileTime.of(running.clock().instant()),
            Map.of());
    this.tools =
        new PlainTools(
            files,
            running.errors(),
            Workers.start("backup"),
            new FileCopy(files, buffers, metadataCopy),
            metadataCopy);
  }

  @Override
  public ComponentWriter component(
      ComponentName name, Cancellation cancellation, LongConsumer progress) throws IOException {
    return running
        .errors()
        .translate(() -> {
          var writer =
              new PlainComponentWriter(
                  tools, new Meter(cancellation, progress), directory, name, fileMetadata);
          components.put(name, writer);
          return writer;
        });
  }

  @Override
  public void verify(Cancellation cancellation, LongConsumer progress) throws IOException {
    var problems = new Problems(running.name().run());
    var verification =
        new PlainVerification(
            files,
            running.errors(),
            tools.workers(),
            buffers,
            directory,
            new Meter(cancellation, progress),
            problems);
    try {
      running
          .errors()
          .translate(() ->
              EarlySync.during(
                  () -> files.syncFileSystem(directory), () -> readBack(verification)));
    } finally {
      verification.finish();
    }
    running.requireNone(problems);
  }

  private void readBack(PlainVerification verification) throws IOException {
    for (var component : components.entrySet()) {
      var artifacts = component.getValue().artifacts();
      if (!artifacts.isEmpty()) {
        verification.component(component.getKey(), artifacts);
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
    return running.errors().translate(() -> write(running.received(manifest), Optional.empty()));
  }

  @Override
  public void publishCopy(StoredManifest original) throws IOException {
    requireComplete(original.manifest());
    running.requireCopy(original.manifest());
    running.errors().translate(() -> write(original.manifest(), Optional.of(original)));
  }

  /**
   * @param original what this is a copy of, if it is one
   */
  private Manifest write(Manifest manifest, Optional<StoredManifest> original) throws IOException {
    FileTrees.deleteTree(files, directory.resolve(BackupLayout.PLACES));
    for (ComponentName name : components.keySet()) {
      if (manifest.component(name).filter(c -> c.isRestorable()).isEmpty()) {
        // What the discard of an abandoned component did not get to.
        FileTrees.deleteTree(files, directory.resolve(name.value()));
      }
    }
    files.syncFileSystem(directory);
    String checksums;
    try (var out =
        new FileOutput(
            files.create(directory.resolve(BackupLayout.CHECKSUMS), RepositoryLayout.FILE_MODE))) {
      checksums = ChecksumList.write(out, manifest, this::listing);
      out.sync();
    }
    var bytes = ManifestFiles.of(running.stored(manifest, checksums, original));
    if (bytes.signature().isPresent()) {
      FileTrees.writeNew(
          files,
          directory.resolve(BackupLayout.MANIFEST_SIGNATURE),
          bytes.signature().get(),
          RepositoryLayout.FILE_MODE);
    }
    FileTrees.writeNew(
        files,
        directory.resolve(BackupLayout.MANIFEST_CHECKSUM),
        bytes.checksum(),
        RepositoryLayout.FILE_MODE);
    FileTrees.replaceAtomically(
        files,
        directory.resolve(BackupLayout.MANIFEST),
        bytes.manifest(),
        RepositoryLayout.FILE_MODE);
    running.publish(directory);
    return manifest;
  }

  @Override
  public void fail(Manifest manifest) throws IOException {
    tools.workers().close();
    running.fail(manifest);
  }

  @Override
  public void close() {
    tools.workers().close();
  }

  private ListingReader listing(ComponentName component, Artifact tree) throws IOException {
    String subject = BackupLayout.listing(component, tree.name());
    return new ListingReader(
        new FileInput(files.open(directory.resolve(subject))), subject, tree.sha256());
  }

  private void requireComplete(Manifest manifest) {
    running.requirePublishable(manifest);
    StoredArtifacts.requireStored(
        manifest,
        name ->
            Optional.ofNullable(components.get(name))
                .filter(PlainComponentWriter::isClosed)
                .map(PlainComponentWriter::artifacts));
  }
}
