package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.ServerFault;
import io.holdfast.cli.json.TokenRevokeJson;
import io.holdfast.cli.json.TokensJson;
import io.holdfast.cli.remote.RemoteServer;
import io.holdfast.cli.target.ServerException;
import io.holdfast.cli.terminal.Formats;
import io.holdfast.cli.terminal.SafeText;
import io.holdfast.cli.terminal.Table;
import io.holdfast.server.document.TokenJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code token}. */
@Command(
    name = "token",
    description = "Look after the tokens that open a server.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {TokenCommand.ListAll.class, TokenCreateCommand.class, TokenCommand.Revoke.class})
final class TokenCommand extends GroupCommand {

  /** {@code token list}. */
  @Command(name = "list", description = "List all tokens, without their secrets.")
  static final class ListAll extends Operation {
    @Override
    ExitCode run(Session session) {
      try (RemoteServer server = Targets.server(session)) {
        List<TokenJson> tokens = server.tokens();
        session.answer(new TokensJson(TokensJson.SCHEMA, tokens), () -> tell(session, tokens));
        return ExitCode.OK;
      }
    }

    private static void tell(Session session, List<TokenJson> tokens) {
      if (tokens.isEmpty()) {
        session.line("No tokens.");
        return;
      }
      Instant now = session.now();
      var table = new Table("ID", "NAME", "ROLE", "CREATED", "STATE");
      for (TokenJson token : tokens) {
        table.row(
            token.id(),
            token.name(),
            opens(token),
            Formats.age(token.createdAt(), now),
            state(token, now));
      }
      session.table(table);
    }

    private static String state(TokenJson token, Instant now) {
      if (token.revokedAt() != null) {
        return "revoked " + Formats.age(token.revokedAt(), now);
      }
      Instant expiry = token.expiresAt();
      if (expiry == null) {
        return "valid";
      }
      return expiry.isAfter(now) ? "valid until " + expiry : "expired " + Formats.age(expiry, now);
    }
  }

  /** The role of a token, or the target that it opens. */
  static String opens(TokenJson token) {
    if (token.target() == null) {
      return token.role();
    }
    return "target "
        + token.target()
        + (Boolean.TRUE.equals(token.allowDelete()) ? ", deletes" : "");
  }

  /** {@code token revoke}. */
  @Command(name = "revoke", description = "End a token: it opens nothing any more.")
  static final class Revoke extends Operation {
    @Parameters(paramLabel = "ID", description = "Its id, as 'token list' shows it.")
    private String id;

    @Override
    ExitCode run(Session session) {
      try (RemoteServer server = Targets.server(session)) {
        Optional<String> warning = revoke(server);
        session.confirm(
            new TokenRevokeJson(TokenRevokeJson.SCHEMA, id, warning.orElse(null)),
            () -> session.line("revoked " + SafeText.line(id)));
        warning.map(SafeText::line).ifPresent(session::warn);
        return ExitCode.OK;
      }
    }

    private Optional<String> revoke(RemoteServer server) {
      try {
        return server.revokeToken(id);
      } catch (ServerException refused) {
        throw refused.fault() == ServerFault.RECORD_NOT_FOUND
            ? new ServerException(
                ServerFault.RECORD_NOT_FOUND,
                refused.message(),
                "Name it by its id, not by its name; 'holdfast token list' shows both.")
            : refused;
      }
    }
  }
}
