package io.holdfast.server.lifecycle;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.server.event.EventName;
import io.holdfast.server.event.ServerEvent;
import io.holdfast.server.event.ServerEvents;
import io.holdfast.server.http.Access;
import io.holdfast.server.security.Tokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The token with which everything begins. Where no token with the role admin works, one is made and
 * put into a file that only its owner reads; so whoever may read that file is never locked out.
 */
final class FirstToken {
  private static final String FILE = "admin-token";

  private FirstToken() {}

  static void ensure(Tokens tokens, FileLayer files, FilePath state, ServerEvents events)
      throws IOException {
    boolean there =
        tokens.all().stream()
            .anyMatch(token ->
                token.role().equals(Access.ADMIN.word())
                    && token.revokedAt().isEmpty()
                    && token.expiresAt().isEmpty());
    if (there) {
      return;
    }
    Tokens.Made made = tokens.make(name(tokens), Access.ADMIN, Optional.empty());
    FilePath file = state.resolve(FILE);
    FileTrees.replaceAtomically(
        files, file, (made.secret().reveal() + "\n").getBytes(StandardCharsets.US_ASCII), 0600);
    events.publish(
        ServerEvent.info(EventName.TOKEN_MADE, "a token with the role admin was put into " + file)
            .with("file", file.toString()));
  }

  private static String name(Tokens tokens) {
    long others = tokens.all().stream().filter(token -> token.name().startsWith("admin")).count();
    return others == 0 ? "admin" : "admin-" + (others + 1);
  }
}
