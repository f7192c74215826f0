package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.json.TokenCreateJson;
import io.holdfast.cli.local.Paths;
import io.holdfast.cli.remote.RemoteServer;
import io.holdfast.cli.terminal.SafeText;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.server.document.TokenJson;
import io.holdfast.server.document.TokenOrderJson;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code token create}. */
@Command(
    name = "create",
    description = {"Make a token. Its secret is printed this once, and nothing can show it again."})
final class TokenCreateCommand extends Operation {
  /** What a token may do. */
  enum Role {
    VIEWER,
    OPERATOR,
    ADMIN
  }

  @Parameters(paramLabel = "NAME", description = "What it is to be called.")
  private String name;

  @Option(
      names = "--role",
      paramLabel = "viewer|operator|admin",
      required = true,
      description = "What it may do: look; also back up and validate; everything.")
  private Role role;

  @Option(
      names = "--expires-in-days",
      paramLabel = "N",
      description = "When it stops working; never if it is not said.")
  private @Nullable Integer days;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write the secret into a new file that only you can read, and print none.")
  private @Nullable String output;

  @Override
  ExitCode run(Session session) throws IOException {
    var order = new TokenOrderJson(name, role.name().toLowerCase(java.util.Locale.ROOT), days);
    try (RemoteServer server = Targets.server(session)) {
      if (output == null) {
        print(session, server.makeToken(order));
      } else {
        write(session, server, order, output);
      }
      return ExitCode.OK;
    }
  }

  private static void print(Session session, TokenJson made) {
    session.note(describe(made) + "; this is its secret, which nothing can show again:");
    session.answer(
        new TokenCreateJson(TokenCreateJson.SCHEMA, made, null),
        () -> session.line(SafeText.line(String.valueOf(made.token()))));
  }

  private static void write(
      Session session, RemoteServer server, TokenOrderJson order, String output)
      throws IOException {
    try (var file =
        SecretFile.create(PosixFileLayer.create(), Paths.resolve(output, session.surroundings()))) {
      TokenJson made = server.makeToken(order);
      try {
        file.write(String.valueOf(made.token()));
      } catch (IOException unwritten) {
        // Nobody has the secret; a token that nobody can use is only good to be found by others.
        server.revokeToken(made.id());
        throw unwritten;
      }
      session.confirm(
          new TokenCreateJson(TokenCreateJson.SCHEMA, withoutSecret(made), file.toString()),
          () -> session.line(describe(made) + " is in " + SafeText.line(file.toString())));
    }
  }

  private static String describe(TokenJson made) {
    return SafeText.line("token " + made.name() + " (" + made.role() + ", id " + made.id() + ")");
  }

  private static TokenJson withoutSecret(TokenJson made) {
    return new TokenJson(
        made.id(),
        made.name(),
        made.role(),
        made.createdAt(),
        made.expiresAt(),
        made.revokedAt(),
        null);
  }
}
