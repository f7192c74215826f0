package io.holdfast.server.state;

import static io.holdfast.server.state.StateDatabaseContract.CLOCK;
import static io.holdfast.server.state.StateDatabaseContract.FILES;
import static io.holdfast.server.state.StateFixture.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.run.Trigger;
import io.holdfast.server.state.SettingStore.Stored;
import io.holdfast.testkit.postgres.PostgresCluster;
import io.holdfast.testkit.postgres.PostgresExtension;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What happens to PostgreSQL, and to the way there, while the database is open. */
@ExtendWith(PostgresExtension.class)
class PostgresFaultTest {
  private static final Patience PATIENCE =
      new Patience(Duration.ofMillis(500), Duration.ofMillis(500));
  private static final Stored VALUE = new Stored("v", "x", NOON);

  private final PostgresCluster cluster;
  private final String url;

  PostgresFaultTest(PostgresCluster cluster) {
    this.cluster = cluster;
    this.url = cluster.createDatabase();
  }

  private StateDatabase open() {
    return open(PostgresCluster.USER, cluster::password);
  }

  private StateDatabase open(String user, Supplier<String> password) {
    return StateDatabases.open(
            new StateLocation.Postgres(url, user, password), FILES, CLOCK, PATIENCE)
        .database();
  }

  private void execute(String... statements) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(url, PostgresCluster.USER, cluster.password());
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  @Test
  void aServerThatCrashesIsMissedAndWorksAgainWhenItIsBack() {
    try (StateDatabase database = open()) {
      database.runs().put(TestRuns.backup(1, Trigger.MANUAL, NOON));
      cluster.crash();
      try {
        for (int time = 0; time < 2; time++) {
          assertThatThrownBy(database::probe)
              .isInstanceOf(StateException.class)
              .hasMessageStartingWith(
                  "could not ask whether it answers: state database " + url.substring(5) + ": it ");
        }
        assertThatThrownBy(database::probe)
            .hasMessageEndingWith(
                "it cannot be reached; see whether it runs, and to the network between");
        assertThatThrownBy(this::open)
            .isInstanceOf(StateException.class)
            .hasMessageStartingWith("could not open: state database ");
      } finally {
        cluster.restart();
      }
      await().ignoreException(StateException.class).untilAsserted(database::probe);
      assertThat(database.runs().find(TestRuns.id(1))).isPresent();
      database.settings().put("a", VALUE);
    }
  }

  @Test
  void aStatementThatWaitsForALockOfSomebodyElseEndsInTime() throws Exception {
    try (StateDatabase database = open();
        Connection connection =
            DriverManager.getConnection(url, PostgresCluster.USER, cluster.password());
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE holdfast.setting IN ACCESS EXCLUSIVE MODE");
      assertThatThrownBy(() -> database.settings().put("a", VALUE))
          .isInstanceOf(StateException.class)
          .hasMessageContaining("could not store the setting a: state database ")
          .hasMessageContaining("it did not answer in time");
      connection.rollback();
      database.settings().put("a", VALUE);
    }
  }

  @Test
  void whenAllConnectionsAreInUseThatIsSaid() throws Exception {
    var patient = new Patience(Duration.ofMillis(500), Duration.ofSeconds(3));
    try (StateDatabase database =
            StateDatabases.open(
                    new StateLocation.Postgres(url, PostgresCluster.USER, cluster::password),
                    FILES,
                    CLOCK,
                    patient)
                .database();
        Connection connection =
            DriverManager.getConnection(url, PostgresCluster.USER, cluster.password());
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE holdfast.setting IN ACCESS EXCLUSIVE MODE");
      var outcomes =
          AllAtOnce.run(
              20,
              _ -> {
                try {
                  database.probe();
                  return "done";
                } catch (StateException e) {
                  return String.valueOf(e.getMessage());
                }
              });
      assertThat(outcomes).anyMatch(each -> each.contains("no connection to it came free in time"));
      connection.rollback();
      database.probe();
    }
  }

