package io.holdfast.store.sqlite;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactSink;
import io.holdfast.engine.artifact.BytesContent;
import io.holdfast.engine.artifact.CheckResult;
import io.holdfast.engine.component.Capture;
import io.holdfast.engine.component.CaptureContext;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.WritableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * Something that is no sound database and is about to be replaced: its bytes, and those of what
 * SQLite keeps beside it, as they are, so that somebody can still try to rescue what is in them.
 */
final class WreckCapture implements Capture {
  private static final int RUN = 1 << 20;

  private final FileLayer files;
  private final CaptureContext context;
  private final DatabaseFile file;
  private final FileStat stat;
  private final HoldfastException why;
  private final Instant instant;

  WreckCapture(
      FileLayer files,
      CaptureContext context,
      DatabaseFile file,
      FileStat stat,
      HoldfastException why,
      Instant instant) {
    this.files = files;
    this.context = context;
    this.file = file;
    this.stat = stat;
    this.why = why;
    this.instant = instant;
  }

  /**
   * Whether a failure says that there is no database to be had, rather than that it is in use or
   * that the run is to end.
   */
  static boolean isWreck(HoldfastException failure) {
    return switch (failure.code()) {
      case SOURCE_INVALID, SOURCE_CORRUPT, SOURCE_UNREADABLE -> true;
      default -> false;
    };
  }

  @Override
  public Instant instant() {
    return instant;
  }

  @Override
  public OptionalLong estimatedBytes() {
    return OptionalLong.empty();
  }

  @Override
  public void writeTo(ArtifactSink sink) throws IOException {
    context.warn(
        "the live database could not be backed up as one, so its files were saved as they are: "
            + why.message());
    save(sink, file.path(), "");
    save(sink, file.wal(), "-wal");
    save(sink, file.shm(), "-shm");
    save(sink, file.journal(), "-journal");
    sink.file(
        ArtifactNames.NOTE,
        new BytesContent(
            DatabaseNote.of(DatabaseNote.Form.WRECK, stat, files.follow(file.path().parent()))
                .toBytes()));
  }

  private void save(ArtifactSink sink, FilePath path, String suffix) throws IOException {
    if (files.find(path).filter(stat -> stat.isRegular()).isEmpty()) {
      return;
    }
    String name = ArtifactNames.wreck(file.path(), suffix);
    FilePath place = sink.place(name);
    if (!OutsideReader.isPossible(files, path)) {
      // Without another process to read it there is no way that is safe inside an application.
      throw why;
    }
    try (OutsideReader reader = OutsideReader.open(files, path, context.cancellation());
        WritableFile copy = files.create(place, 0600)) {
      copy(reader, copy);
    } catch (IOException | RuntimeException e) {
      if (files.find(place).isPresent()) {
        files.delete(place);
      }
      throw e;
    }
    Artifact saved = sink.adopt(name);
    sink.checked(name, CheckResult.passed("raw_bytes", "saved as it was; no database was opened"));
    if (saved.sizeBytes() == 0) {
      sink.checked(
          name, CheckResult.passed(CheckResult.EMPTY_IS_LEGITIMATE, "the file had no bytes"));
    }
  }

  private static void copy(OutsideReader reader, WritableFile copy) throws IOException {
    var bytes = new byte[RUN];
    ByteBuffer run = ByteBuffer.allocateDirect(RUN);
    long position = 0;
    int read;
    do {
      read = reader.read(bytes, RUN);
      run.clear().put(bytes, 0, read).flip();
      copy.write(run, position);
      position += read;
    } while (read == RUN);
  }

  @Override
  public void close() {}
}
