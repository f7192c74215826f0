package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.json.TokenCreateJson;
import io.holdfast.cli.local.Paths;
import io.holdfast.cli.remote.RemoteServer;
import io.holdfast.cli.terminal.SafeText;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.server.document.TokenJson;
import io.holdfast.server.document.TokenOrderJson;
import java.io.IOException;
import java.util.Locale;
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
      description = "What it may do: look; also back up and validate; everything.")
  private @Nullable Role role;

  @Option(
      names = "--target",
      paramLabel = "TARGET",
      description = {
        "In place of a role: let it keep the vault of this name at the server, and do nothing else."
            + " It may add to the vault, and delete nothing but locks."
      })
  private @Nullable String target;

  @Option(
      names = "--allow-delete",
      description = "With --target: let it delete as well, as 'restic forget' and 'prune' do.")
  private boolean deletes;

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
    TokenOrderJson order = order();
    try (RemoteServer server = Targets.server(session)) {
      if (output == null) {
        print(session, server.makeToken(order));
      } else {
        write(session, server, order, output);
      }
      return ExitCode.OK;
    }
  }

  private TokenOrderJson order() {
    if (role == null ? target == null : target != null) {
      throw usage("name either --role or --target");
    }
    if (deletes && target == null) {
      throw usage("--allow-delete needs --target");
    }
    return role == null
        ? new TokenOrderJson(name, "target", days, target, deletes)
        : new TokenOrderJson(name, role.name().toLowerCase(Locale.ROOT), days, null, null);
  }

  private static HoldfastException usage(String message) {
    return new HoldfastException(
        ErrorCode.USAGE,
        message,
        "A role opens the API, and a target the vault that one machine keeps at the server.");
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
    return SafeText.line(
        "token " + made.name() + " (" + TokenCommand.opens(made) + ", id " + made.id() + ")");
  }

  private static TokenJson withoutSecret(TokenJson made) {
    return new TokenJson(
        made.id(),
        made.name(),
        made.role(),
        made.createdAt(),
        made.expiresAt(),
        made.revokedAt(),
        made.target(),
        made.allowDelete(),
        null);
  }
}
