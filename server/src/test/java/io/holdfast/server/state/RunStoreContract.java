package io.holdfast.server.state;

import static io.holdfast.server.state.TestRuns.backup;
import static io.holdfast.server.state.TestRuns.ended;
import static io.holdfast.server.state.TestRuns.id;
import static io.holdfast.server.state.TestRuns.restore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.engine.run.Trigger;
import io.holdfast.server.state.RunRecord.Failure;
import io.holdfast.server.state.RunRecord.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Runs, under way and past. */
interface RunStoreContract extends StateFixture {
  Set<Operation> ALL = EnumSet.allOf(Operation.class);

  private RunStore runs() {
    return database().runs();
  }

  private List<Integer> page(Set<Operation> operations, Optional<RunId> before, int limit) {
    return runs().page(operations, before, limit).stream()
        .map(run -> run.run().sequence())
        .toList();
  }

  @Test
  default void aRunIsFoundAsItWasStored() {
    RunRecord begun = backup(1, Trigger.PRE_UPDATE, NOON);
    runs().put(begun);
    assertThat(runs().find(id(1))).contains(begun);
    RunRecord ended = ended(begun, "{\"a\":1}");
    runs().put(ended);
    assertThat(runs().find(id(1))).contains(ended);
    assertThat(runs().find(id(2))).isEmpty();
  }

  @Test
  default void everyFieldComesBack() {
    var failure = new Failure(ErrorCode.REPOSITORY_FULL, "no room, 'quoted' \\ ü 🦉\n", "");
    for (RunStatus status : RunStatus.values()) {
      for (Operation operation : Operation.values()) {
        var run =
            new RunRecord(
                RunId.of(NOON, 1 + status.ordinal() * 10 + operation.ordinal()),
                operation,
                Optional.empty(),
                status,
                NOON,
                Optional.of(NOON.plusNanos(1_000)),
                "someone",
                "server",
                Optional.of(id(7)),
                Optional.of(failure),
                Optional.of(""));
        runs().put(run);
        assertThat(runs().find(run.run())).contains(run);
      }
    }
  }

  @Test
  default void anEndIsRememberedThoughTheBeginningWasNot() {
    RunRecord run = ended(backup(3, Trigger.MANUAL, NOON), "{}");
    runs().put(run);
    assertThat(runs().find(id(3))).contains(run);
  }

  @Test
  default void instantsAreKeptToTheMicrosecondAndBeforeTheEpoch() {
    runs().put(backup(1, Trigger.MANUAL, Instant.parse("1969-12-31T23:59:59.999999999Z")));
    assertThat(runs().find(id(1)).orElseThrow().startedAt())
        .isEqualTo("1969-12-31T23:59:59.999999Z");
  }

  @Test
  default void documentsMayBeLarge() {
    String document = "{\"text\":\"" + "größer 🦉 ".repeat(400_000) + "\"}";
    RunRecord run = ended(backup(1, Trigger.MANUAL, NOON), document);
    runs().put(run);
    assertThat(runs().page(ALL, Optional.empty(), 1)).containsExactly(run);
  }

  @Test
  default void theOrderIsThatOfSequencesWhateverTheClockSaid() {
    for (int sequence : new int[] {2, 10, 9, 1, 100}) {
      var jumping = NOON.minus(Duration.ofDays(sequence * 7919L % 31));
      runs()
          .put(
              TestRuns.run(
                  RunId.of(jumping, sequence), Operation.BACKUP, Optional.empty(), jumping, "x"));
    }
    assertThat(page(ALL, Optional.empty(), 10)).containsExactly(100, 10, 9, 2, 1);
  }

  @Test
  default void equalSequencesAreOrderedByTextAndNoneIsLostBetweenPages() {
    for (int hour = 0; hour < 5; hour++) {
      var started = NOON.plus(Duration.ofHours(hour * 3 % 5));
      runs()
          .put(
              TestRuns.run(
                  RunId.of(started, 4),
                  hour % 2 == 0 ? Operation.BACKUP : Operation.RESTORE,
                  Optional.empty(),
                  started,
                  "x"));
    }
    var seen = new ArrayList<RunId>();
    for (var page = runs().page(ALL, Optional.empty(), 2); !page.isEmpty(); ) {
      page.forEach(run -> seen.add(run.run()));
      page = runs().page(ALL, Optional.of(seen.getLast()), 2);
    }
    assertThat(seen).hasSize(5).isSortedAccordingTo((a, b) -> b.compareTo(a));
  }

