package io.holdfast.engine.repository.directory.plain;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactType;
import io.holdfast.engine.artifact.Content.Extent;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.ReadableFile;
import io.holdfast.engine.repository.content.BackupLayout;
import io.holdfast.engine.repository.content.Damage;
import io.holdfast.engine.repository.content.Problems;
import io.holdfast.engine.repository.layout.RealDirectories;
import io.holdfast.engine.repository.layout.StorageErrors;
import io.holdfast.engine.repository.transfer.Buffers;
import io.holdfast.engine.repository.transfer.Meter;
import io.holdfast.engine.repository.transfer.Workers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;

/**
 * Reads components of a plain backup from beginning to end and compares everything with what the
 * manifest and the listings say; also finds what they do not name. Files are read by the workers,
 * so many at a time and no more. Used by one thread.
 */
final class PlainVerification {
  private static final int MOST_UNDER_WAY = 256;

  private final FileLayer files;
  private final StorageErrors errors;
  private final Workers workers;
  private final Buffers buffers;
  private final FilePath backup;
  private final Meter meter;
  private final Problems problems;
  private final ArrayDeque<Future<Boolean>> underWay = new ArrayDeque<>();

  PlainVerification(
      FileLayer files,
      StorageErrors errors,
      Workers workers,
      Buffers buffers,
      FilePath backup,
      Meter meter,
      Problems problems) {
    this.files = files;
    this.errors = errors;
    this.workers = workers;
    this.buffers = buffers;
    this.backup = backup;
    this.meter = meter;
    this.problems = problems;
  }

  /** Checks all artifacts of a component, and that there is nothing else in its directory. */
  void component(ComponentName component, List<Artifact> artifacts) throws IOException {
    FilePath directory = backup.resolve(component.value());
    try {
      RealDirectories.require(files, directory, component.value());
    } catch (HoldfastException missing) {
      problems.add(missing, component.value());
      return;
    }
    Set<String> expected = new HashSet<>();
    for (Artifact artifact : artifacts) {
      expected.add(artifact.name());
      if (artifact.type() == ArtifactType.TREE) {
        expected.add(BackupLayout.listingName(artifact.name()));
      }
    }
    strangers(files, directory, expected, component + "/", problems);
    for (Artifact artifact : artifacts) {
      String subject = BackupLayout.artifact(component, artifact.name());
      switch (artifact.type()) {
        case FILE -> {
          long size = artifact.sizeBytes();
          file(backup.resolve(subject), subject, size, artifact.sha256());
        }
        case TREE -> new TreeVerification(this, component, artifact).run();
      }
    }
    finish();
  }

  /** Waits for what is under way. */
  void finish() throws IOException {
    while (!underWay.isEmpty()) {
      Workers.await(underWay.removeFirst());
    }
  }

  /** Has a file read and compared. */
  void file(FilePath path, String subject, long size, String sha256) throws IOException {
    underWay.addLast(
        workers.submit(() -> {
          problem(subject, () -> compare(path, subject, size, sha256));
          return true;
        }));
    if (underWay.size() > MOST_UNDER_WAY) {
      Workers.await(underWay.removeFirst());
    }
  }

  /** Runs a check, and keeps what it finds. */
  void problem(String subject, StorageErrors.Task check) throws IOException {
    try {
      check.run();
    } catch (FileLayerException failure) {
      problems.add(errors.damage(failure, subject), subject);
    } catch (HoldfastException failure) {
      problems.add(failure, subject);
    }
  }

  FileLayer files() {
    return files;
  }

  FilePath backup() {
    return backup;
  }

  Problems problems() {
    return problems;
  }

  Meter meter() {
    return meter;
  }

  /** Reports every name in a directory that is not expected there. */
  static void strangers(
      FileLayer files, FilePath directory, Set<String> expected, String prefix, Problems problems)
      throws IOException {
    for (byte[] name : files.list(directory)) {
      if (!expected.contains(new String(name, StandardCharsets.ISO_8859_1))) {
        problems.add(
            prefix + FilePath.display(name),
            "is in the backup, but neither manifest nor listing names it");
      }
    }
  }

  private void compare(FilePath path, String subject, long size, String sha256) throws IOException {
    meter.check();
    try (ReadableFile file = files.open(path)) {
      long found = file.stat().size();
      if (found != size) {
        throw Damage.artifact(subject, "has " + found + " bytes instead of " + size, null);
      }
      ByteBuffer buffer = buffers.take();
      try {
        // Its own holes and not those of the listing: what lies there now is what counts.
        List<Extent> data =
            file.stat().allocated() < size
                ? StoredFile.dataOf(file, size)
                : size == 0 ? List.of() : List.of(new Extent(0, size));
        String digest = new StoredFile(file, size, data, subject, meter).readAll(buffer);
        if (!digest.equals(sha256)) {
          throw Damage.artifact(
              subject, "has the SHA-256 " + digest + " instead of " + sha256, null);
        }
      } finally {
        buffers.give(buffer);
      }
    }
  }
}
