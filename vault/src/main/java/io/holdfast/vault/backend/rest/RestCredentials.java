package io.holdfast.vault.backend.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How a server is told who asks. Secrets are fetched for every request, so that one that was
 * changed is used without a restart, and are in no text that this makes.
 */
public sealed interface RestCredentials {
  /** The server lets everybody in. */
  record Anonymous() implements RestCredentials {}

  /**
   * A name and a password (RFC 7617, in UTF-8).
   *
   * @param user without a colon, which would end it
   * @param password fetches it; by any thread
   */
  record Basic(String user, Supplier<String> password) implements RestCredentials {
    /** Checks the name. */
    public Basic {
      if (user.indexOf(':') >= 0) {
        throw new IllegalArgumentException("a user's name holds no colon");
      }
    }

    @Override
    public String toString() {
      return "Basic[user=" + user + "]";
    }
  }

  /**
   * A token (RFC 6750).
   *
   * @param token fetches it; by any thread
   */
  record Bearer(Supplier<String> token) implements RestCredentials {
    @Override
    public String toString() {
      return "Bearer[]";
    }
  }

  /**
   * The value of the header {@code Authorization}; empty if none is sent.
   *
   * @throws IllegalArgumentException if a token holds what no header can carry; without saying what
   */
  default Optional<String> authorization() {
    return switch (this) {
      case Anonymous() -> Optional.empty();
      case Basic(String user, Supplier<String> password) -> {
        byte[] both = (user + ":" + password.get()).getBytes(UTF_8);
        yield Optional.of("Basic " + Base64.getEncoder().encodeToString(both));
      }
      case Bearer(Supplier<String> token) -> {
        String value = token.get();
        if (value.isEmpty() || !value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
          throw new IllegalArgumentException("a token is made of printable ASCII without spaces");
        }
        yield Optional.of("Bearer " + value);
      }
    };
  }
}
