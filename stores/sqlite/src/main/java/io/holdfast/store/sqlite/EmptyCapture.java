package io.holdfast.store.sqlite;

import io.holdfast.engine.artifact.ArtifactSink;
import io.holdfast.engine.artifact.BytesContent;
import io.holdfast.engine.artifact.CheckResult;
import io.holdfast.engine.component.Capture;
import java.io.IOException;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * A database file without a byte: what SQLite makes of a path that was opened and never written,
 * and takes for an empty database.
 */
record EmptyCapture(String name, DatabaseNote note, Instant instant) implements Capture {
  @Override
  public OptionalLong estimatedBytes() {
    return OptionalLong.of(0);
  }

  @Override
  public void writeTo(ArtifactSink sink) throws IOException {
    sink.file(name, new BytesContent(new byte[0]));
    sink.checked(
        name,
        CheckResult.passed(
            CheckResult.EMPTY_IS_LEGITIMATE,
            "SQLite takes a file without a byte for an empty database"));
    sink.file(ArtifactNames.NOTE, new BytesContent(note.toBytes()));
  }

  @Override
  public void close() {}
}
