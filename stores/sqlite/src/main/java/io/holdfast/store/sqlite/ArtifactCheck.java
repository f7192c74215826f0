package io.holdfast.store.sqlite;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactSource;
import io.holdfast.engine.artifact.CheckResult;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.component.RestoreContext;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.run.Cancellation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Opens what a backup holds, in the repository where it can be opened there, else unpacked. */
final class ArtifactCheck {
  private static final String OPENS = "opens";

  /** See "The Database Header" in SQLite's file format. */
  private static final byte[] HEAD = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  private final FileLayer files;
  private final SqliteSettings settings;
  private final ArtifactSource source;
  private final RestoreContext context;

  ArtifactCheck(
      FileLayer files, SqliteSettings settings, ArtifactSource source, RestoreContext context) {
    this.files = files;
    this.settings = settings;
    this.source = source;
    this.context = context;
  }

  List<CheckResult> results() throws IOException {
    Artifacts artifacts = Artifacts.of(source);
    if (artifacts.isWreck()) {
      for (var artifact : source.artifacts()) {
        ContentCopy.verify(source.file(artifact.name()), context.cancellation());
      }
      return List.of(
          CheckResult.passed(
              "raw_bytes",
              "the files of something that was no sound database when they were saved"));
    }
    String name = artifacts.main().name();
    if (artifacts.isEmpty()) {
      return List.of(
          CheckResult.passed(settings.integrityCheck().pragma(), "ok: an empty database"));
    }
    Optional<FilePath> plain = source.plainFile(name);
    if (context.verified()) {
      return List.of(plain.isPresent() ? opens(plain.get()) : hasHead(artifacts.main()));
    }
    return List.of(plain.isPresent() ? checkInPlace(name, plain.get()) : checkUnpacked(name));
  }

  /**
   * Whether SQLite takes it for a database. Its bytes are those that passed the full check when the
   * backup was made, and what is staged goes through it again before anything live is touched.
   */
  private CheckResult opens(FilePath plain) {
    try (Database database =
        Database.open(
            subject(plain), Database.Access.IMMUTABLE, Duration.ZERO, context.cancellation())) {
      return CheckResult.passed(
          OPENS, database.number("SELECT count(*) FROM sqlite_schema") + " tables, indexes, …");
    } catch (HoldfastException e) {
      if (e.code() == ErrorCode.ARTIFACT_INVALID) {
        return CheckResult.failed(OPENS, e.message());
      }
      throw e;
    }
  }

  /** As {@link #opens}, for what cannot be opened before it is staged: its first bytes. */
  private CheckResult hasHead(Artifact main) throws IOException {
    ByteBuffer head = ByteBuffer.allocateDirect(HEAD.length);
    try (Content.Reader reader = source.file(main.name()).open()) {
      while (head.hasRemaining() && reader.read(head) >= 0) {
        context.cancellation().check();
      }
    }
    return head.flip().equals(ByteBuffer.wrap(HEAD))
        ? CheckResult.passed(OPENS, main.sizeBytes() + " bytes with the head of a database")
        : CheckResult.failed(OPENS, "it does not begin as a database does");
  }

  /** Reads the file for its digest and for SQLite's check at once. */
  private CheckResult checkInPlace(String name, FilePath plain) throws IOException {
    Cancellation checking = context.cancellation().child();
    try (var check =
        Alongside.start(
            "holdfast-sqlite-check",
            () -> Verification.of(subject(plain), settings.integrityCheck(), checking))) {
      try {
        ContentCopy.verify(source.file(name), context.cancellation());
        return check.result();
      } catch (IOException | RuntimeException e) {
        checking.cancel(Cancellation.Reason.ABANDONED);
        throw e;
      }
    }
  }

  private CheckResult checkUnpacked(String name) throws IOException {
    FilePath unpacked = context.scratch().resolve("check.db");
    try {
      ContentCopy.unpack(files, source.file(name), unpacked, context.cancellation());
      return Verification.of(subject(unpacked), settings.integrityCheck(), context.cancellation());
    } finally {
      if (files.find(unpacked).isPresent()) {
        files.delete(unpacked);
      }
    }
  }

  private static Subject subject(FilePath path) {
    return new Subject(Subject.Role.ARTIFACT, path);
  }
}
