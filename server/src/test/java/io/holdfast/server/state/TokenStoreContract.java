package io.holdfast.server.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.server.state.TokenStore.Token;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** API tokens. */
interface TokenStoreContract extends StateFixture {
  private TokenStore tokens() {
    return database().tokens();
  }

  private static Token token(String id, String name) {
    return new Token(
        id,
        name,
        "admin",
        Optional.empty(),
        "ab".repeat(32),
        NOON,
        Optional.empty(),
        Optional.empty());
  }

  @Test
  default void tokensAreFoundAndListedInTheOrderOfTheirCreation() {
    var late =
        new Token(
            "000000000001",
            "late",
            "target",
            Optional.of(new TokenStore.Target("laptop", true)),
            "h",
            NOON.plusSeconds(1),
            Optional.of(NOON.plusSeconds(2)),
            Optional.empty());
    assertThat(tokens().add(late)).isTrue();
    assertThat(tokens().add(token("000000000002", "early"))).isTrue();
    assertThat(tokens().all()).containsExactly(token("000000000002", "early"), late);
    assertThat(tokens().find("000000000001")).contains(late);
    assertThat(tokens().find("000000000003")).isEmpty();
  }

  @Test
  default void aNameIsTakenUntilItsTokenIsRevoked() {
    assertThat(tokens().add(token("a", "ci"))).isTrue();
    assertThat(tokens().add(token("b", "ci"))).isFalse();
    assertThat(tokens().find("b")).isEmpty();
    assertThat(tokens().revoke("a", NOON)).isTrue();
    assertThat(tokens().revoke("a", NOON.plusSeconds(5))).isFalse();
    assertThat(tokens().revoke("zz", NOON)).isFalse();
    assertThat(tokens().find("a").orElseThrow().revokedAt()).contains(NOON);
    assertThat(tokens().add(token("b", "ci"))).isTrue();
  }

  @Test
  default void anIdThatStandsAlreadyIsAnErrorAndNotATakenName() {
    tokens().add(token("a", "one"));
    assertThatThrownBy(() -> tokens().add(token("a", "two"))).isInstanceOf(StateException.class);
    assertThat(tokens().all()).containsExactly(token("a", "one"));
  }

  @Test
  default void ofManyWhoWantOneNameOneGetsIt() throws Exception {
    StateDatabase other = another();
    var added =
        AllAtOnce.run(
            20,
            number ->
                (number % 2 == 0 ? database() : other).tokens().add(token("t" + number, "ci")));
    assertThat(added).containsOnlyOnce(true);
    assertThat(tokens().all()).hasSize(1);
  }
}
