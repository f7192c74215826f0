package io.holdfast.server.state;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table {@code token}, with an index that lets a name stand once among those not revoked. */
final class TokenTable implements TokenStore {
  private static final String COLUMNS =
      "token_id, name, role, target, target_deletes, hash, created_at, expires_at, revoked_at";
  private static final String SELECT = "SELECT " + COLUMNS + " FROM token ";

  private final Sql sql;

  TokenTable(Sql sql) {
    this.sql = sql;
  }

  @Override
  public boolean add(Token token) {
    return sql.change(
            "store the token " + token.id(),
            "INSERT INTO token ("
                + COLUMNS
                + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT (name) WHERE revoked_at IS NULL DO NOTHING",
            List.of(
                token.id(),
                token.name(),
                token.role(),
                token.target().map(Target::name),
                token.target().map(target -> target.deletes() ? 1 : 0),
                token.hash(),
                token.createdAt(),
                token.expiresAt(),
                token.revokedAt()))
        == 1;
  }

  @Override
  public Optional<Token> find(String id) {
    return sql.first(
        "look up a token", SELECT + "WHERE token_id = ?", TokenTable::read, List.of(id));
  }

  @Override
  public List<Token> all() {
    return sql.all(
        "list the tokens", SELECT + "ORDER BY created_at, token_id", TokenTable::read, List.of());
  }

  @Override
  public boolean revoke(String id, Instant at) {
    return sql.change(
            "revoke the token " + id,
            "UPDATE token SET revoked_at = ? WHERE token_id = ? AND revoked_at IS NULL",
            List.of(at, id))
        == 1;
  }

  private static Token read(Row row) throws SQLException {
    Optional<String> target = row.optionalText("target");
    boolean deletes = row.optionalNumber("target_deletes").orElse(0L) == 1;
    return new Token(
        row.text("token_id"),
        row.text("name"),
        row.text("role"),
        target.map(name -> new Target(name, deletes)),
        row.text("hash"),
        row.instant("created_at"),
        row.optionalInstant("expires_at"),
        row.optionalInstant("revoked_at"));
  }
}
