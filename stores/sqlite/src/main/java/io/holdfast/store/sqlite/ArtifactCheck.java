package io.holdfast.store.sqlite;

import io.holdfast.engine.artifact.ArtifactSource;
import io.holdfast.engine.artifact.CheckResult;
import io.holdfast.engine.component.RestoreContext;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.run.Cancellation;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Opens what a backup holds, in the repository where it can be opened there, else unpacked. */
final class ArtifactCheck {
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
    return List.of(plain.isPresent() ? checkInPlace(name, plain.get()) : checkUnpacked(name));
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
