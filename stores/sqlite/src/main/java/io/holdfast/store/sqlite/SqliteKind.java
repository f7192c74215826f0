package io.holdfast.store.sqlite;

import io.holdfast.engine.component.ComponentHandler;
import io.holdfast.engine.component.ComponentKind;
import io.holdfast.engine.configuration.Settings;
import io.holdfast.engine.file.FileLayer;

/**
 * The kind {@code sqlite}: one SQLite database file, copied consistently while applications write
 * it.
 */
public final class SqliteKind implements ComponentKind {
  @Override
  public String name() {
    return "sqlite";
  }

  @Override
  public ComponentHandler handler(Settings settings, FileLayer files) {
    return new SqliteHandler(SqliteSettings.of(settings), files);
  }
}
