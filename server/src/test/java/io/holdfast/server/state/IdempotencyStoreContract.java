package io.holdfast.server.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.server.state.IdempotencyStore.Answer;
import io.holdfast.server.state.IdempotencyStore.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One key yields exactly one run. */
interface IdempotencyStoreContract extends StateFixture {
  IdempotencyStore.Key KEY = new IdempotencyStore.Key("backup", "k1");
  Instant DAY_BEFORE = NOON.minus(Duration.ofDays(1));

  private IdempotencyStore keys() {
    return database().idempotency();
  }

  private Optional<Entry> claim(IdempotencyStore.Key key) {
    return keys().claim(key, "body", "server-1", NOON, DAY_BEFORE);
  }

  private static Entry claimed(IdempotencyStore.Key key) {
    return new Entry(key, "body", "server-1", NOON, Optional.empty(), Optional.empty());
  }

  @Test
  default void theFirstClaimWinsAndTheNextIsToldOfIt() {
    assertThat(claim(KEY)).isEmpty();
    assertThat(keys().claim(KEY, "other", "server-2", NOON.plusSeconds(1), DAY_BEFORE))
        .contains(claimed(KEY));
    assertThat(keys().find(KEY)).contains(claimed(KEY));
    assertThat(claim(new IdempotencyStore.Key("restore", "k1"))).isEmpty();
    assertThat(keys().find(new IdempotencyStore.Key("restore", "k2"))).isEmpty();
  }

  @Test
  default void aClaimLearnsOfItsRunAndOfItsAnswer() {
    claim(KEY);
    keys().started(KEY, TestRuns.id(7));
    var begun =
        new Entry(KEY, "body", "server-1", NOON, Optional.of(TestRuns.id(7)), Optional.empty());
    assertThat(keys().open()).containsExactly(begun);
    var answer = new Answer(201, "{\"x\":\"" + "y".repeat(1 << 20) + "\"}");
    keys().answered(KEY, answer);
    var answered =
        new Entry(KEY, "body", "server-1", NOON, Optional.of(TestRuns.id(7)), Optional.of(answer));
    assertThat(claim(KEY)).contains(answered);
    assertThat(keys().open()).isEmpty();
  }

  @Test
  default void aReleasedKeyMayBeClaimedAgainAndAnAnsweredOneIsNotReleased() {
    claim(KEY);
    keys().release(KEY);
    keys().release(KEY);
    assertThat(claim(KEY)).isEmpty();
    keys().answered(KEY, new Answer(201, "{}"));
    keys().release(KEY);
    assertThat(keys().find(KEY)).isPresent();
  }

  @Test
  @Tag("P10")
  @DisplayName("P10: an old answer is forgotten, a claim without an answer never, however old")
  default void onlyAnswersAreForgotten() {
    var open = new IdempotencyStore.Key("backup", "open");
    claim(KEY);
    claim(open);
    keys().answered(KEY, new Answer(201, "{}"));
    var later = NOON.plus(Duration.ofDays(2));
    assertThat(keys().claim(KEY, "body", "server-2", later, NOON)).isPresent();
    assertThat(keys().claim(open, "body", "server-2", later, later)).contains(claimed(open));
    assertThat(keys().find(KEY)).isEmpty();
    assertThat(keys().claim(KEY, "body", "server-2", later, later)).isEmpty();
  }

  @Test
  @Tag("P10")
  @DisplayName("P10: a run that nobody holds a claim for is not remembered as if somebody did")
  default void withoutAClaimNothingIsRemembered() {
    assertThatThrownBy(() -> keys().started(KEY, TestRuns.id(1)))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("nobody holds a claim");
    assertThatThrownBy(() -> keys().answered(KEY, new Answer(201, "{}")))
        .isInstanceOf(StateException.class);
  }

  @Test
  @Tag("P10")
  @DisplayName("P10: of a hundred claims at once, from several servers, exactly one wins")
  default void oneOfManyWins() throws Exception {
    List<StateDatabase> servers = servers();
    for (int round = 0; round < 5; round++) {
      var key = new IdempotencyStore.Key("backup", "round" + round);
      assertThat(winners(servers, key, DAY_BEFORE)).isEqualTo(1);
    }
  }

  @Test
  @Tag("P10")
  @DisplayName("P10: of a hundred claims at once of a key whose answer is old, exactly one wins")
  default void oneOfManyWinsAnOldKey() throws Exception {
    List<StateDatabase> servers = servers();
    for (int round = 0; round < 5; round++) {
      claim(KEY);
      keys().answered(KEY, new Answer(201, "{}"));
      assertThat(winners(servers, KEY, NOON.plusSeconds(1))).isEqualTo(1);
      keys().release(KEY);
    }
  }

  @Test
  @Tag("P10")
  @DisplayName("P10: a key that is claimed and released all the time has one holder at a time")
  default void neverTwoHolders() throws Exception {
    List<StateDatabase> servers = servers();
    var holders = new AtomicInteger();
    var won = new AtomicInteger();
    AllAtOnce.run(
        20,
        number -> {
          IdempotencyStore store = servers.get(number % servers.size()).idempotency();
          for (int lap = 0; lap < 10; lap++) {
            if (store.claim(KEY, "body", "server", NOON, DAY_BEFORE).isEmpty()) {
              assertThat(holders.incrementAndGet()).isEqualTo(1);
              won.incrementAndGet();
              holders.decrementAndGet();
              store.release(KEY);
            }
          }
          return true;
        });
    assertThat(won).hasPositiveValue();
  }

  private List<StateDatabase> servers() {
    return Stream.concat(Stream.of(database()), IntStream.range(0, 3).mapToObj(_ -> another()))
        .toList();
  }

  /** How many of a hundred got the key; each other must be told who did. */
  private static long winners(
      List<StateDatabase> servers, IdempotencyStore.Key key, Instant notBefore) throws Exception {
    List<Optional<Entry>> outcomes =
        AllAtOnce.run(
            100,
            number ->
                servers
                    .get(number % servers.size())
                    .idempotency()
                    .claim(key, "body", "caller-" + number, NOON.plusSeconds(9), notBefore));
    assertThat(outcomes.stream().flatMap(Optional::stream).map(Entry::server).distinct())
        .hasSize(1);
    return outcomes.stream().filter(Optional::isEmpty).count();
  }
}
