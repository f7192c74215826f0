package io.holdfast.server.security;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.server.http.Access;
import io.holdfast.server.http.Authenticator;
import io.holdfast.server.http.Caller;
import io.holdfast.server.state.StateException;
import io.holdfast.server.state.TokenStore;
import io.holdfast.server.state.TokenStore.Token;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Tokens of the API, and those of targets. A token is {@code hf_}, 12 digits that name it, {@code
 * _}, and 256 random bits; of the whole only the SHA-256 is kept, which for that many random bits
 * needs no slow hash. Thread-safe.
 *
 * <p>While the state database does not answer, tokens that were seen before go on working: whoever
 * is woken because of it must be able to get in.
 */
public final class Tokens implements Authenticator {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

  private final TokenStore store;
  private final SecureRandom random;
  private final Clock clock;
  private final Map<String, Token> seen = new ConcurrentHashMap<>();

  public Tokens(TokenStore store, SecureRandom random, Clock clock) {
    this.store = store;
    this.random = random;
    this.clock = clock;
  }

  /**
   * A new token.
   *
   * @param secret shown this once, and never again
   */
  public record Made(Token token, TokenSecret secret) {}

  /**
   * Makes a token.
   *
   * @param expiresAt when it stops working; empty for never
   * @throws HoldfastException {@code VALUE_REFUSED} for a name that is none, {@code NAME_TAKEN}
   */
  public Made make(String name, Access role, Optional<Instant> expiresAt) {
    return stored(draft(name, role, expiresAt));
  }

  /**
   * Makes a token that opens one target and nothing else.
   *
   * @param expiresAt when it stops working; empty for never
   * @throws HoldfastException {@code VALUE_REFUSED} for a name that is none, {@code NAME_TAKEN}
   */
  public Made make(String name, Caller.Scope scope, Optional<Instant> expiresAt) {
    return stored(
        draft(
            name,
            Access.TARGET,
            Optional.of(new TokenStore.Target(scope.target(), scope.deletes())),
            expiresAt));
  }

  private Made stored(Made made) {
    String name = made.token().name();
    if (!store(made)) {
      throw new HoldfastException(
          ErrorCode.NAME_TAKEN,
          "there is a token called " + name,
          "Take another name, or revoke that one.");
    }
    return made;
  }

  /**
   * A token that opens nothing before it is {@linkplain #store stored}, for whoever has to keep the
   * secret safe first.
   *
   * @throws HoldfastException {@code VALUE_REFUSED} for a name that is none
   */
  public Made draft(String name, Access role, Optional<Instant> expiresAt) {
    return draft(name, role, Optional.empty(), expiresAt);
  }

  private Made draft(
      String name, Access role, Optional<TokenStore.Target> target, Optional<Instant> expiresAt) {
    if (!NAME.matcher(name).matches()) {
      throw new HoldfastException(
          ErrorCode.VALUE_REFUSED,
          "no token can have that name",
          "A name has 1 to 63 letters, digits, dots, underscores and dashes, and begins with a letter or digit.");
    }
    var secret = TokenSecret.random(random);
    var token =
        new Token(
            secret.id(),
            name,
            role.word(),
            target,
            secret.hash(),
            clock.instant(),
            expiresAt,
            Optional.empty());
    return new Made(token, secret);
  }

  /** From here on it opens what its role may do. False if its name is taken. */
  public boolean store(Made made) {
    return store.add(made.token());
  }

  /** All tokens, revoked ones too. */
  public List<Token> all() {
    return store.all();
  }

  /**
   * Ends a token.
   *
   * @return whether there was one that was not ended yet
   */
  public boolean revoke(String id) {
    seen.remove(id);
    return store.revoke(id, clock.instant());
  }

  /**
   * Whether a token with the role admin is left that never expires. Where none is, the next start
   * makes one.
   */
  public boolean isAdminLeft() {
    return store.all().stream()
        .anyMatch(token ->
            token.role().equals(Access.ADMIN.word())
                && token.revokedAt().isEmpty()
                && token.expiresAt().isEmpty());
  }

  @Override
  public Optional<Caller> authenticate(String text) {
    Optional<TokenSecret> secret = TokenSecret.parse(text);
    if (secret.isEmpty()) {
      return Optional.empty();
    }
    Optional<Token> token = find(secret.get().id());
    if (token.isEmpty() || !isValid(token.get(), secret.get())) {
      return Optional.empty();
    }
    return role(token.get().role()).flatMap(role -> caller(token.get(), role));
  }

  private static Optional<Caller> caller(Token token, Access role) {
    Optional<Caller.Scope> scope =
        token.target().map(target -> new Caller.Scope(target.name(), target.deletes()));
    // A token for a target that names none, or an API token that names one, was made by nobody.
    return scope.isPresent() == (role == Access.TARGET)
        ? Optional.of(new Caller(token.id(), token.name(), role, scope))
        : Optional.empty();
  }

  /** The role of a word; {@code open} is none. */
  public static Optional<Access> role(String word) {
    return Arrays.stream(Access.values())
        .filter(access -> access != Access.OPEN)
        .filter(access -> access.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst();
  }

  private Optional<Token> find(String id) {
    try {
      Optional<Token> token = store.find(id);
      token.ifPresentOrElse(known -> seen.put(id, known), () -> seen.remove(id));
      return token;
    } catch (StateException unanswered) {
      return Optional.ofNullable(seen.get(id));
    }
  }

  private boolean isValid(Token token, TokenSecret secret) {
    boolean same =
        MessageDigest.isEqual(
            token.hash().getBytes(java.nio.charset.StandardCharsets.US_ASCII),
            secret.hash().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    Instant now = clock.instant();
    return same && token.revokedAt().isEmpty() && token.expiresAt().map(now::isBefore).orElse(true);
  }
}
