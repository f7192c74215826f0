package io.holdfast.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.server.http.Access;
import io.holdfast.server.http.Caller;
import io.holdfast.server.state.StateDatabase;
import io.holdfast.server.state.StateDatabases;
import io.holdfast.server.state.StateException;
import io.holdfast.server.state.StateLocation;
import io.holdfast.server.state.TokenStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
  private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

  @TempDir Path dir;
  private StateDatabase state;

  @BeforeEach
  void open() {
    state =
        StateDatabases.open(
                new StateLocation.Sqlite(FilePath.of(dir.resolve("state.db"))),
                PosixFileLayer.create(),
                Clock.systemUTC())
            .database();
  }

  @AfterEach
  void close() {
    state.close();
  }

  @Test
  @DisplayName("whoever bears a token is who it was made for")
  void authenticates() {
    Tokens.Made made = tokens(NOON).make("ci", Access.OPERATOR, Optional.empty());
    assertThat(tokens(NOON).authenticate(made.secret().reveal()))
        .contains(new Caller(made.token().id(), "ci", Access.OPERATOR));
  }

  @Test
  @DisplayName(
      "whoever bears a token of a target may use that one, and delete there if it was made so")
  void authenticatesForTargets() {
    for (boolean deletes : new boolean[] {false, true}) {
      var scope = new Caller.Scope("attic", deletes);
      Tokens.Made made = tokens(NOON).make("laptop" + deletes, scope, Optional.empty());
      assertThat(tokens(NOON).authenticate(made.secret().reveal()))
          .contains(
              new Caller(made.token().id(), "laptop" + deletes, Access.TARGET, Optional.of(scope)));
    }
    assertThat(tokens(NOON).isAdminLeft()).isFalse();
  }

  @Test
  @DisplayName("the secret is neither stored, nor told by what holds it")
  void secrecy() throws Exception {
    Tokens.Made made = tokens(NOON).make("ci", Access.ADMIN, Optional.empty());
    String secret = made.secret().reveal();
    assertThat(made.secret().toString()).doesNotContain(secret.substring(17));
    assertThat(made.toString()).doesNotContain(secret.substring(17));
    state.close();
    try (var files = Files.list(dir)) {
      for (Path file : files.toList()) {
        assertThat(
                new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
            .doesNotContain(secret.substring(17));
      }
    }
    open();
  }

  @Test
  @DisplayName("a token that was altered, revoked or has expired is none")
  void refused() {
    Tokens tokens = tokens(NOON);
    Tokens.Made made = tokens.make("ci", Access.VIEWER, Optional.of(NOON.plus(Duration.ofDays(1))));
    String secret = made.secret().reveal();
    char last = secret.charAt(secret.length() - 1);
    String altered = secret.substring(0, secret.length() - 1) + (last == 'A' ? 'B' : 'A');
    assertThat(tokens.authenticate(altered)).isEmpty();
    assertThat(tokens(NOON.plus(Duration.ofDays(1))).authenticate(secret)).isEmpty();
    assertThat(tokens.authenticate(secret)).isPresent();
    assertThat(tokens.revoke(made.token().id())).isTrue();
    assertThat(tokens.revoke(made.token().id())).isFalse();
    assertThat(tokens.authenticate(secret)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hf_", "hf_0123456789ab_", "Bearer x", "hf_0123456789AB_x", "\u0000"})
  @DisplayName("what has not the form of a token is not looked up")
  void form(String text) {
    assertThat(tokens(NOON).authenticate(text)).isEmpty();
  }

  @Test
  @DisplayName("of two tokens with one name only the first is made, until it is revoked")
  void names() {
    Tokens tokens = tokens(NOON);
    Tokens.Made first = tokens.make("ci", Access.VIEWER, Optional.empty());
    assertThatThrownBy(() -> tokens.make("ci", Access.ADMIN, Optional.empty()))
        .isInstanceOfSatisfying(
            HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NAME_TAKEN));
    tokens.revoke(first.token().id());
    tokens.make("ci", Access.ADMIN, Optional.empty());
    assertThatThrownBy(() -> tokens.make("no name\n", Access.ADMIN, Optional.empty()))
        .isInstanceOfSatisfying(
            HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.VALUE_REFUSED));
  }

  @Test
  @DisplayName("while the database does not answer, tokens that were seen before go on working")
  void databaseGone() {
    var failing = new FailingStore(state.tokens());
    var tokens = new Tokens(failing, new SecureRandom(), Clock.fixed(NOON, ZoneOffset.UTC));
    String seen = tokens.make("seen", Access.ADMIN, Optional.empty()).secret().reveal();
    String unseen = tokens.make("unseen", Access.ADMIN, Optional.empty()).secret().reveal();
    assertThat(tokens.authenticate(seen)).isPresent();
    failing.fails = true;
    assertThat(tokens.authenticate(seen)).isPresent();
    assertThat(tokens.authenticate(unseen)).isEmpty();
  }

  private Tokens tokens(Instant now) {
    return new Tokens(state.tokens(), new SecureRandom(), Clock.fixed(now, ZoneOffset.UTC));
  }

  /** A store whose database can be made to go away. */
  private static final class FailingStore implements TokenStore {
    private final TokenStore store;
    private boolean fails;

    FailingStore(TokenStore store) {
      this.store = store;
    }

    @Override
    public boolean add(Token token) {
      return store.add(token);
    }

    @Override
    public Optional<Token> find(String id) {
      if (fails) {
        throw new StateException("gone", new IllegalStateException());
      }
      return store.find(id);
    }

    @Override
    public List<Token> all() {
      return store.all();
    }

    @Override
    public boolean revoke(String id, Instant at) {
      return store.revoke(id, at);
    }
  }
}
