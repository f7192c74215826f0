package io.holdfast.promises;

import io.holdfast.engine.Engine;
import io.holdfast.engine.backup.BackupOutcome;
import io.holdfast.engine.backup.BackupRequest;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.installation.Environment;
import io.holdfast.engine.installation.InstallationReader;
import io.holdfast.engine.installation.Kinds;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.restore.RestoreOutcome;
import io.holdfast.engine.restore.RestoreRequest;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.Trigger;
import io.holdfast.testkit.tree.TreeSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A small platform in a directory: a database, a tree, two configuration files, and a repository
 * for their backups.
 */
final class Platform {
  private final Path root;

  private Platform(Path root) {
    this.root = root;
  }

  /** Makes a platform and writes its configuration. */
  static Platform create(Path root) throws IOException, SQLException {
    var platform = new Platform(root);
    Files.createDirectories(root.resolve("live/memory/deep/er"));
    Files.createDirectories(root.resolve("live/memory/empty"));
    Files.createDirectories(root.resolve("live/config"));
    platform.fill("first");
    return platform;
  }

  /** A platform that is there already. */
  static Platform at(Path root) {
    return new Platform(root);
  }

  /** Gives every store another content; the same word gives the same content. */
  void fill(String word) throws IOException, SQLException {
    Path memory = root.resolve("live/memory");
    Files.writeString(memory.resolve("notes.txt"), "notes of " + word);
    Files.writeString(memory.resolve("deep/er/leaf"), word.repeat(3000));
    Files.writeString(memory.resolve("only-" + word), word);
    Files.deleteIfExists(memory.resolve("link"));
    Files.createSymbolicLink(memory.resolve("link"), Path.of("notes.txt"));
    Files.deleteIfExists(memory.resolve("twin"));
    Files.createLink(memory.resolve("twin"), memory.resolve("deep/er/leaf"));
    Files.writeString(root.resolve("live/config/a.yaml"), "word: " + word + "\n");
    Files.writeString(root.resolve("live/config/b.yaml"), "other: " + word + "\n");
    try (Connection database =
            DriverManager.getConnection("jdbc:sqlite:" + root.resolve("live/app.db"));
        Statement statement = database.createStatement()) {
      statement.execute("pragma journal_mode=wal");
      statement.execute("create table if not exists rows(id integer primary key, word text)");
      statement.execute("delete from rows");
      for (int i = 0; i < 20; i++) {
        statement.execute("insert into rows(word) values ('" + word + i + "')");
      }
    }
  }

  /** The configuration; tests replace parts of it. */
  String configuration() {
    return """
    backup:
      path: repository
      compression: none
      parallelism: 1
      retention: {max_count: 3, max_age_days: 0}
    components:
      app-db: {kind: sqlite, path: live/app.db}
      config: {kind: file, paths: [live/config/a.yaml, live/config/b.yaml]}
      memory: {kind: directory, path: live/memory}
    """;
  }

  Engine open(FileLayer files) throws IOException {
    return open(files, configuration());
  }

  Engine open(FileLayer files, String configuration) throws IOException {
    Path file = root.resolve("holdfast.yaml");
    Files.writeString(file, configuration);
    Kinds kinds = Kinds.onPath();
    var reader = new InstallationReader(kinds, files, Clock.systemUTC());
    // The random ids of a run do not matter here; that they repeat from run to run makes failures
    // repeat.
    var environment =
        new Environment(
            files, Clock.systemUTC(), new SplittableRandom(System.nanoTime()), "test", "test");
    return new Engine(environment, reader.read(FilePath.of(file), Optional.empty()), kinds);
  }

  Engine open() throws IOException {
    return open(PosixFileLayer.create());
  }

  static BackupOutcome backup(Engine engine, Compression compression) {
    return engine.backup(
        new BackupRequest(Trigger.MANUAL, List.of(), Optional.of(compression)),
        RunMonitor.silent());
  }

  static RestoreOutcome restore(Engine engine, RunId backup) {
    return engine.restore(
        new RestoreRequest(backup, List.of(), Optional.empty(), false), RunMonitor.silent());
  }

  /**
   * Everything that is live, as somebody would compare it: files by their bytes and metadata, the
   * database by its rows.
   */
  List<String> state() throws IOException, SQLException {
    List<String> lines = new ArrayList<>();
    FileLayer files = PosixFileLayer.create();
    FilePath live = FilePath.of(root.resolve("live"));
    TreeSnapshot.of(files, live, path -> !path.toString().startsWith("app.db"))
        .entries()
        .forEach((path, line) -> lines.add(path + " " + line));
    // Directories that only hold targets: names come and go in them, which changes their times.
    lines.removeIf(line -> line.startsWith(". ") || line.startsWith("config "));
    try (Connection database =
            DriverManager.getConnection("jdbc:sqlite:" + root.resolve("live/app.db"));
        Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery("select id, word from rows order by id")) {
      while (rows.next()) {
        lines.add("row " + rows.getInt(1) + " " + rows.getString(2));
      }
    }
    return lines;
  }

  /** Names that Holdfast uses beside targets and that must not be left there. */
  List<String> rubbish() throws IOException {
    try (var all = Files.walk(root.resolve("live"))) {
      return all.map(p -> root.relativize(p).toString())
          .filter(p -> p.contains("holdfast"))
          .toList();
    }
  }

  Path repository() {
    return root.resolve("repository");
  }

  Path root() {
    return root;
  }

  /** Keeps a copy of the platform, with its repository, that {@link #reset} goes back to. */
  Path keepAs(Path copy) throws IOException {
    copy(root, copy);
    return copy;
  }

  /**
   * Becomes again what a copy holds, in the same place: journals and backups know absolute paths.
   */
  void reset(Path copy) throws IOException {
    FileTrees.deleteTree(PosixFileLayer.create(), FilePath.of(root));
    copy(copy, root);
  }

  private static void copy(Path from, Path to) throws IOException {
    try {
      Process cp =
          new ProcessBuilder("cp", "-a", from.toString(), to.toString()).inheritIO().start();
      if (!cp.waitFor(60, TimeUnit.SECONDS) || cp.exitValue() != 0) {
        throw new IOException("cp -a failed");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
