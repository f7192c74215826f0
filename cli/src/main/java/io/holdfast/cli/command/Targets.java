package io.holdfast.cli.command;

import io.holdfast.cli.local.LocalTarget;
import io.holdfast.cli.local.Opened;
import io.holdfast.cli.remote.RemoteServer;
import io.holdfast.cli.remote.RemoteTarget;
import io.holdfast.cli.remote.ServerChoice;
import io.holdfast.cli.target.Target;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.run.InstallationName;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Finds the installation that a command is about: here, or behind a server. */
final class Targets {
  private static final String VARIABLE = "HOLDFAST_SERVER";

  private Targets() {}

  /** The one that the configuration describes, or that the server looks after. */
  static Target configured(Session session) throws IOException {
    return of(session, Optional.empty());
  }

  /**
   * The same, or a repository alone.
   *
   * @param repository the repository, if one was named
   */
  static Target of(Session session, Optional<String> repository) throws IOException {
    return of(session, repository, Optional.empty());
  }

  /**
   * The same.
   *
   * @param installation whose backups are meant, in a repository alone; empty if nobody says
   */
  static Target of(
      Session session, Optional<String> repository, Optional<InstallationName> installation)
      throws IOException {
    Optional<String> server = server(session, repository);
    if (server.isPresent()) {
      return new RemoteTarget(remote(session, server.get()));
    }
    Opened opened =
        repository.isPresent()
            ? Opened.repository(session.surroundings(), repository.get(), installation)
            : Opened.configured(session.surroundings(), session.options().config());
    List<String> stored = opened.heeded().policy().inWords();
    if (session.options().verbose() && !stored.isEmpty()) {
      session.note(
          "The server stored, and this goes before the file: " + String.join(", ", stored));
    }
    return new LocalTarget(opened, session.surroundings());
  }

  /** The server, for what only a server can do. */
  static RemoteServer server(Session session) {
    String url =
        server(session, Optional.empty())
            .orElseThrow(() ->
                new HoldfastException(
                    ErrorCode.USAGE,
                    "this takes a server, and none is named",
                    "Name one with --server URL, or with the variable " + VARIABLE + "."));
    return remote(session, url);
  }

  /** The engine on this machine, for what only makes sense here. */
  static Opened here(Session session) throws IOException {
    requireHere(session, "'holdfast status' tells how a server is.");
    return Opened.configured(session.surroundings(), session.options().config());
  }

  /**
   * The same, or a repository alone, to be read.
   *
   * @param repository the repository, if one was named
   */
  static Opened here(Session session, Optional<String> repository) throws IOException {
    requireHere(session, "Run it where the repository can be reached, with its configuration.");
    return repository.isPresent()
        ? Opened.repository(session.surroundings(), repository.get())
        : Opened.configured(session.surroundings(), session.options().config());
  }

  /**
   * The same, to be changed.
   *
   * @param repository the repository, if one was named
   */
  static Opened hereToChange(Session session, Optional<String> repository) throws IOException {
    requireHere(session, "Run it where the repository can be reached, with its configuration.");
    return repository.isPresent()
        ? Opened.repositoryToChange(session.surroundings(), repository.get())
        : Opened.configured(session.surroundings(), session.options().config());
  }

  /**
   * Goes on if no server is named on the command line.
   *
   * @param instead what to do in place of that
   * @throws HoldfastException {@code USAGE}
   */
  static void requireHere(Session session, String instead) {
    if (session.options().server().url().isPresent()) {
      throw new HoldfastException(
          ErrorCode.USAGE, "this looks at the machine that it runs on, not at a server", instead);
    }
    requireNothingLeft(session);
  }

  /**
   * The server that is named: by an option, which goes with nothing else that names an
   * installation, or by the environment, which gives way to whatever does.
   */
  private static Optional<String> server(Session session, Optional<String> repository) {
    ServerChoice choice = session.options().server();
    Optional<String> other =
        session
            .options()
            .config()
            .map(file -> "--config")
            .or(() -> repository.map(r -> "--repository"));
    if (choice.url().isPresent()) {
      if (other.isPresent()) {
        throw new HoldfastException(
            ErrorCode.USAGE,
            "--server and " + other.get() + " name two installations",
            "A server has its own configuration; leave one of them out.");
      }
      return choice.url();
    }
    Optional<String> found =
        other.isPresent() ? Optional.empty() : session.surroundings().variable(VARIABLE);
    if (found.isEmpty()) {
      requireNothingLeft(session);
    }
    return found;
  }

  private static void requireNothingLeft(Session session) {
    session
        .options()
        .server()
        .leftOver()
        .ifPresent(option -> {
          throw new HoldfastException(
              ErrorCode.USAGE,
              option + " is for a server, and none is named",
              "Add --server URL, or leave it out.");
        });
  }

  private static RemoteServer remote(Session session, String url) {
    return RemoteServer.at(url, session.options().server(), session.surroundings());
  }
}
