package io.holdfast.server.state;

import static io.holdfast.server.state.StateDatabaseContract.CLOCK;
import static io.holdfast.server.state.StateDatabaseContract.FILES;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.server.state.StateDatabases.Opened;
import io.holdfast.testkit.fault.FaultFileLayer;
import io.holdfast.testkit.fault.FaultPlan;
import io.holdfast.testkit.fault.SimulatedCrash;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opening a file that is damaged. */
class SqliteDamageTest extends SqliteRoom {
  private static final String ASIDE = "state.db.damaged-20261121T120000Z";

  @ParameterizedTest
  @ValueSource(strings = {"text", "header", "schema", "middle", "truncated"})
  @Tag("P11")
  @DisplayName("P11: a damaged file is put aside as it is, a new one is begun, and that is told")
  void aDamagedFileIsPutAside(String damage) throws Exception {
    store();
    byte[] content = Files.readAllBytes(file());
    switch (damage) {
      case "text" -> content = "this is no database, though it is long enough".getBytes(UTF_8);
      case "header" -> content[3] ^= 1;
      case "schema" -> Arrays.fill(content, 100, 4096, (byte) 0x5a);
      case "middle" ->
          Arrays.fill(content, content.length / 2, content.length / 2 + 9000, (byte) 0x5a);
      default -> content = Arrays.copyOf(content, content.length / 3);
    }
    Files.write(file(), content);
    for (int time = 1; time <= 2; time++) {
      String aside = ASIDE + (time == 1 ? "" : "-2");
      Opened opened = open();
      try (StateDatabase database = opened.database()) {
        assertThat(opened.warning().orElseThrow())
            .contains(path().toString(), room.resolve(aside).toString(), "damaged", "backups");
        assertThat(database.settings().all()).isEmpty();
        database.settings().put("a", VALUE);
        assertThat(Files.readAllBytes(room.resolve(aside))).isEqualTo(content);
      }
      Opened again = open();
      assertThat(again.warning()).isEmpty();
      again.database().close();
      Files.write(file(), content);
    }
  }

  @Test
  void theLogOfADamagedFileGoesWithIt() throws Exception {
    store();
    Path log = room.resolve("state.db-wal");
    Files.write(log, new byte[] {1, 2, 3});
    Files.write(room.resolve("state.db-shm"), new byte[] {4});
    Files.writeString(file(), "no database at all, and no header of one either");
    open().database().close();
    assertThat(names()).containsExactly("state.db", ASIDE, ASIDE + "-wal", "state.db.lock");
    assertThat(room.resolve(ASIDE + "-wal")).hasBinaryContent(new byte[] {1, 2, 3});
  }

  @Test
  void ofManyServersThatFindItDamagedOnePutsItAside() throws Exception {
    store();
    Files.writeString(file(), "no database at all, and no header of one either");
    var patience = StateDatabaseContract.PATIENCE;
    var opened =
        AllAtOnce.run(
            6, _ -> StateDatabases.open(new StateLocation.Sqlite(path()), FILES, CLOCK, patience));
    assertThat(opened).filteredOn(each -> each.warning().isPresent()).hasSize(1);
    for (Opened each : opened) {
      each.database().probe();
      each.database().close();
    }
    assertThat(names()).filteredOn(name -> name.contains("damaged")).containsExactly(ASIDE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"crash before", "fail before", "fail after"})
  void whateverOperationFailsWhatWasDamagedIsKeptAndTheNextOpeningSucceeds(String kind)
      throws Exception {
    long struck = 0;
    for (boolean more = true; more; ) {
      struck++;
      byte[] damaged = "no database at all, and no header of one either".getBytes(UTF_8);
      byte[] log = {1, 2, 3};
      Files.write(file(), damaged);
      Files.write(room.resolve("state.db-wal"), log);
      var faulty = new FaultFileLayer(FILES, plan(kind, struck));
      try {
        open(path(), faulty).database().close();
      } catch (StateException | SimulatedCrash expected) {
        assertThat(faulty.struck()).isTrue();
      }
      more = faulty.struck();
      boolean begun = Files.exists(file()) && Files.size(file()) > damaged.length;
      Opened opened = open();
      opened.database().close();
      assertThat(begun || opened.warning().isPresent()).as("told of it at %d", struck).isTrue();
      assertThat(room.resolve(ASIDE)).as("operation %d", struck).hasBinaryContent(damaged);
      assertThat(Stream.of(room.toFile().listFiles()).map(File::toPath))
          .as("operation %d", struck)
          .filteredOn(file -> file.toString().endsWith("-wal"))
          .singleElement(InstanceOfAssertFactories.PATH)
          .hasBinaryContent(log);
      FileTrees.deleteTree(FILES, FilePath.of(room));
      Files.createDirectory(room);
    }
    assertThat(struck).isGreaterThan(10);
  }

  private static FaultPlan plan(String kind, long operation) {
    return switch (kind) {
      case "crash before" -> FaultPlan.crashBefore(operation);
      case "fail before" -> FaultPlan.failBefore(operation, Reason.INPUT_OUTPUT);
      default -> FaultPlan.failAfter(operation, Reason.INPUT_OUTPUT);
    };
  }
}
