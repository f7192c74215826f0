package io.holdfast.cli.demo;

import io.holdfast.example.platform.Databases;
import io.holdfast.example.platform.Platform;
import io.holdfast.example.platform.Rows;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the platform's database is what it was at the instant of the backup.
 *
 * <p>A writer was at work, so nobody saw that instant. But each transaction follows from its
 * number, and so the state follows from the number of the last one that the backup holds. That
 * number is read from the backup before anything is destroyed. It can be no lower than what the
 * writer had acknowledged before the backup was asked for (P7), and no higher than what it ever
 * began. Then every row of every table is worked out from it, without any database, and must be
 * there exactly: none lost, none torn, none invented.
 *
 * @param acknowledgedBefore the last transaction that was acknowledged before the backup began
 * @param inBackup the last transaction in the backup
 * @param acknowledgedAtEnd the last transaction that was ever acknowledged
 */
record Proof(long acknowledgedBefore, long inBackup, long acknowledgedAtEnd) {

  /** What contradicts the ledger of transactions. */
  List<String> ledger() {
    var lines = new ArrayList<String>();
    if (inBackup < acknowledgedBefore) {
      lines.add(
          "transactions "
              + (inBackup + 1)
              + " to "
              + acknowledgedBefore
              + " were acknowledged before the backup began and are not in it");
    }
    // One may have been committed whose acknowledgement was cut off when the process was killed.
    if (inBackup > acknowledgedAtEnd + 1) {
      lines.add(
          "transactions "
              + (acknowledgedAtEnd + 2)
              + " to "
              + inBackup
              + " are in the backup and were never begun");
    }
    return lines;
  }

  /** How a database differs from what these transactions make. */
  List<String> rows(Path database) {
    return differences(Rows.ofPlatform(inBackup), database);
  }

  /** How the restored database differs from the one that the backup holds. */
  static List<String> sameRows(Path inBackup, Path restored) throws SQLException {
    return differences(Databases.read(inBackup), restored);
  }

  /** How the database of sessions differs from what is always in it. */
  static List<String> sessions(Platform platform) {
    return differences(Rows.ofSessions(), platform.sessions());
  }

  private static List<String> differences(Rows expected, Path database) {
    var lines = new ArrayList<String>();
    String integrity = Databases.integrity(database);
    if (!integrity.equals("ok")) {
      lines.add(database.getFileName() + ": " + integrity);
      return lines;
    }
    try {
      lines.addAll(expected.differences(Databases.read(database)));
    } catch (SQLException unreadable) {
      lines.add(database.getFileName() + ": " + unreadable.getMessage());
    }
    return lines;
  }
}
