package io.holdfast.cli.demo;

import io.holdfast.example.platform.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** What to damage between restore and comparison, to see that the comparison can fail. */
public enum Sabotage {
  /** One value in one row. */
  ROW {
    @Override
    void apply(Platform platform) throws SQLException {
      try (Connection connection =
              DriverManager.getConnection("jdbc:sqlite:" + platform.database());
          Statement statement = connection.createStatement()) {
        statement.executeUpdate("UPDATE budgets SET spent_cents = spent_cents + 1 WHERE agent = 7");
      }
    }
  },
  /** One bit of one file; its size and its time stay. */
  FILE {
    @Override
    void apply(Platform platform) throws IOException {
      Path file = platform.checkpoints().resolve("step-02000/weights.bin");
      FileTime modified = Files.getLastModifiedTime(file);
      byte[] content = Files.readAllBytes(file);
      content[content.length / 2] ^= 1;
      Files.write(file, content);
      Files.setLastModifiedTime(file, modified);
    }
  };

  abstract void apply(Platform platform) throws IOException, SQLException;
}
