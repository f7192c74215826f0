package io.holdfast.server.state;

import io.holdfast.testkit.postgres.PostgresCluster;
import io.holdfast.testkit.postgres.PostgresExtension;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract on PostgreSQL. */
@ExtendWith(PostgresExtension.class)
class PostgresStateDatabaseTest extends StateDatabaseContract {
  private final PostgresCluster cluster;
  private final String url;

  PostgresStateDatabaseTest(PostgresCluster cluster) {
    this.cluster = cluster;
    this.url = cluster.createDatabase();
  }

  @Override
  StateLocation location() {
    return new StateLocation.Postgres(url, PostgresCluster.USER, cluster::password);
  }

  @Override
  Connection connect() throws Exception {
    return DriverManager.getConnection(
        url + "?currentSchema=holdfast", PostgresCluster.USER, cluster.password());
  }

  @Override
  void dropEverything() throws Exception {
    execute("DROP SCHEMA holdfast CASCADE");
  }
}