  @Test
  void aDatabaseThatMayOnlyBeReadSaysSo() throws Exception {
    try (StateDatabase database = open()) {
      String name = url.substring(url.lastIndexOf('/') + 1);
      execute("ALTER DATABASE " + name + " SET default_transaction_read_only = on");
      execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
              + " AND datname = '"
              + name
              + "'");
      await()
          .untilAsserted(() ->
              assertThatThrownBy(() -> database.settings().put("a", VALUE))
                  .hasMessageContaining("it may only be read"));
      assertThat(database.settings().all()).isEmpty();
    }
  }

  @Test
  void aUserWithoutPrivilegesIsTold() throws Exception {
    execute("CREATE ROLE poor LOGIN PASSWORD 'poor'");
    assertSaid(() -> open("poor", () -> "poor"), "the user lacks a privilege");
  }

  @Test
  void aDatabaseThatIsNotThereIsTold() {
    var location = new StateLocation.Postgres(url + "x", PostgresCluster.USER, cluster::password);
    assertSaid(
        () -> StateDatabases.open(location, FILES, CLOCK, PATIENCE), "there is no such database");
  }

  @Test
  void aServerThatIsNotThereIsTold() {
    var location = new StateLocation.Postgres("jdbc:postgresql://127.0.0.1:1/x", "u", () -> "p");
    assertSaid(() -> StateDatabases.open(location, FILES, CLOCK, PATIENCE), "it cannot be reached");
  }

  @Test
  void aWrongPasswordIsToldAndNotShown() {
    assertSaid(() -> open(PostgresCluster.USER, () -> "hunter2-wrong"), "refuses the user or the");
  }

  @Test
  void aPasswordThatCannotBeReadIsTold() {
    assertSaid(
        () ->
            open(
                PostgresCluster.USER,
                () -> {
                  throw new IllegalStateException("no such variable");
                }),
        "its password cannot be read");
  }

  /** With the message goes the stack trace of every cause into the log: it must hold no secret. */
  private static void assertSaid(ThrowingCallable call, String words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StateException.class,
            failure -> {
              assertThat(failure.getMessage())
                  .startsWith("could not open: state database postgresql://127.0.0.1:")
                  .contains(words);
              var trace = new StringWriter();
              failure.printStackTrace(new PrintWriter(trace));
              assertThat(trace.toString()).doesNotContain("hunter2");
            });
  }

  @Test
  void aPasswordMayChangeWhileTheServerRuns() throws Exception {
    execute(
        "CREATE ROLE rotating LOGIN PASSWORD 'first'",
        "CREATE SCHEMA holdfast AUTHORIZATION rotating");
    var password = new AtomicReference<>("first");
    try (StateDatabase database = open("rotating", password::get)) {
      database.settings().put("a", VALUE);
      execute("ALTER ROLE rotating PASSWORD 'second'");
      password.set("second");
      execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'rotating'");
      await().ignoreException(StateException.class).untilAsserted(database::probe);
      assertThat(database.settings().all()).containsEntry("a", VALUE);
    }
  }

  @Test
  void theTablesLieInASchemaOfTheirOwnBesideThoseOfOthers() throws Exception {
    execute("CREATE TABLE run(of_somebody_else text)", "CREATE TABLE schema_history(x text)");
    try (StateDatabase database = open()) {
      database.runs().put(TestRuns.backup(1, Trigger.MANUAL, NOON));
      execute("SELECT run_id FROM holdfast.run");
    }
  }

  private StateDatabase alone() {
    var location = new StateLocation.Postgres(url, PostgresCluster.USER, cluster::password);
    return StateDatabases.open(location, FILES, CLOCK, PATIENCE, true).database();
  }

  private static final String LOSE_CONNECTIONS =
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
          + " AND datname = current_database()";

  @Test
  void aSecondServerIsRefusedUntilTheFirstHasEnded() {
    try (StateDatabase first = alone()) {
      assertThatThrownBy(this::alone)
          .isInstanceOfSatisfying(
              HoldfastException.class,
              refused -> {
                assertThat(refused.code()).isEqualTo(ErrorCode.BUSY);
                assertThat(refused.message()).contains("another server uses the state database");
                assertThat(refused.guidance()).contains("a database of its own");
              });
      first.settings().put("a", VALUE);
    }
    try (StateDatabase second = alone()) {
      assertThat(second.settings().all()).containsEntry("a", VALUE);
    }
  }

  @Test
  void aServerThatLosesItsConnectionTakesTheDatabaseAgain() throws Exception {
    try (StateDatabase first = alone()) {
      execute(LOSE_CONNECTIONS);
      await()
          .ignoreException(StateException.class)
          .untilAsserted(() -> first.settings().put("a", VALUE));
      assertThatThrownBy(this::alone).isInstanceOf(HoldfastException.class);
    }
  }

  @Test
  void whatAnotherServerHasTakenMeanwhileIsNotChanged() throws Exception {
    try (StateDatabase first = alone()) {
      first.settings().put("a", VALUE);
      execute(LOSE_CONNECTIONS);
      try (StateDatabase second = alone()) {
        second.settings().put("b", VALUE);
        assertThatThrownBy(() -> first.settings().put("c", VALUE))
            .isInstanceOf(StateException.class)
            .hasMessageContaining("another server has taken it");
        assertThatThrownBy(first::probe)
            .isInstanceOf(StateException.class)
            .hasMessageContaining("another server has taken it");
        assertThat(second.settings().all()).containsOnlyKeys("a", "b");
      }
      await()
          .ignoreException(StateException.class)
          .untilAsserted(() -> first.settings().put("c", VALUE));
    }
  }
}
