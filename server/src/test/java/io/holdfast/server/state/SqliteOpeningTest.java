package io.holdfast.server.state;

import static io.holdfast.server.state.StateDatabaseContract.CLOCK;
import static io.holdfast.server.state.StateDatabaseContract.FILES;
import static io.holdfast.server.state.StateFixture.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.server.state.SettingStore.Stored;
import io.holdfast.server.state.StateDatabases.Opened;
import io.holdfast.testkit.file.Mount;
import io.holdfast.testkit.file.Privileges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opening a file: where it may lie, whose it is, and what becomes of one that is no good. */
class SqliteOpeningTest {
  private static final Patience PATIENCE =
      new Patience(Duration.ofMillis(300), Duration.ofSeconds(5));
  private static final String ASIDE = "state.db.damaged-20261121T120000Z";
  private static final Stored VALUE = new Stored("v", "x", NOON);

  @TempDir Path room;
  private FilePath path;

  @BeforeEach
  void begin() {
    path = FilePath.of(room).resolve("state.db");
  }

  private Opened open() {
    return open(path);
  }

  private static Opened open(FilePath path) {
    return StateDatabases.open(new StateLocation.Sqlite(path), FILES, CLOCK, PATIENCE);
  }

  /** Leaves a database with some content, closed. */
  private Path store() {
    try (StateDatabase database = open().database()) {
      for (int number = 0; number < 300; number++) {
        database.settings().put("key" + number, new Stored("v".repeat(300), "x", NOON));
      }
    }
    return room.resolve("state.db");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(room)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void theFileAndItsCompanionsBelongToTheirOwnerAlone() throws Exception {
    path = FilePath.of(room).resolve("var/lib/state.db");
    try (StateDatabase database = open().database()) {
      database.settings().put("a", VALUE);
      assertThat(FILES.list(path.parent()).stream().map(FilePath::display))
          .containsExactly("state.db", "state.db-shm", "state.db-wal", "state.db.lock");
      for (byte[] name : FILES.list(path.parent())) {
        FilePath file = path.parent().resolve(name);
        assertThat(FILES.find(file).orElseThrow().mode()).as("%s", file).isEqualTo(0600);
      }
      assertThat(FILES.find(path.parent()).orElseThrow().mode()).isEqualTo(0700);
      assertThat(FILES.find(path.parent().parent()).orElseThrow().mode()).isEqualTo(0700);
    }
  }

  @Test
  void aFileThatOthersCouldReadIsClosedToThemAndItsDirectoryIsLeftAlone() throws Exception {
    store();
    FILES.setMode(path, 0644);
    FILES.setMode(path.parent(), 0755);
    open().database().close();
    assertThat(FILES.find(path).orElseThrow().mode()).isEqualTo(0600);
    assertThat(FILES.find(path.parent()).orElseThrow().mode()).isEqualTo(0755);
  }

  @Test
  void anyPathWillDo() throws Exception {
    byte[] noText = {'s', (byte) 0xff, '?', 'm', 'o', 'd', 'e', '=', 'r', 'o', '#', '%', '4', '1'};
    path = FilePath.of(room).resolve("a b?c#d%20").resolve(noText);
    try (StateDatabase database = open().database()) {
      database.settings().put("a", VALUE);
    }
    assertThat(FILES.find(path)).isPresent();
    assertThat(names()).containsExactly("a b?c#d%20");
    try (StateDatabase database = open().database()) {
      assertThat(database.settings().all()).containsEntry("a", VALUE);
    }
  }

  @Test
  void symbolicLinksAreFollowed() throws Exception {
    Files.createDirectory(room.resolve("real"));
    FILES.createSymlink(FilePath.of(room).resolve("link"), "real".getBytes(UTF_8));
    try (StateDatabase database = open(path.parent().resolve("link/state.db")).database()) {
      database.settings().put("a", VALUE);
      FILES.createSymlink(path, "link/state.db".getBytes(UTF_8));
      try (StateDatabase other = open().database()) {
        assertThat(other.settings().all()).containsEntry("a", VALUE);
        other.probe();
      }
    }
    assertThat(names()).containsExactly("link", "real", "state.db");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "header", "schema", "middle", "truncated"})
  @Tag("P11")
  @DisplayName("P11: a damaged file is put aside as it is, a new one is begun, and that is told")
  void aDamagedFileIsPutAside(String damage) throws Exception {
    Path file = store();
    byte[] content = Files.readAllBytes(file);
    switch (damage) {
      case "text" -> content = "this is no database, though it is long enough".getBytes(UTF_8);
      case "header" -> content[3] ^= 1;
      case "schema" -> java.util.Arrays.fill(content, 100, 4096, (byte) 0x5a);
      case "middle" ->
          java.util.Arrays.fill(
              content, content.length / 2, content.length / 2 + 9000, (byte) 0x5a);
      default -> content = java.util.Arrays.copyOf(content, content.length / 3);
    }
    Files.write(file, content);
    for (int time = 1; time <= 2; time++) {
      String aside = ASIDE + (time == 1 ? "" : "-2");
      Opened opened = open();
      try (StateDatabase database = opened.database()) {
        assertThat(opened.warning().orElseThrow())
            .contains(path.toString(), room.resolve(aside).toString(), "damaged", "backups");
        assertThat(database.settings().all()).isEmpty();
        database.settings().put("a", VALUE);
        assertThat(Files.readAllBytes(room.resolve(aside))).isEqualTo(content);
      }
      Opened again = open();
      assertThat(again.warning()).isEmpty();
      again.database().close();
      Files.write(file, content);
    }
  }

