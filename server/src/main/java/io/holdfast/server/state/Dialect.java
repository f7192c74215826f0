package io.holdfast.server.state;

import java.util.Optional;

/**
 * All in which the two databases differ in SQL.
 *
 * @param identity type of a key that the database counts up by itself
 * @param tables query for the names of the tables that are there
 * @param schema where the tables are, if the database has schemas
 */
record Dialect(String identity, String tables, Optional<String> schema) {
  static final Dialect SQLITE =
      new Dialect(
          "INTEGER PRIMARY KEY AUTOINCREMENT",
          "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
          Optional.empty());

  /** Of its own, so that the tables may lie in a database that serves something else too. */
  static final String POSTGRES_SCHEMA = "holdfast";

  static final Dialect POSTGRES =
      new Dialect(
          "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
          "SELECT tablename FROM pg_tables WHERE schemaname = '" + POSTGRES_SCHEMA + "'",
          Optional.of(POSTGRES_SCHEMA));
}
