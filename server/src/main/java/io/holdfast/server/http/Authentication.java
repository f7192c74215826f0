package io.holdfast.server.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out who calls and whether they may. Thread-safe.
 *
 * <p>A good token is good however many bad ones come from its address: else anybody behind the same
 * proxy could lock everybody out. That the limit does not hide the right guess is no loss, since
 * nobody guesses 256 random bits; what it makes slow are programs that ask again and again.
 */
final class Authentication {
  /** RFC 6750; what is longer is no token of ours and not worth a look. */
  private static final Pattern BEARER =
      Pattern.compile("Bearer +([A-Za-z0-9._~+/-]{1,512}=*)", Pattern.CASE_INSENSITIVE);

  private static final Map<String, String> CHALLENGE = Map.of("WWW-Authenticate", "Bearer");

  private final Authenticator authenticator;
  private final GuessLimit guesses;

  Authentication(Authenticator authenticator, GuessLimit guesses) {
    this.authenticator = authenticator;
    this.guesses = guesses;
  }

  /**
   * The caller, who may do what is needed.
   *
   * @throws ProblemException 401 without a good token, 403 for too low a role, 429 after too many
   *     bad tokens
   */
  Caller require(Access needed, Exchange exchange) {
    if (needed == Access.OPEN) {
      return Caller.ANONYMOUS;
    }
    List<String> headers = exchange.headers("Authorization");
    if (headers.isEmpty()) {
      throw unauthorized("A token is needed");
    }
    Caller caller = authenticate(headers, exchange.address());
    if (!caller.access().includes(needed)) {
      exchange.identified(caller);
      throw new ProblemException(
          ProblemCode.FORBIDDEN,
          "This needs the role " + needed.word() + "; yours is " + caller.access().word());
    }
    return caller;
  }

  private Caller authenticate(List<String> headers, String address) {
    Matcher bearer = BEARER.matcher(headers.getFirst());
    if (headers.size() > 1 || !bearer.matches()) {
      throw unauthorized("The header Authorization holds no bearer token");
    }
    String token = bearer.group(1);
    Optional<Caller> caller = authenticator.authenticate(token);
    if (caller.isEmpty()) {
      requirePatience(address);
      guesses.failed(address);
      throw unauthorized("The token is not valid");
    }
    return caller.get();
  }

  private void requirePatience(String address) {
    OptionalLong seconds = guesses.wait(address);
    if (seconds.isPresent()) {
      throw new ProblemException(
          new Problem(
              ProblemCode.RATE_LIMITED, "Too many bad tokens came from this address", seconds));
    }
  }

  private static ProblemException unauthorized(String detail) {
    return new ProblemException(new Problem(ProblemCode.UNAUTHORIZED, detail), CHALLENGE);
  }
}
