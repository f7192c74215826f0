package io.holdfast.server.state;

import java.sql.SQLException;
import java.util.Optional;

/** What PostgreSQL's failures mean to whoever runs the server, by their SQLSTATE. */
final class PostgresTrouble {
  private PostgresTrouble() {}

  static String explain(Throwable failure) {
    if (Trouble.chain(failure).anyMatch(PostgresLogin.NoPasswordException.class::isInstance)) {
      return "its password cannot be read; see to the place where the configuration says it is";
    }
    return find(failure)
        .map(PostgresTrouble::explainState)
        .orElseGet(() -> Trouble.elsewhere(failure));
  }

  private static String explainState(SQLException failure) {
    String state = failure.getSQLState();
    return switch (state) {
      case "28000", "28P01" ->
          "it refuses the user or the password; see to both in the configuration, and to pg_hba.conf";
      case "3D000" -> "there is no such database; create it, or see to the URL";
      case "42501" ->
          "the user lacks a privilege; it must own the schema of the tables, or be allowed to create"
              + " it";
      case "3F000", "42P01", "42703" ->
          "its tables are gone or were changed by somebody else; restart the server";
      case "25006" -> "it may only be read; see whether the URL leads to a standby";
      case "53100" ->
          "no room is left on its disk; make room there, and it works again without a restart";
      case "53300" -> "it takes no more connections; raise its max_connections";
      case PostgresHold.IN_USE ->
          "another server has taken it while it could not be reached; end one of the two, and give"
              + " each a database of its own";
      case "57014" -> "it did not answer in time; see what keeps it busy or holds a lock";
      case "57P01", "57P02", "57P03" ->
          "it is shutting down or starting; it works again once it is up";
      case "XX001", "XX002" -> "it is damaged; ask whoever runs PostgreSQL to see to it";
      default ->
          state.startsWith("08")
              ? "it cannot be reached; see whether it runs, and to the network between"
              : "PostgreSQL reports SQLSTATE " + state;
    };
  }

  /** The innermost: what is around it are the words of the pool. */
  private static Optional<SQLException> find(Throwable failure) {
    return Trouble.chain(failure)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .filter(each -> each.getSQLState() != null)
        .reduce((_, inner) -> inner);
  }
}
