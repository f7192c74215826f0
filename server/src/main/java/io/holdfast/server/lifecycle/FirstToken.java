package io.holdfast.server.lifecycle;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.server.event.EventName;
import io.holdfast.server.event.ServerEvent;
import io.holdfast.server.event.ServerEvents;
import io.holdfast.server.http.Access;
import io.holdfast.server.security.Tokens;
import io.holdfast.server.state.TokenStore.Token;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The token with which everything begins. Where no token with the role admin works for good, one is
 * made and put into a file that only its owner reads; so whoever may read that file is never locked
 * out.
 *
 * <p>The file is written first, and then the token is stored: one that was stored, and whose secret
 * nobody has, would keep the next start from making another.
 */
final class FirstToken {
  static final String FILE = "admin-token";
  private static final int OWNER_ONLY = 0600;

  private FirstToken() {}

  static void ensure(Tokens tokens, FileLayer files, FilePath state, ServerEvents events)
      throws IOException {
    List<Token> known = tokens.all();
    if (known.stream().anyMatch(FirstToken::worksForGood)) {
      return;
    }
    FilePath file = state.resolve(FILE);
    Tokens.Made made;
    int number = 1;
    do {
      made = tokens.draft(name(number++), Access.ADMIN, Optional.empty());
      String line = made.secret().reveal() + "\n";
      FileTrees.replaceAtomically(
          files, file, line.getBytes(StandardCharsets.US_ASCII), OWNER_ONLY);
      // Each turn that fails has met a token of that name, so there is an end.
    } while (!tokens.store(made));
    events.publish(
        ServerEvent.info(EventName.TOKEN_MADE, "a token with the role admin was put into " + file)
            .with("file", file.toString()));
  }

  private static boolean worksForGood(Token token) {
    return token.role().equals(Access.ADMIN.word())
        && token.revokedAt().isEmpty()
        && token.expiresAt().isEmpty();
  }

  private static String name(int number) {
    return number == 1 ? "admin" : "admin-" + number;
  }
}
