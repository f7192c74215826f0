package io.holdfast.engine.repository;

import io.holdfast.engine.run.RunId;
import java.io.IOException;
import java.util.List;

/**
 * The published backups at one moment, by their names alone: for whoever shows a page of very many,
 * and keeps what it has read of them. Thread-safe.
 */
public interface BackupIndex {
  /** The runs, newest first. */
  List<RunId> runs();

  /** What may be backups too, as {@link Repository#unreadable} tells of it. */
  default List<RepositoryProblem> unreadable() {
    return List.of();
  }

  /**
   * Whether the repository still holds these backups and no others. Cheap. May say no where nothing
   * changed; never yes where something did.
   */
  boolean isCurrent() throws IOException;

  /**
   * A text that changes whenever {@link #entry} would answer something else. Cheap.
   *
   * @param run one of {@link #runs}
   */
  String version(RunId run) throws IOException;

  /**
   * A backup of this index, as {@link Repository#list} would tell of it.
   *
   * @param run one of {@link #runs}; if it is gone meanwhile, the entry is a corrupt one
   */
  BackupEntry entry(RunId run) throws IOException;
}
