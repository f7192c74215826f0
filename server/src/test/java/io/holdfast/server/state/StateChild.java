package io.holdfast.server.state;

import static io.holdfast.server.state.StateDatabaseContract.CLOCK;
import static io.holdfast.server.state.StateDatabaseContract.FILES;
import static io.holdfast.server.state.StateDatabaseContract.PATIENCE;
import static io.holdfast.server.state.StateFixture.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.run.Trigger;
import java.io.BufferedReader;
import java.io.InputStreamReader;

/**
 * Another process that uses a file of SQLite. Its arguments are the file, its name, and what it
 * does: {@code claim} keys, one for each line that it reads; or {@code write} runs with numbers
 * from the next argument on, for ever, telling of each thing after it was acknowledged.
 */
final class StateChild {
  private StateChild() {}

  public static void main(String[] arguments) throws Exception {
    var location = new StateLocation.Sqlite(FilePath.of(arguments[0]));
    StateDatabase database = StateDatabases.open(location, FILES, CLOCK, PATIENCE).database();
    System.out.println("open");
    if (arguments[2].equals("write")) {
      write(database, arguments[1], Integer.parseInt(arguments[3]));
    } else {
      claim(database, arguments[1]);
    }
  }

  private static void write(StateDatabase database, String name, int first) {
    for (int number = first; ; number++) {
      RunRecord run = TestRuns.backup(number, Trigger.MANUAL, NOON);
      var key = new IdempotencyStore.Key("backup", "k" + number);
      database.idempotency().claim(key, "body", name, NOON, NOON);
      System.out.println("claimed " + number);
      database.runs().put(run);
      database.idempotency().started(key, run.run());
      System.out.println("begun " + number);
      database.runs().put(TestRuns.ended(run, "x".repeat(number * 997 % 50_000)));
      System.out.println("ended " + number);
    }
  }

  private static void claim(StateDatabase database, String name) throws Exception {
    var lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String key = lines.readLine(); key != null; key = lines.readLine()) {
      boolean won =
          database
              .idempotency()
              .claim(new IdempotencyStore.Key("backup", key), "b", name, NOON, NOON)
              .isEmpty();
      System.out.println(won ? "won" : "lost");
    }
  }
}
