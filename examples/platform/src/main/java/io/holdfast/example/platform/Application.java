package io.holdfast.example.platform;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.LockSupport;

/**
 * The platform at work, a process of its own: commits one transaction after the other and says
 * {@code commit N} once SQLite has acknowledged the N-th. It keeps both databases open all the
 * time.
 *
 * <p>On its standard input it takes the lines {@code sessions} (answers {@code sessions} and how
 * many it sees) and {@code log-out} (deletes them all, answers the same). It ends when its input
 * does, and so never outlives who started it.
 */
final class Application {
  private static final long PAUSE_NANOS = 1_500_000;

  private final Connection platform;
  private final Connection sessions;
  private final PrintStream out;

  private Application(Connection platform, Connection sessions, PrintStream out) {
    this.platform = platform;
    this.sessions = sessions;
    this.out = out;
  }

  /**
   * Works until the standard input ends.
   *
   * @param args the platform's home
   */
  public static void main(String[] args) throws SQLException, IOException {
    var home = new Platform(Path.of(args[0]));
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (Connection platform = Databases.open(home.database());
        Connection sessions = Databases.open(home.sessions())) {
      var application = new Application(platform, sessions, out);
      Thread writer = Thread.ofPlatform().daemon().start(application::work);
      application.answer();
      writer.interrupt();
    }
    // The writer may be in the middle of a transaction, which SQLite rolls back.
    Runtime.getRuntime().halt(0);
  }

  private void work() {
    try {
      platform.setAutoCommit(false);
      long number = Databases.lastTransaction(platform);
      platform.rollback();
      out.println("ready " + number);
      while (!Thread.currentThread().isInterrupted()) {
        number++;
        commit(Transaction.of(number));
        out.println("commit " + number);
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    } catch (SQLException failure) {
      out.println("failed " + failure.getMessage());
    }
  }

  private void commit(Transaction transaction) throws SQLException {
    run(
        "UPDATE budgets SET spent_cents = spent_cents + ? WHERE agent = ?",
        transaction.amountCents(),
        transaction.agent());
    run(
        "UPDATE tasks SET state = ?, updated_at = ? WHERE id = ?",
        transaction.state(),
        transaction.at(),
        transaction.task());
    run(
        "INSERT INTO audit_log VALUES (?, ?, ?, ?, ?)",
        Rows.FORMER_AUDIT + transaction.number(),
        transaction.agent(),
        transaction.amountCents(),
        transaction.at(),
        transaction.detail());
    run("UPDATE sequence SET number = ? WHERE id = 1", transaction.number());
    platform.commit();
  }

  private void run(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = platform.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  private void answer() throws IOException, SQLException {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      try (Statement statement = sessions.createStatement()) {
        if (line.equals("log-out")) {
          statement.executeUpdate("DELETE FROM sessions");
        }
        try (ResultSet result = statement.executeQuery("SELECT count(*) FROM sessions")) {
          out.println("sessions " + (result.next() ? result.getLong(1) : 0));
        }
      }
    }
  }
}
