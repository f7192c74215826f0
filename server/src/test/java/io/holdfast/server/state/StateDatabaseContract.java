package io.holdfast.server.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThan;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.run.Trigger;
import io.holdfast.server.state.AuditLog.Act;
import io.holdfast.server.state.SettingStore.Stored;
import io.holdfast.server.state.StateDatabases.Opened;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every state database must do. */
abstract class StateDatabaseContract
    implements RunStoreContract,
        IdempotencyStoreContract,
        SettingStoreContract,
        TokenStoreContract,
        AuditLogContract {
  static final FileLayer FILES = PosixFileLayer.create();
  static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

  /** Long enough for a hundred writers on a slow disk. */
  static final Patience PATIENCE = new Patience(Duration.ofSeconds(20), Duration.ofSeconds(20));

  private final List<StateDatabase> opened = new ArrayList<>();
  private StateDatabase database;

  /** The place of the database, the same during a test and another for each. */
  abstract StateLocation location();

  /** A connection that knows nothing of Holdfast. */
  abstract Connection connect() throws Exception;

  Opened open(Patience patience) {
    Opened result = StateDatabases.open(location(), FILES, CLOCK, patience);
    opened.add(result.database());
    return result;
  }

  @BeforeEach
  void begin() {
    database = another();
  }

  @AfterEach
  void end() {
    opened.forEach(StateDatabase::close);
  }

  @Override
  public StateDatabase database() {
    return database;
  }

  @Override
  public StateDatabase another() {
    Opened result = open(PATIENCE);
    assertThat(result.warning()).isEmpty();
    return result.database();
  }

  @Override
  public void execute(String sql) throws Exception {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void whatWasStoredIsThereAfterARestart() {
    database().runs().put(TestRuns.backup(1, Trigger.MANUAL, NOON));
    database().close();
    assertThat(another().runs().find(TestRuns.id(1))).isPresent();
  }

  @Test
  void aClosedDatabaseSaysSo() {
    database().probe();
    database().close();
    database().close();
    assertThatThrownBy(() -> database().probe())
        .isInstanceOf(StateException.class)
        .hasMessageContaining("it was closed");
  }

  @Test
  void callsThatAreUnderWayWhileItIsClosedAreDone() throws Exception {
    var acknowledged = new AtomicInteger();
    List<Boolean> ended =
        AllAtOnce.run(
            9,
            number -> {
              try {
                while (number > 0) {
                  database().audit().append(act());
                  acknowledged.incrementAndGet();
                  database().runs().running();
                }
                await().untilAtomic(acknowledged, greaterThan(50));
                database().close();
                return false;
              } catch (StateException e) {
                assertThat(e).hasMessageEndingWith("it was closed");
                return true;
              }
            });
    assertThat(ended).containsOnlyOnce(false);
    assertThat(another().audit().page(OptionalLong.empty(), 1_000_000)).hasSize(acknowledged.get());
  }

  private static Act act() {
    return new Act(0, NOON, "eve", "backup.create", "", "started", "", "");
  }

  @Test
  void manyServersMayBeginTheSameDatabase() throws Exception {
    database().close();
    dropEverything();
    AllAtOnce.run(6, number -> StateDatabases.open(location(), FILES, CLOCK, PATIENCE))
        .forEach(each -> {
          each.database().settings().put("a", new Stored("1", "x", NOON));
          each.database().close();
        });
  }

  /** Leaves the database as one that nobody has opened yet. */
  abstract void dropEverything() throws Exception;

  @Test
  void migrationsAreNotEvenLookedAtWhenTheNewestIsIn() throws Exception {
    // Flyway refuses a migration that has another checksum than when it was applied.
    execute("UPDATE schema_history SET checksum = 1");
    another().probe();
  }

  @Test
  void migrationsThatAKilledProcessDidNotGetToAreMadeUp() throws Exception {
    execute("DELETE FROM schema_history WHERE version IS NOT NULL");
    for (String table : List.of("run", "idempotency_key", "setting", "token", "act")) {
      execute("DROP TABLE " + table);
    }
    another().runs().put(TestRuns.backup(1, Trigger.MANUAL, NOON));
  }

  @Test
  @Tag("P6")
  @DisplayName("P6: a database that a newer version wrote is refused, and left as it is")
  void newerTablesAreRefused() throws Exception {
    for (String version : List.of("999", "2030.1", "next")) {
      newest(version);
      assertThatThrownBy(() -> open(PATIENCE))
          .isInstanceOfSatisfying(
              HoldfastException.class,
              refused -> {
                assertThat(refused.code()).isEqualTo(ErrorCode.FORMAT_UNSUPPORTED);
                assertThat(refused.message()).contains("newer Holdfast");
                assertThat(refused.guidance()).isNotEmpty();
              });
    }
    newest(Integer.toString(Schema.NEWEST));
    assertThat(another().settings().all()).isEmpty();
  }

  /** Gives the newest migration that is in another version. */
  private void newest(String version) throws Exception {
    execute(
        "UPDATE schema_history SET version = '"
            + version
            + "' WHERE installed_rank = (SELECT MAX(installed_rank) FROM schema_history)");
  }

  @Test
  void tokensThatWereMadeBeforeThereWereTargetsGoOn() throws Exception {
    var token =
        new TokenStore.Token(
            "000000000001",
            "ci",
            "admin",
            Optional.empty(),
            "h",
            NOON,
            Optional.empty(),
            Optional.empty());
    database().tokens().add(token);
    execute("ALTER TABLE token DROP COLUMN target");
    execute("ALTER TABLE token DROP COLUMN target_deletes");
    execute("DELETE FROM schema_history WHERE version = '2'");
    assertThat(another().tokens().all()).containsExactly(token);
  }

  @Test
  void theDatabaseOfSomethingElseIsRefused() throws Exception {
    execute("DROP TABLE schema_history");
    assertThatThrownBy(() -> open(PATIENCE))
        .isInstanceOfSatisfying(
            HoldfastException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(ErrorCode.CONFIGURATION_INVALID);
              assertThat(refused.message()).contains("belongs to something else");
            });
    execute("SELECT * FROM run");
  }

  @Test
  void aTableThatIsMissingIsAnErrorOfTheCall() throws Exception {
    execute("DROP TABLE setting");
    assertThatThrownBy(() -> database().probe())
        .isInstanceOf(StateException.class)
        .hasMessageContaining("could not ask whether it answers: state database ");
    database().runs().running();
  }
}