  @Test
  default void pagesHoldWhatWasAskedFor() {
    for (int sequence = 1; sequence <= 20; sequence++) {
      runs()
          .put(
              sequence % 5 == 0
                  ? restore(sequence, NOON, "x")
                  : backup(sequence, Trigger.SCHEDULED, NOON));
    }
    assertThat(page(ALL, Optional.empty(), 3)).containsExactly(20, 19, 18);
    assertThat(page(ALL, Optional.of(id(18)), 3)).containsExactly(17, 16, 15);
    assertThat(page(Set.of(Operation.RESTORE), Optional.empty(), 9)).containsExactly(20, 15, 10, 5);
    assertThat(page(Set.of(Operation.RESTORE), Optional.of(id(11)), 9)).containsExactly(10, 5);
    assertThat(page(Set.of(Operation.RESTORE, Operation.DRY_RUN), Optional.of(id(15)), 1))
        .containsExactly(10);
    assertThat(page(Set.of(Operation.DRY_RUN), Optional.empty(), 9)).isEmpty();
    assertThat(page(ALL, Optional.of(id(1)), 9)).isEmpty();
    assertThat(page(Set.of(), Optional.empty(), 9)).isEmpty();
    assertThatThrownBy(() -> page(ALL, Optional.empty(), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  default void aPageMayBeginBeforeARunThatIsNoLongerThere() {
    runs().put(backup(1, Trigger.MANUAL, NOON));
    runs().put(backup(3, Trigger.MANUAL, NOON));
    assertThat(page(ALL, Optional.of(id(2)), 9)).containsExactly(1);
  }

  @Test
  default void whatRunsIsTold() {
    runs().put(backup(1, Trigger.MANUAL, NOON));
    runs().put(restore(2, NOON, "x"));
    runs().put(ended(backup(3, Trigger.MANUAL, NOON), "{}"));
    runs().put(ended(backup(1, Trigger.MANUAL, NOON), "{}"));
    assertThat(runs().running()).containsExactly(restore(2, NOON, "x"));
  }

  @Test
  default void theLastStartIsThatOfTheNewestRunThoughAnOlderOneHadALaterClock() {
    assertThat(runs().lastStarted(Trigger.SCHEDULED)).isEmpty();
    runs().put(backup(1, Trigger.SCHEDULED, NOON.plus(Duration.ofDays(3650))));
    runs().put(backup(2, Trigger.SCHEDULED, NOON));
    runs().put(backup(3, Trigger.MANUAL, NOON.plusSeconds(9)));
    assertThat(runs().lastStarted(Trigger.SCHEDULED)).contains(NOON);
  }

  @Test
  default void runsOfSomebodyAreCounted() {
    for (int sequence = 1; sequence <= 4; sequence++) {
      runs().put(restore(sequence, NOON.plusSeconds(sequence), sequence == 3 ? "bob" : "eve"));
    }
    assertThat(runs().startsSince(Operation.RESTORE, "eve", NOON.plusSeconds(2))).hasSize(2);
    assertThat(runs().startsSince(Operation.RESTORE, "eve", Instant.MIN)).hasSize(3);
    assertThat(runs().startsSince(Operation.RESTORE, "eve", Instant.MAX)).isEmpty();
    assertThat(runs().startsSince(Operation.BACKUP, "eve", NOON)).isEmpty();
  }

  @Test
  default void oldRunsAreForgottenButTheLastOfEachTriggerAndThoseUnderWay() {
    runs().put(ended(backup(1, Trigger.SCHEDULED, NOON), "{}"));
    runs().put(ended(backup(2, Trigger.SCHEDULED, NOON), "{}"));
    runs().put(ended(backup(3, Trigger.STARTUP, NOON), "{}"));
    runs().put(ended(restore(4, NOON, "x"), "{}"));
    runs().put(restore(5, NOON, "x"));
    assertThat(runs().prune(NOON)).isZero();
    assertThat(runs().prune(NOON.plus(Duration.ofHours(1)))).isEqualTo(2);
    assertThat(page(ALL, Optional.empty(), 9)).containsExactly(5, 3, 2);
    assertThat(runs().lastStarted(Trigger.SCHEDULED)).contains(NOON);
  }

  @Test
  default void aReasonThatANewerVersionKnewIsStillTold() throws Exception {
    runs()
        .put(
            ended(
                restore(1, NOON, "x"),
                RunStatus.FAILED,
                Optional.of(new Failure(ErrorCode.IO, "what", "do")),
                Optional.empty()));
    execute("UPDATE run SET failure_code = 'moon_in_the_wrong_phase'");
    assertThat(runs().find(id(1)).orElseThrow().failure())
        .contains(new Failure(ErrorCode.INTERNAL, "what", "do"));
  }

  @Test
  default void contentThatMakesNoSenseIsAnErrorAndNotMisread() throws Exception {
    runs().put(restore(1, NOON, "x"));
    execute("UPDATE run SET status = 'sleeping'");
    assertThatThrownBy(() -> runs().find(id(1)))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("could not look up run " + id(1));
  }
}
