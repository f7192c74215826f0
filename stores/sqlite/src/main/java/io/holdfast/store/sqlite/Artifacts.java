package io.holdfast.store.sqlite;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactSource;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import java.io.IOException;
import java.util.List;

/**
 * What a backup holds of a database.
 *
 * @param source where the bytes are
 * @param note what else it says
 * @param main the copy, or the raw bytes of the database file
 */
record Artifacts(ArtifactSource source, DatabaseNote note, Artifact main) {
  private static final List<String> COMPANIONS = List.of("-wal", "-shm", "-journal");

  /**
   * Recognises the artifacts.
   *
   * @throws HoldfastException {@code ARTIFACT_INVALID} if they are not those of this kind
   */
  static Artifacts of(ArtifactSource source) throws IOException {
    DatabaseNote note = DatabaseNote.read(source);
    boolean wreck = note.form() == DatabaseNote.Form.WRECK;
    List<Artifact> candidates =
        source.artifacts().stream()
            .filter(artifact -> !artifact.name().equals(ArtifactNames.NOTE))
            .filter(artifact -> !wreck || COMPANIONS.stream().noneMatch(artifact.name()::endsWith))
            .toList();
    if (candidates.size() != 1) {
      throw new HoldfastException(
          ErrorCode.ARTIFACT_INVALID,
          "the backup of a SQLite database should hold one database and holds " + candidates.size(),
          "Restore an older backup.");
    }
    return new Artifacts(source, note, candidates.getFirst());
  }

  boolean isWreck() {
    return note.form() == DatabaseNote.Form.WRECK;
  }

  boolean isEmpty() {
    return main.sizeBytes() == 0;
  }

  /** Whether the backup holds a companion of a wreck, such as {@code -wal}. */
  boolean has(String suffix) {
    return source.artifacts().stream().anyMatch(a -> a.name().equals(main.name() + suffix));
  }
}
