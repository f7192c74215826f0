package io.holdfast.server.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
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

  /**
   * RFC 7617, where targets are: restic sends nothing else, with the token as password. The user's
   * name says nothing. Nowhere else, since browsers would send it by themselves.
   */
  private static final Pattern BASIC =
      Pattern.compile("Basic +([A-Za-z0-9+/]{1,1024}=*)", Pattern.CASE_INSENSITIVE);

  private static final String CHALLENGE = "WWW-Authenticate";

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
      throw unauthorized(needed, "A token is needed");
    }
    Caller caller = authenticate(needed, headers, exchange.address());
    if (!caller.access().includes(needed)) {
      exchange.identified(caller);
      throw new ProblemException(
          ProblemCode.FORBIDDEN,
          "This needs the role " + needed.word() + "; yours is " + caller.access().word());
    }
    return caller;
  }

  private Caller authenticate(Access needed, List<String> headers, String address) {
    Optional<String> token = headers.size() > 1 ? Optional.empty() : token(needed, headers);
    if (token.isEmpty()) {
      throw unauthorized(
          needed,
          needed == Access.TARGET
              ? "The header Authorization holds no token, neither as bearer nor as password"
              : "The header Authorization holds no bearer token");
    }
    Optional<Caller> caller = authenticator.authenticate(token.get());
    if (caller.isEmpty()) {
      requirePatience(address);
      guesses.failed(address);
      throw unauthorized(needed, "The token is not valid");
    }
    return caller.get();
  }

  private static Optional<String> token(Access needed, List<String> headers) {
    Matcher bearer = BEARER.matcher(headers.getFirst());
    if (bearer.matches()) {
      return Optional.of(bearer.group(1));
    }
    Matcher basic = BASIC.matcher(headers.getFirst());
    return needed == Access.TARGET && basic.matches() ? password(basic.group(1)) : Optional.empty();
  }

  private static Optional<String> password(String encoded) {
    try {
      String both = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = both.indexOf(':');
      return colon < 0 ? Optional.empty() : Optional.of(both.substring(colon + 1));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private void requirePatience(String address) {
    OptionalLong seconds = guesses.wait(address);
    if (seconds.isPresent()) {
      throw new ProblemException(
          new Problem(
              ProblemCode.RATE_LIMITED, "Too many bad tokens came from this address", seconds));
    }
  }

  private static ProblemException unauthorized(Access needed, String detail) {
    String challenge =
        needed == Access.TARGET ? "Basic realm=\"Holdfast target\", Bearer" : "Bearer";
    return new ProblemException(
        new Problem(ProblemCode.UNAUTHORIZED, detail), Map.of(CHALLENGE, challenge));
  }
}
