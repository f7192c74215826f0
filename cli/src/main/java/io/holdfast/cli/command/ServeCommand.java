package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.Version;
import io.holdfast.cli.local.ConfigurationFile;
import io.holdfast.cli.local.Opened;
import io.holdfast.cli.log.ServerLog;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.server.Holdfast;
import io.holdfast.server.HoldfastBuilder;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code serve}. */
@Command(
    name = "serve",
    description = {
      "Run the server: backups by the schedule, at start and at the end, the REST API, metrics.",
      "Ends on SIGTERM or Ctrl-C, after a last backup if that is on."
    })
final class ServeCommand extends Operation {
  /** How the log is written. */
  enum LogFormat {
    JSON,
    TEXT
  }

  @Option(
      names = "--log",
      paramLabel = "json|text",
      description = "How to log, on standard error: text on a terminal, else json.")
  private @Nullable LogFormat log;

  @Override
  ExitCode run(Session session) throws Exception {
    FilePath file =
        new ConfigurationFile(session.surroundings(), PosixFileLayer.create())
            .find(session.options().config());
    boolean json = log == null ? !session.surroundings().errIsTerminal() : log == LogFormat.JSON;
    ServerLog.begin(System.err, json, session.options().verbose());
    var stop = new Cancellation();
    var stopped = new CountDownLatch(1);
    HoldfastBuilder builder =
        Holdfast.builder()
            .configuration(Path.of(file.toString()))
            .identity(Opened.hostName(), Version.text())
            .http()
            .stop(stop);
    session.surroundings().home().ifPresent(home -> builder.home(Path.of(home.toString())));
    try (var heeded = stop.onCancel(stopped::countDown);
        var interruptible = session.interruption().during(stop)) {
      session.interruption().isTheEnd();
      try (Holdfast holdfast = builder.start()) {
        stopped.await();
      }
    }
    return ExitCode.OK;
  }
}
