package io.holdfast.engine.copy;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactSource;
import io.holdfast.engine.backup.Failures;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.manifest.StoredManifest;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.repository.BackupReader;
import io.holdfast.engine.repository.BackupWriter;
import io.holdfast.engine.repository.BackupWriter.ComponentWriter;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.repository.content.BackupLayout;
import io.holdfast.engine.repository.content.Damage;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunPhase;
import io.holdfast.engine.run.RunStatus;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/**
 * Copies one backup, in these steps:
 *
 * <ol>
 *   <li>A record of the backup under way, so that what a crash leaves can be told from the record
 *       of a failed run.
 *   <li>Every artifact, read as a restore reads it, and so verified (P5), and written as a backup
 *       writes it. What the target says it stored has to be what the manifest lists.
 *   <li>The target reads back what it stored.
 *   <li>The manifest of the source is published as it is.
 * </ol>
 *
 * <p>What fails before the last step leaves nothing.
 */
final class BackupCopy {
  private final BackupReader reader;
  private final StoredManifest stored;
  private final Manifest manifest;
  private final Repository target;
  private final RunMonitor monitor;
  private final TreeCopy trees;

  /**
   * @param firstInode the number of the first file with several names; no two copies have one in
   *     common
   */
  BackupCopy(BackupReader reader, Repository target, long firstInode, RunMonitor monitor) {
    this.reader = reader;
    this.stored = reader.stored();
    this.manifest = stored.manifest();
    this.target = target;
    this.monitor = monitor;
    this.trees = new TreeCopy(firstInode);
  }

  void execute() throws IOException {
    var start =
        new Repository.BackupStart(
            manifest.runId(),
            manifest.backupId(),
            manifest.trigger(),
            compression(),
            manifest.installation());
    try (BackupWriter writer = target.begin(start)) {
      try {
        writer.checkpoint(manifest);
        write(writer);
      } catch (IOException | RuntimeException e) {
        HoldfastException why = Failures.of("the copy of backup " + manifest.runId(), e);
        giveUp(writer, why);
        throw why;
      }
    }
  }

  /** Stored by another rule, the manifest would not tell how it is stored. */
  private Compression compression() {
    return Compression.ofWord(manifest.compression())
        .orElseThrow(() ->
            new HoldfastException(
                ErrorCode.BACKUP_UNSUITABLE,
                "backup "
                    + manifest.runId()
                    + " is stored as "
                    + manifest.compression()
                    + ", which is not known here",
                "Copy it with the version of Holdfast that wrote it, or a newer one."));
  }

  private void write(BackupWriter writer) throws IOException {
    monitor.phase(RunPhase.TRANSFER);
    LongConsumer progress = meter();
    for (ComponentRecord component : manifest.components()) {
      if (component.isRestorable()) {
        component(writer, component, progress);
      }
    }
    monitor.phase(RunPhase.VERIFY);
    writer.verify(monitor.cancellation(), meter());
    monitor.cancellation().check();
    monitor.phase(RunPhase.PUBLISH);
    writer.publishCopy(stored);
  }

  private LongConsumer meter() {
    return monitor.meter(manifest.runId().value(), OptionalLong.of(manifest.sizeBytes()));
  }

  private void component(BackupWriter writer, ComponentRecord component, LongConsumer progress)
      throws IOException {
    // Read and written bytes are the same ones, and counted once.
    ArtifactSource source = reader.artifacts(component.name(), monitor.cancellation(), read -> {});
    try (ComponentWriter out =
        writer.component(component.name(), monitor.cancellation(), progress)) {
      for (Artifact artifact : component.artifacts()) {
        Artifact copied =
            switch (artifact.type()) {
              case FILE -> out.sink().file(artifact.name(), source.file(artifact.name()));
              case TREE -> trees.copy(source, out.sink(), artifact.name());
            };
        artifact.checks().forEach(check -> out.sink().checked(artifact.name(), check));
        requireSame(component, artifact, copied);
      }
      List<Artifact> all = out.artifacts();
      if (!all.equals(component.artifacts())) {
        throw Damage.artifact(component.name().value(), "is not what the manifest lists", null);
      }
    }
  }

  private static void requireSame(ComponentRecord component, Artifact listed, Artifact copied) {
    boolean same =
        copied.sha256().equals(listed.sha256())
            && copied.sizeBytes() == listed.sizeBytes()
            && copied.files() == listed.files();
    if (!same) {
      throw Damage.artifact(
          BackupLayout.artifact(component.name(), listed.name()),
          "is not what the manifest lists: "
              + copied.files()
              + " files with "
              + copied.sizeBytes()
              + " bytes, and SHA-256 "
              + copied.sha256(),
          null);
    }
  }

  /**
   * Leaves neither a backup nor the record of one; or all of it, where only the answer to the last
   * step was lost.
   */
  private void giveUp(BackupWriter writer, HoldfastException why) {
    try {
      RunId run = manifest.runId();
      // One that is cancelled is published if it is too late for that, and does not end so.
      if (why.code() != ErrorCode.CANCELLED && target.index().runs().contains(run)) {
        return;
      }
      writer.fail(failed(why));
      if (target.listFailed().stream().map(BackupEntry::runId).anyMatch(run::equals)) {
        target.delete(run);
      }
    } catch (IOException | RuntimeException left) {
      // The next copy removes it.
      why.addSuppressed(left);
    }
  }

  private Manifest failed(HoldfastException why) {
    return new Manifest(
        manifest.runId(),
        manifest.backupId(),
        why.code() == ErrorCode.CANCELLED ? RunStatus.CANCELLED : RunStatus.FAILED,
        manifest.trigger(),
        manifest.safetyFor(),
        manifest.requested(),
        manifest.startedAt(),
        manifest.finishedAt(),
        Optional.empty(),
        manifest.installation(),
        manifest.host(),
        manifest.softwareVersion(),
        manifest.compression(),
        List.of(),
        Optional.of(new ComponentRecord.Failure(why.code(), why.message(), why.guidance())));
  }
}
