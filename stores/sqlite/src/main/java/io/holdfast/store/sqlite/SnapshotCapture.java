package io.holdfast.store.sqlite;

import io.holdfast.engine.artifact.ArtifactSink;
import io.holdfast.engine.artifact.BytesContent;
import io.holdfast.engine.artifact.CheckResult;
import io.holdfast.engine.component.Capture;
import io.holdfast.engine.component.CaptureContext;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.run.Cancellation;
import java.io.IOException;
import java.time.Instant;
import java.util.OptionalLong;

/** A database that SQLite can read: its pinned state is copied, checked and hashed. */
final class SnapshotCapture implements Capture {
  private final FileLayer files;
  private final SqliteSettings settings;
  private final CaptureContext context;
  private final DatabaseFile file;
  private final Snapshot snapshot;
  private final String name;
  private final DatabaseNote note;
  private final Instant instant;

  SnapshotCapture(
      FileLayer files,
      SqliteSettings settings,
      CaptureContext context,
      DatabaseFile file,
      Snapshot snapshot,
      DatabaseNote note,
      Instant instant) {
    this.files = files;
    this.settings = settings;
    this.context = context;
    this.file = file;
    this.snapshot = snapshot;
    this.name = ArtifactNames.copy(file.path());
    this.note = note;
    this.instant = instant;
  }

  @Override
  public Instant instant() {
    return instant;
  }

  @Override
  public OptionalLong estimatedBytes() {
    return OptionalLong.of(snapshot.size());
  }

  @Override
  public void writeTo(ArtifactSink sink) throws IOException {
    context.cancellation().check();
    FilePath place = sink.place(name);
    try {
      copyTo(place);
      if (context.purpose() == CaptureContext.Purpose.SAFETY) {
        // Checked before it is stored: what is stored stays.
        adoptIfSound(sink, place);
      } else {
        verifyAndAdopt(sink, place);
      }
    } catch (IOException | RuntimeException e) {
      removeQuietly(place, e);
      if (e instanceof HoldfastException failure
          && context.purpose() == CaptureContext.Purpose.SAFETY
          && WreckCapture.isWreck(failure)) {
        snapshot.close();
        new WreckCapture(files, context, file, files.follow(file.path()), failure, instant)
            .writeTo(sink);
        return;
      }
      throw e;
    }
    sink.file(ArtifactNames.NOTE, new BytesContent(note.toBytes()));
  }

  private void copyTo(FilePath place) throws IOException {
    if (settings.method() == SqliteSettings.Method.BACKUP) {
      snapshot.copyTo(place);
      // From here on the application may move on; its log can be checkpointed again.
      snapshot.close();
      return;
    }
    // VACUUM runs in no transaction, so it could not be given the pinned state; a copy can.
    FilePath pinned = place.withSuffix("-pinned");
    try {
      snapshot.copyTo(pinned);
      snapshot.close();
      files.create(place, 0600).close();
      try (Database database =
          Database.open(
              copy(pinned),
              Database.Access.IMMUTABLE,
              settings.busyTimeout(),
              context.cancellation())) {
        database.vacuumInto(place);
      }
      if (snapshot.usesLog()) {
        keepWriteAheadMode(place);
      }
    } finally {
      if (files.find(pinned).isPresent()) {
        files.delete(pinned);
      }
    }
  }

  /** VACUUM INTO makes a database in rollback mode; the mode belongs to the database. */
  private void keepWriteAheadMode(FilePath place) {
    try (Database database =
        Database.open(
            copy(place), Database.Access.WRITE, settings.busyTimeout(), context.cancellation())) {
      database.execute("PRAGMA synchronous = OFF");
      database.execute("PRAGMA journal_mode = WAL");
    }
  }

  /** Hashes the copy and checks it at the same time: two cores, one pass of the disk's cache. */
  private void verifyAndAdopt(ArtifactSink sink, FilePath place) throws IOException {
    Cancellation checking = context.cancellation().child();
    CheckResult result;
    try (var check =
        Alongside.start(
            "holdfast-sqlite-check",
            () -> Verification.of(copy(place), settings.integrityCheck(), checking))) {
      try {
        sink.adopt(name);
        String broken = Verification.brokenReferences(copy(place), checking);
        if (!broken.isEmpty()) {
          context.warn(broken);
        }
        result = check.result();
      } catch (IOException | RuntimeException e) {
        checking.cancel(Cancellation.Reason.ABANDONED);
        throw e;
      }
    }
    sink.checked(name, result);
    requireSound(result);
  }

  private void adoptIfSound(ArtifactSink sink, FilePath place) throws IOException {
    CheckResult result =
        Verification.of(copy(place), settings.integrityCheck(), context.cancellation());
    requireSound(result);
    sink.adopt(name);
    sink.checked(name, result);
  }

  private void requireSound(CheckResult result) {
    if (!result.ok()) {
      throw new Subject(Subject.Role.SOURCE, file.path()).damaged(result.detail());
    }
  }

  private static Subject copy(FilePath place) {
    return new Subject(Subject.Role.COPY, place);
  }

  private void removeQuietly(FilePath place, Exception cause) {
    try {
      if (files.find(place).isPresent()) {
        files.delete(place);
      }
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public void close() {
    snapshot.close();
  }
}
