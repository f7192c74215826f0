package io.holdfast.testkit.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;

/**
 * A private cluster of PostgreSQL: on a free port of the loopback interface, in a temporary
 * directory, with a superuser whose password is asked for (SCRAM). It does not wait for the disk,
 * so it is no place to test power cuts of PostgreSQL itself.
 *
 * <p>A shell keeps it for as long as its own input stays open, so that the server is stopped and
 * its directory removed even when this JVM is killed. Where this runs as root, that is done as the
 * user {@code postgres}. Thread-safe.
 */
public final class PostgresCluster implements AutoCloseable {
  /** The superuser. */
  public static final String USER = "holdfast";

  private static final String DONE = "done";

  /** One word a line comes in; for each, what was done, or the reason why not, goes out. */
  private static final String KEEPER =
      """
      set -u
      bin=$1 port=$2
      read -r PGPASSWORD
      export PGPASSWORD
      room=$(mktemp -d "${TMPDIR:-/tmp}/holdfast-postgres.XXXXXX") || exit 1
      trap 'exit 1' HUP INT TERM
      trap '"$bin/pg_ctl" -D "$room/data" -m immediate stop >/dev/null 2>&1; rm -rf "$room"' EXIT
      cd "$room" || exit 1
      answer() { if "$@" >"$room/out" 2>&1 </dev/null; then echo done; else tr '\\n' ' ' <"$room/out"; echo; fi; }
      create() {
        printf '%s' "$PGPASSWORD" >"$room/password"
        "$bin/initdb" -D "$room/data" -U "$0" --pwfile="$room/password" -A scram-sha-256 \\
          --no-sync -E UTF8 --no-locale
      }
      start() {
        "$bin/pg_ctl" -D "$room/data" -l "$room/log" -w start \\
          -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
      }
      while read -r word argument; do
        case $word in
          create) answer create ;;
          start) answer start ;;
          stop) answer "$bin/pg_ctl" -D "$room/data" -m fast -w stop ;;
          crash) answer "$bin/pg_ctl" -D "$room/data" -m immediate -w stop ;;
          database) answer "$bin/createdb" -h 127.0.0.1 -p "$port" -U "$0" "$argument" ;;
        esac
      done
      """;

  private final Process keeper;
  private final Writer words;
  private final BufferedReader answers;
  private final int port;
  private final String password = UUID.randomUUID().toString();
  private int databases;

  private PostgresCluster(Process keeper, int port) {
    this.keeper = keeper;
    this.words = keeper.outputWriter(UTF_8);
    this.answers = keeper.inputReader(UTF_8);
    this.port = port;
  }

  /** Takes a few seconds. Skips the test where PostgreSQL is not installed. */
  public static PostgresCluster start() {
    Path programs =
        PostgresPrograms.find()
            .orElseGet(
                () -> Assumptions.abort("PostgreSQL is not installed (Debian package postgresql)"));
    try {
      int port = freePort();
      var command = new ArrayList<String>();
      if ("root".equals(System.getProperty("user.name"))) {
        command.addAll(List.of("runuser", "-u", "postgres", "--"));
      }
      command.addAll(
          List.of("sh", "-c", KEEPER, USER, programs.toString(), Integer.toString(port)));
      var cluster =
          new PostgresCluster(
              new ProcessBuilder(command).redirectError(Redirect.INHERIT).start(), port);
      cluster.begin();
      return cluster;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void begin() throws IOException {
    words.write(password + "\n");
    tell("create");
    tell("start");
  }

  /** The URL of a new, empty database. */
  public synchronized String createDatabase() {
    String name = "test" + ++databases;
    tell("database " + name);
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
  }

  /** The password of {@link #USER}. */
  public String password() {
    return password;
  }

  /** Ends the server as an administrator would: connections are cut off. */
  public void stop() {
    tell("stop");
  }

  /** Ends the server as a crash would. */
  public void crash() {
    tell("crash");
  }

  /**
   * Starts the server that was stopped or crashed, on the same port, and waits until it answers.
   */
  public void restart() {
    tell("start");
  }

  private synchronized void tell(String word) {
    try {
      words.write(word + "\n");
      words.flush();
      String answer = answers.readLine();
      if (!DONE.equals(answer)) {
        throw new AssertionError("PostgreSQL, " + word + ": " + answer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops the server and removes all that there is of it. */
  @Override
  public void close() {
    try {
      words.close();
      keeper.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
