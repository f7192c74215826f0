package io.holdfast.store.sqlite;

import io.holdfast.engine.artifact.CheckResult;
import io.holdfast.engine.component.RestoreContext;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.AttributeName;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** What both ways of restoring do to the copy that lies beside the live database. */
final class Staging {
  private final FileLayer files;
  private final SqliteSettings settings;
  private final RestoreContext context;

  Staging(FileLayer files, SqliteSettings settings, RestoreContext context) {
    this.files = files;
    this.settings = settings;
    this.context = context;
  }

  /** Fails early where the restore would run out of room half-way. */
  void requireRoom(FilePath directory, long bytes) throws IOException {
    long usable = files.space(directory).usable();
    if (usable < bytes) {
      throw new HoldfastException(
          ErrorCode.TARGET_FULL,
          "restoring needs " + bytes + " bytes in " + directory + ", and " + usable + " are free",
          "Make room, or restore to another place.");
    }
  }

  /** Unpacks an artifact, which verifies it, into a file that does not exist; not yet durable. */
  void unpack(Artifacts artifacts, String name, FilePath to) throws IOException {
    ContentCopy.unpack(files, artifacts.source().file(name), to, context.cancellation());
  }

  /** Makes what was unpacked durable, and sure that it is a sound database. */
  void requireSound(FilePath staged) throws IOException {
    // The disk writes while SQLite reads.
    try (var sync = Alongside.start("holdfast-sqlite-sync", () -> synced(staged))) {
      requireIntegrity(staged);
      sync.result();
    }
  }

  private boolean synced(FilePath staged) throws IOException {
    files.sync(staged);
    return true;
  }

  private void requireIntegrity(FilePath staged) {
    CheckResult result =
        Verification.of(
            new Subject(Subject.Role.ARTIFACT, staged),
            settings.integrityCheck(),
            context.cancellation());
    if (!result.ok()) {
      throw new HoldfastException(
          ErrorCode.ARTIFACT_INVALID,
          "the database in the backup is damaged: " + result.detail(),
          "Nothing was touched. Restore an older backup.");
    }
  }

  /** Gives a file what the live one has, or had when it was backed up. */
  void likeTheOriginal(FilePath staged, Optional<FilePath> live, DatabaseNote note)
      throws IOException {
    if (live.isEmpty()) {
      own(staged, note.uid(), note.gid());
      files.setMode(staged, note.mode());
      return;
    }
    FileStat stat = files.follow(live.get());
    own(staged, stat.uid(), stat.gid());
    files.setMode(staged, stat.mode());
    for (Map.Entry<AttributeName, byte[]> attribute : files.attributes(live.get()).entrySet()) {
      try {
        files.setAttribute(staged, attribute.getKey().toBytes(), attribute.getValue());
      } catch (IOException e) {
        context.warn("attribute " + attribute.getKey() + " could not be set: " + e.getMessage());
      }
    }
  }

  /** Gives a directory that was missing what it had when the database was backed up. */
  void likeTheOriginal(FilePath directory, DatabaseNote note) throws IOException {
    if (note.directory().isPresent()) {
      DatabaseNote.Permissions had = note.directory().get();
      own(directory, had.uid(), had.gid());
      files.setMode(directory, had.mode());
    }
  }

  private void own(FilePath path, long uid, long gid) throws IOException {
    FileStat stat = files.follow(path);
    if (stat.uid() == uid && stat.gid() == gid) {
      return;
    }
    try {
      files.setOwner(path, uid, gid);
    } catch (IOException e) {
      context.warn(
          "the database's owner could not be set to " + uid + ":" + gid + ": " + e.getMessage());
    }
  }
}
