package io.holdfast.store.sqlite;

import io.holdfast.engine.artifact.ArtifactSource;
import io.holdfast.engine.artifact.CheckResult;
import io.holdfast.engine.component.Capture;
import io.holdfast.engine.component.CaptureContext;
import io.holdfast.engine.component.ComponentHandler;
import io.holdfast.engine.component.Finding;
import io.holdfast.engine.component.RestoreContext;
import io.holdfast.engine.component.StagedRestore;
import io.holdfast.engine.component.UndoRecord;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One SQLite database. */
final class SqliteHandler implements ComponentHandler {
  private final SqliteSettings settings;
  private final FileLayer files;

  SqliteHandler(SqliteSettings settings, FileLayer files) {
    this.settings = settings;
    this.files = files;
  }

  @Override
  public Map<String, String> source() {
    var source = new LinkedHashMap<String, String>();
    source.put("path", settings.path().toString());
    source.put("method", SqliteSettings.word(settings.method()));
    source.put("restore", SqliteSettings.word(settings.restore()));
    source.put("busy_timeout", settings.busyTimeoutText());
    source.put("integrity_check", SqliteSettings.word(settings.integrityCheck()));
    return source;
  }

  @Override
  public List<FilePath> places() {
    var places = new ArrayList<>(new DatabaseFile(settings.path()).all());
    try {
      DatabaseFile target = DatabaseFile.of(files, settings.path());
      if (!target.path().equals(settings.path())) {
        places.addAll(target.all());
      }
    } catch (IOException | HoldfastException e) {
      // A link that cannot be followed: capture and restore say so; the path itself is a place.
    }
    return List.copyOf(places);
  }

  @Override
  public Capture capture(CaptureContext context) throws IOException {
    DatabaseFile file = DatabaseFile.existing(files, settings.path());
    FileStat stat = files.follow(file.path());
    String name = ArtifactNames.copy(file.path());
    DatabaseNote note =
        DatabaseNote.of(DatabaseNote.Form.DATABASE, stat, files.follow(file.path().parent()));
    Instant instant = context.clock().instant();
    if (isEmpty(file, stat)) {
      return new EmptyCapture(name, note, instant);
    }
    try {
      boolean mayRepair = context.purpose() == CaptureContext.Purpose.BACKUP;
      Snapshot snapshot = Snapshot.pin(files, file, settings, mayRepair, context.cancellation());
      return new SnapshotCapture(files, settings, context, file, snapshot, note, instant);
    } catch (HoldfastException e) {
      if (context.purpose() == CaptureContext.Purpose.SAFETY && WreckCapture.isWreck(e)) {
        return new WreckCapture(files, context, file, stat, e, instant);
      }
      throw e;
    }
  }

  private boolean isEmpty(DatabaseFile file, FileStat stat) throws IOException {
    return stat.size() == 0
        && DatabaseFile.size(files, file.wal()) == 0
        && DatabaseFile.size(files, file.journal()) == 0;
  }

  @Override
  public List<CheckResult> check(ArtifactSource source, RestoreContext context) throws IOException {
    if (context.verified()
        && context.destination().isEmpty()
        && settings.restore() == SqliteSettings.Restore.SWAP
        && !context.dryRun()) {
      // Before a safety backup is made for nothing. Staging and committing look again.
      SwapRestore.requireUnused(files, DatabaseFile.of(files, settings.path()), context);
    }
    return new ArtifactCheck(files, settings, source, context).results();
  }

  @Override
  public StagedRestore stage(ArtifactSource source, RestoreContext context) throws IOException {
    Artifacts artifacts = Artifacts.of(source);
    if (context.destination().isPresent()) {
      FilePath place = context.destination().get().resolve(settings.path().name());
      return SwapRestore.stage(files, settings, artifacts, new DatabaseFile(place), context);
    }
    DatabaseFile target = DatabaseFile.of(files, settings.path());
    if (settings.restore() == SqliteSettings.Restore.LIVE
        && files.find(target.path()).isPresent()) {
      return LiveRestore.stage(files, settings, artifacts, target, context);
    }
    return SwapRestore.stage(files, settings, artifacts, target, context);
  }

  @Override
  public void recover(UndoRecord record, RestoreContext context) throws IOException {
    new LiveUndo(files, settings, LiveNames.of(record)).run(false);
  }

  @Override
  public void finish(UndoRecord record, RestoreContext context) throws IOException {
    LiveNames.of(record).removeAll(files);
  }

  @Override
  public List<Finding> inspect() throws IOException {
    return new Inspection(files, settings).findings();
  }
}
