package io.holdfast.cli.command;

import io.holdfast.cli.local.LocalTarget;
import io.holdfast.cli.local.Opened;
import io.holdfast.cli.target.Target;
import java.io.IOException;
import java.util.Optional;

/** Finds the installation that a command is about. */
final class Targets {
  private Targets() {}

  /** The one that the configuration describes. */
  static Target configured(Session session) throws IOException {
    return of(session, Optional.empty());
  }

  /**
   * The same, or a repository alone.
   *
   * @param repository the repository, if one was named
   */
  static Target of(Session session, Optional<String> repository) throws IOException {
    var opened =
        repository.isPresent()
            ? Opened.repository(session.surroundings(), repository.get())
            : opened(session);
    return new LocalTarget(opened, session.surroundings());
  }

  /** The engine on this machine, for what only makes sense here. */
  static Opened opened(Session session) throws IOException {
    return Opened.configured(session.surroundings(), session.options().config());
  }
}
