package io.holdfast.engine.repository.directory.plain;

import io.holdfast.engine.artifact.ArtifactSource;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.manifest.StoredManifest;
import io.holdfast.engine.repository.BackupReader;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.repository.content.BackupLayout;
import io.holdfast.engine.repository.content.Components;
import io.holdfast.engine.repository.content.Damage;
import io.holdfast.engine.repository.content.ManifestFiles;
import io.holdfast.engine.repository.content.Problems;
import io.holdfast.engine.repository.layout.StorageErrors;
import io.holdfast.engine.repository.transfer.Buffers;
import io.holdfast.engine.repository.transfer.FileInput;
import io.holdfast.engine.repository.transfer.Meter;
import io.holdfast.engine.repository.transfer.Sha256;
import io.holdfast.engine.repository.transfer.Workers;
import io.holdfast.engine.run.Cancellation;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/** A plain backup that is open for reading. Thread-safe. */
public final class PlainBackupReader implements BackupReader {
  private static final int BUFFER = 512 << 10;

  private final FileLayer files;
  private final StorageErrors errors;
  private final FilePath directory;
  private final StoredManifest stored;
  private final Runnable onClose;

  /**
   * Opens a backup whose manifest was read.
   *
   * @param onClose run once it is closed
   */
  public PlainBackupReader(
      FileLayer files,
      StorageErrors errors,
      FilePath directory,
      StoredManifest stored,
      Runnable onClose) {
    this.files = files;
    this.errors = errors;
    this.directory = directory;
    this.stored = stored;
    this.onClose = onClose;
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
  public long storedBytes() throws IOException {
    return errors.translate(() -> allocated(directory));
  }

  @Override
  public ArtifactSource artifacts(
      ComponentName component, Cancellation cancellation, LongConsumer progress) {
    ComponentRecord record = Components.require(manifest(), component);
    return new PlainSource(
        files, errors, directory, component, record.artifacts(), new Meter(cancellation, progress));
  }

  @Override
  public List<RepositoryProblem> verify(
      Collection<ComponentName> components, Cancellation cancellation, LongConsumer progress)
      throws IOException {
    var problems = new Problems(manifest().runId());
    var meter = new Meter(cancellation, progress);
    errors.translate(() -> {
      try (var workers = Workers.start("verify")) {
        var verification =
            new PlainVerification(
                files, errors, workers, new Buffers(BUFFER), directory, meter, problems);
        ownFiles(problems, meter);
        for (ComponentName component : components) {
          verification.component(component, Components.require(manifest(), component).artifacts());
        }
      }
    });
    return problems.all();
  }

  @Override
  public void close() {
    onClose.run();
  }

  /** The backup's own files, and whether there is anything in its root that should not be. */
  private void ownFiles(Problems problems, Meter meter) throws IOException {
    Set<String> expected = new HashSet<>();
    expected.add(BackupLayout.MANIFEST);
    expected.add(BackupLayout.MANIFEST_CHECKSUM);
    expected.add(BackupLayout.CHECKSUMS);
    if (stored.signature().isPresent()) {
      expected.add(BackupLayout.MANIFEST_SIGNATURE);
    }
    for (ComponentRecord component : manifest().components()) {
      if (component.isRestorable()) {
        expected.add(component.name().value());
      }
    }
    PlainVerification.strangers(files, directory, expected, "", problems);
    try {
      checksums(meter);
    } catch (FileLayerException failure) {
      problems.add(errors.damage(failure, BackupLayout.CHECKSUMS), BackupLayout.CHECKSUMS);
    } catch (HoldfastException failure) {
      problems.add(failure, BackupLayout.CHECKSUMS);
    }
  }

  private void checksums(Meter meter) throws IOException {
    String expected =
        stored
            .checksumsSha256()
            .orElseThrow(() ->
                ManifestFiles.corrupt("the manifest does not know its " + BackupLayout.CHECKSUMS));
    var sha256 = new Sha256();
    try (var in = new FileInput(files.open(directory.resolve(BackupLayout.CHECKSUMS)))) {
      byte[] block = new byte[64 << 10];
      for (int count = in.read(block); count > 0; count = in.read(block)) {
        meter.check();
        sha256.update(block, 0, count);
      }
    }
    String found = sha256.hexDigest();
    if (!found.equals(expected)) {
      throw Damage.artifact(
          BackupLayout.CHECKSUMS, "has the SHA-256 " + found + " instead of " + expected, null);
    }
  }

  private long allocated(FilePath path) throws IOException {
    var stat = files.find(path);
    long sum =
        stat.isEmpty()
            ? 0
            : stat.get().allocated()
                / Math.max(1, stat.get().isDirectory() ? 1 : stat.get().links());
    if (stat.isPresent() && stat.get().isDirectory()) {
      for (byte[] name : files.list(path)) {
        sum += allocated(path.resolve(name));
      }
    }
    return sum;
  }
}