  @Test
  void theLogOfADamagedFileGoesWithIt() throws Exception {
    Path file = store();
    Path log = room.resolve("state.db-wal");
    Files.write(log, new byte[] {1, 2, 3});
    Files.write(room.resolve("state.db-shm"), new byte[] {4});
    Files.writeString(file, "no database at all, and no header of one either");
    open().database().close();
    assertThat(names()).containsExactly("state.db", ASIDE, ASIDE + "-wal", "state.db.lock");
    assertThat(room.resolve(ASIDE + "-wal")).hasBinaryContent(new byte[] {1, 2, 3});
  }

  @Test
  void ofManyServersThatFindItDamagedOnePutsItAside() throws Exception {
    Path file = store();
    Files.writeString(file, "no database at all, and no header of one either");
    var patience = StateDatabaseContract.PATIENCE;
    var opened =
        AllAtOnce.run(
            6, _ -> StateDatabases.open(new StateLocation.Sqlite(path), FILES, CLOCK, patience));
    assertThat(opened).filteredOn(each -> each.warning().isPresent()).hasSize(1);
    for (Opened each : opened) {
      each.database().probe();
      each.database().close();
    }
    assertThat(names()).filteredOn(name -> name.contains("damaged")).containsExactly(ASIDE);
  }

  @Test
  void anEmptyFileIsANewDatabase() throws Exception {
    Files.createFile(room.resolve("state.db"));
    Opened opened = open();
    assertThat(opened.warning()).isEmpty();
    opened.database().close();
  }

  @Test
  void aFileThatIsLockedIsLeftAlone() throws Exception {
    Path file = store();
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA locking_mode = EXCLUSIVE");
      statement.execute("BEGIN EXCLUSIVE");
      assertThatThrownBy(this::open)
          .isInstanceOf(StateException.class)
          .hasMessage(
              "could not open: state database %s: another process holds a lock on it; it works"
                      .formatted(path)
                  + " again once that lock is gone");
    }
    assertUntouched();
  }

  private void assertUntouched() {
    try (StateDatabase database = open().database()) {
      assertThat(database.settings().all()).hasSize(300);
    }
    assertThat(room).isDirectoryNotContaining(file -> file.toString().contains("damaged"));
  }

  @Test
  void aServerThatTakesLongToOpenItKeepsAnotherWaiting() throws Exception {
    store();
    try (var _ = FILES.tryLock(path.withSuffix(".lock")).orElseThrow()) {
      assertThatThrownBy(this::open)
          .isInstanceOf(StateException.class)
          .hasMessageContaining("another process is just opening it");
    }
    assertUntouched();
  }

  @Test
  void aFileThatMayNotBeReadIsLeftAlone() throws Exception {
    store();
    FILES.setMode(path.parent(), 0755);
    FILES.setMode(path.withSuffix(".lock"), 0666);
    Privileges.asNobody(() -> {
      assertThatThrownBy(this::open)
          .isInstanceOf(StateException.class)
          .hasMessageContaining("could not open: state database " + path);
      return true;
    });
    assertUntouched();
  }

  @Test
  void aFileOfAnotherThatMayOnlyBeReadIsRefusedAtOnce() throws Exception {
    Path file = store();
    try (var mounted = Mount.tmpfs(FILES, path.parent().resolve("mount"), "size=4m")) {
      FilePath copy = mounted.at().resolve("state.db");
      Files.copy(file, Path.of(copy.toString()));
      FILES.tryLock(copy.withSuffix(".lock")).orElseThrow().close();
      mounted.remount("ro");
      assertThatThrownBy(() -> open(copy))
          .isInstanceOf(StateException.class)
          .hasMessageContaining("could not open: state database " + copy);
      mounted.remount("rw");
      assertThat(FILES.list(mounted.at()).stream().map(FilePath::display))
          .containsExactly("state.db", "state.db.lock");
    }
  }

  @Test
  void whatIsNoFileIsLeftAlone() throws Exception {
    Files.createDirectory(room.resolve("state.db"));
    assertThatThrownBy(this::open)
        .isInstanceOf(StateException.class)
        .hasMessageContaining("state database " + path);
  }

  @Test
  void aDirectoryThatCannotBeMadeIsAnError() throws Exception {
    Files.writeString(room.resolve("file"), "");
    assertThatThrownBy(() -> open(FilePath.of(room).resolve("file/state.db")))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("not a directory");
    FILES.createSymlink(path, "nowhere/state.db".getBytes(UTF_8));
    assertThatThrownBy(this::open).isInstanceOf(StateException.class);
  }

  @Test
  void theFileOfAnotherProgramIsLeftAlone() throws Exception {
    Path file = room.resolve("state.db");
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE customers(name)");
    }
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            HoldfastException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.CONFIGURATION_INVALID));
    assertThat(names()).containsExactly("state.db", "state.db.lock");
  }
}
