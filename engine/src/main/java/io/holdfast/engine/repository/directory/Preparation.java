package io.holdfast.engine.repository.directory;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.manifest.ComponentStatus;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.manifest.ManifestCodec;
import io.holdfast.engine.repository.content.BackupLayout;
import io.holdfast.engine.repository.layout.BackupName;
import io.holdfast.engine.repository.layout.FailedRuns;
import io.holdfast.engine.repository.layout.RepositoryLayout;
import io.holdfast.engine.repository.transfer.Sha256;
import io.holdfast.engine.run.BackupId;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Ends what a process that died has begun: deletions are finished, backups under way become records
 * of failed runs. Everything can be repeated, and one leftover that resists does not keep the
 * others from being tidied.
 *
 * @param files the file layer
 * @param layout the repository
 * @param stored finds published backups
 * @param clock the repository's own clock
 */
record Preparation(FileLayer files, RepositoryLayout layout, StoredBackups stored, Clock clock) {
  private static final String MESSAGE = "interrupted";
  private static final String GUIDANCE =
      "The process that made this backup ended before the backup did; nothing was published. Make"
          + " a new one.";

  /** Does it, and answers the runs that were interrupted, oldest first. */
  List<RunId> run() throws IOException {
    IOException failure = null;
    for (byte[] name : files.list(layout.deleting())) {
      try {
        FileTrees.deleteTree(files, layout.deleting().resolve(name));
      } catch (IOException resists) {
        failure = resists;
      }
    }
    var interrupted = new ArrayList<RunId>();
    for (byte[] name : files.list(layout.running())) {
      Optional<BackupName> backup = BackupName.parse(name);
      if (backup.isPresent() && !backup.get().isArchive()) {
        try {
          if (end(backup.get())) {
            interrupted.add(backup.get().run());
          }
        } catch (IOException resists) {
          failure = resists;
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
    interrupted.sort(null);
    return List.copyOf(interrupted);
  }

  /** Ends a backup under way; answers whether it was interrupted before it was published. */
  private boolean end(BackupName name) throws IOException {
    if (stored.completed(name.run()).isPresent()) {
      // An archive that was published just before its process died.
      FileTrees.deleteTree(files, layout.running(name));
      return false;
    }
    if (!files.find(layout.running(name)).orElseThrow().isDirectory()) {
      // Nothing that Holdfast made; a link would lead elsewhere.
      files.delete(layout.running(name));
      return false;
    }
    new FailedRuns(files, layout).file(name, interrupted(name));
    return true;
  }

  private Manifest interrupted(BackupName name) {
    Manifest manifest;
    try {
      byte[] bytes =
          FileTrees.readAll(
              files, layout.running(name).resolve(BackupLayout.MANIFEST), ManifestCodec.MAX_BYTES);
      manifest = ManifestCodec.decode(bytes, layout.running(name).toString()).manifest();
      if (!manifest.runId().equals(name.run()) || manifest.trigger() != name.trigger()) {
        manifest = unknown(name);
      }
    } catch (IOException | HoldfastException never) {
      // Checkpoints are not durable, and there may have been none yet.
      manifest = unknown(name);
    }
    if (manifest.status() != RunStatus.RUNNING && !manifest.status().isPublished()) {
      // It had failed already, and says why; only the filing of its record was interrupted.
      return manifest;
    }
    return new Manifest(
        manifest.runId(),
        manifest.backupId(),
        RunStatus.FAILED,
        manifest.trigger(),
        manifest.safetyFor(),
        manifest.requested(),
        manifest.startedAt(),
        Optional.of(clock.instant()),
        Optional.empty(),
        manifest.installation(),
        manifest.host(),
        manifest.softwareVersion(),
        manifest.compression(),
        manifest.components().stream().map(Preparation::ended).toList(),
        Optional.of(new ComponentRecord.Failure(ErrorCode.INTERRUPTED, MESSAGE, GUIDANCE)));
  }

  private static ComponentRecord ended(ComponentRecord component) {
    if (component.status() != ComponentStatus.RUNNING) {
      return component;
    }
    return new ComponentRecord(
        component.name(),
        component.kind(),
        component.critical(),
        component.group(),
        ComponentStatus.FAILED,
        component.source(),
        component.instant(),
        component.startedAt(),
        component.finishedAt(),
        List.of(),
        component.warnings(),
        Optional.of(new ComponentRecord.Failure(ErrorCode.INTERRUPTED, MESSAGE, GUIDANCE)));
  }

  /** What the name alone tells; the id is made of it, so that it is the same every time. */
  private Manifest unknown(BackupName name) {
    byte[] digest = Sha256.of(name.run().value().getBytes(StandardCharsets.US_ASCII));
    return new Manifest(
        name.run(),
        new BackupId(Sha256.hex(digest).substring(0, 12)),
        RunStatus.RUNNING,
        name.trigger(),
        Optional.empty(),
        List.of(),
        startOf(name),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "unknown",
        "unknown",
        "unknown",
        List.of(),
        Optional.empty());
  }

  private java.time.Instant startOf(BackupName name) {
    try {
      FilePath running = layout.running(name);
      var modified = files.follow(running).modified();
      return java.time.Instant.ofEpochSecond(modified.seconds(), modified.nanos());
    } catch (IOException | java.time.DateTimeException unreadable) {
      return clock.instant();
    }
  }
}
