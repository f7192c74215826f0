package io.holdfast.example.embedded;

import io.holdfast.engine.installation.Automation;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.restore.RestoreOutcome;
import io.holdfast.engine.restore.RestoreRequest;
import io.holdfast.server.Holdfast;
import io.holdfast.server.event.EventName;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A shop with a database of orders and a directory of invoices. It makes a backup before it
 * migrates its schema; the migration goes wrong, and the shop puts back what it had.
 *
 * <p>{@code mvn -pl examples/embedded -am test} runs it; docs/java.md explains it.
 */
public final class Shop {
  private final Path root;
  private final PrintStream out;

  public Shop(Path root, PrintStream out) {
    this.root = root;
    this.out = out;
  }

  /**
   * Opens the shop, and shows how it survives a migration.
   *
   * @param args the directory to work in; a temporary one if it is missing
   */
  public static void main(String[] args) throws Exception {
    Path root = args.length > 0 ? Path.of(args[0]) : Files.createTempDirectory("holdfast-shop");
    new Shop(root, System.out).run();
  }

  void run() throws Exception {
    Files.createDirectories(root.resolve("invoices"));
    execute("create table if not exists orders(id integer primary key, item text)");
    try (Holdfast holdfast = protection()) {
      execute("insert into orders(item) values ('anvil'), ('rocket skates')");
      Files.writeString(root.resolve("invoices/1.txt"), "1 anvil");
      out.println("open with " + count() + " orders");

      Manifest before = holdfast.beforeMigration();
      out.println("backup " + before.backupId() + " was made before the migration");
      migrateBadly();
      out.println("the migration went wrong: " + count() + " orders");

      RestoreOutcome restored =
          holdfast.restore(new RestoreRequest(before.runId(), List.of(), Optional.empty(), false));
      out.println("the restore " + restored.status().word() + ": " + count() + " orders");
    }
    out.println("closed, after a last backup");
  }

  /** Everything that Holdfast has to know. */
  private Holdfast protection() {
    return Holdfast.builder()
        .repository(root.resolve("backups"))
        .component(
            "orders",
            "sqlite",
            Map.of("path", root.resolve("orders.db").toAbsolutePath().toString()))
        .component(
            "invoices",
            "directory",
            Map.of("path", root.resolve("invoices").toAbsolutePath().toString()))
        .automation(
            new Automation(
                true,
                Duration.ofHours(6),
                Optional.empty(),
                ZoneOffset.UTC,
                Duration.ZERO,
                true,
                false,
                true,
                Duration.ofSeconds(30)))
        .listener(event -> {
          if (event.name() == EventName.BACKUP_FAILED) {
            out.println("ALERT: " + event.text());
          }
        })
        .start();
  }

  private void migrateBadly() throws SQLException, IOException {
    execute("delete from orders");
    Files.delete(root.resolve("invoices/1.txt"));
  }

  private int count() throws SQLException {
    try (Connection database = open();
        Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from orders")) {
      return rows.getInt(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection database = open();
        Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection open() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + root.resolve("orders.db"));
  }
}
