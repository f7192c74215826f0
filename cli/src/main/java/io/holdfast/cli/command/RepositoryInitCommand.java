package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.json.RepositoryInitJson;
import io.holdfast.cli.local.Opened;
import io.holdfast.cli.terminal.SafeText;
import io.holdfast.engine.repository.Repository;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code repository init}. */
@Command(
    name = "init",
    description = {
      "Create the repository of the configuration where there is none yet.",
      "The first backup would do so too."
    })
final class RepositoryInitCommand extends Operation {
  @Override
  ExitCode run(Session session) throws Exception {
    try (Opened opened = Targets.here(session, Optional.empty())) {
      boolean made = opened.engine().upkeep().create();
      Repository repository = opened.installation().repository();
      boolean encrypted = repository.keys().isPresent();
      session.confirm(
          new RepositoryInitJson(
              RepositoryInitJson.SCHEMA, repository.location(), repository.kind(), encrypted, made),
          () -> {
            session.line(
                SafeText.line(repository.location())
                    + ": the "
                    + repository.kind()
                    + (made ? " is ready for backups" : " was there already, and stays as it is"));
            if (encrypted && made) {
              session.line(
                  "Every restore needs its password, and nobody can recover it: keep a copy away"
                      + " from this machine.");
            }
          });
      return ExitCode.OK;
    }
  }
}
