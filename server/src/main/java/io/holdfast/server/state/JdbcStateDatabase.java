package io.holdfast.server.state;

import java.util.List;

/** The tables of one database. */
final class JdbcStateDatabase implements StateDatabase {
  private final Sql sql;
  private final RunStore runs;
  private final IdempotencyStore idempotency;
  private final SettingStore settings;
  private final TokenStore tokens;
  private final AuditLog audit;

  JdbcStateDatabase(Backend backend) {
    this.sql = new Sql(backend);
    this.runs = new RunTable(sql);
    this.idempotency = new IdempotencyTable(sql);
    this.settings = new SettingTable(sql);
    this.tokens = new TokenTable(sql);
    this.audit = new ActTable(sql);
  }

  @Override
  public RunStore runs() {
    return runs;
  }

  @Override
  public IdempotencyStore idempotency() {
    return idempotency;
  }

  @Override
  public SettingStore settings() {
    return settings;
  }

  @Override
  public TokenStore tokens() {
    return tokens;
  }

  @Override
  public AuditLog audit() {
    return audit;
  }

  @Override
  public void probe() {
    sql.requireHold("ask whether it answers");
    sql.all("ask whether it answers", "SELECT name FROM setting LIMIT 1", _ -> true, List.of());
  }

  @Override
  public void probeChange() {
    sql.requireWritable();
  }

  @Override
  public void close() {
    sql.close();
  }
}
