package io.holdfast.engine.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.retention.RetentionPlan.Candidate;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.engine.run.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("P3")
class RetentionPlanTest {
  private static final Set<ComponentName> ALL =
      Set.of(new ComponentName("db"), new ComponentName("files"));
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final RetentionPolicy THREE = new RetentionPolicy(3, 0, 0, 0, 0, 0);
  private static final RetentionPolicy THIRTY_DAYS = new RetentionPolicy(0, 30, 0, 0, 0, 0);

  /** A completed manual backup. */
  private static Candidate backup(int sequence, double daysOld) {
    return new Candidate(
        RunId.of(NOW, sequence),
        RunStatus.COMPLETED,
        Trigger.MANUAL,
        false,
        NOW.minus(Duration.ofMinutes((long) (daysOld * 24 * 60))),
        false,
        false,
        ALL);
  }

  private static Candidate with(
      Candidate c,
      RunStatus status,
      Trigger trigger,
      boolean safety,
      boolean inUse,
      boolean damaged) {
    return new Candidate(
        c.run(), status, trigger, safety, c.receivedAt(), inUse, damaged, c.components());
  }

  private static String removed(RetentionPolicy policy, Candidate... candidates) {
    return RetentionPlan.toRemove(policy, Arrays.asList(candidates), NOW).stream()
        .map(run -> String.valueOf(run.sequence()))
        .collect(Collectors.joining(" "));
  }

  @Test
  void keepsTheNewestUpToTheCount() {
    assertThat(removed(THREE, backup(1, 5), backup(2, 4), backup(3, 3), backup(4, 2), backup(5, 1)))
        .isEqualTo("1 2");
  }

  @Test
  void removesWhatIsTooOldAndKeepsWhatIsExactlyAsOldAsItMayBe() {
    assertThat(
            removed(
                THIRTY_DAYS,
                backup(1, 31),
                backup(2, 30),
                backup(3, 0),
                backup(4, 0),
                backup(5, 0)))
        .isEqualTo("1");
  }

  @Test
  @DisplayName("P3: a clock that jumps makes nothing old until three backups agree on the time")
  void clockThatJumps() {
    Candidate[] good = {backup(1, 20), backup(2, 3), backup(3, 2), backup(4, 1), backup(5, 0)};
    assertThat(jumped(good, backup(6, -400))).isEmpty();
    assertThat(jumped(good, backup(6, -400), backup(7, -400))).isEmpty();
    assertThat(jumped(good, backup(6, -400), backup(7, -400), backup(8, -400)))
        .isEqualTo("1 2 3 4 5");
    // The clock is right again: what was made under the wrong one is not old, and makes nothing so.
    assertThat(removed(THIRTY_DAYS, concat(good, backup(6, -400), backup(7, -400), backup(8, 0))))
        .isEmpty();
  }

  /** What goes when the clock shows the time of the last backups. */
  private static String jumped(Candidate[] good, Candidate... later) {
    return RetentionPlan.toRemove(
            THIRTY_DAYS, Arrays.asList(concat(good, later)), later[later.length - 1].receivedAt())
        .stream()
        .map(run -> String.valueOf(run.sequence()))
        .collect(Collectors.joining(" "));
  }

  private static Candidate[] concat(Candidate[] some, Candidate... more) {
    Candidate[] all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }

  @Test
  @DisplayName("P3: the newest completed backup stays, however old it is")
  void neverRemovesTheNewest() {
    assertThat(removed(THIRTY_DAYS, backup(1, 400), backup(2, 300), backup(3, 290), backup(4, 280)))
        .isEqualTo("1");
    assertThat(removed(THIRTY_DAYS, backup(1, 400), backup(2, 300))).isEmpty();
    assertThat(removed(THIRTY_DAYS, backup(1, 400))).isEmpty();
    assertThat(removed(THIRTY_DAYS)).isEmpty();
  }

  @Test
  void aPartialBackupThatIsNewerDoesNotTakeThePlaceOfTheNewestCompletedOne() {
    Candidate partial = with(backup(2, 1), RunStatus.PARTIAL, Trigger.MANUAL, false, false, false);
    assertThat(removed(new RetentionPolicy(1, 0, 0, 0, 0, 0), backup(1, 2), partial)).isEmpty();
  }

  @Test
  @DisplayName(
      "P3: safety backups and those before a migration or update stay, and take no place of the count")
  void leavesSafetyBackupsAlone() {
    Candidate safety =
        with(backup(4, 50), RunStatus.COMPLETED, Trigger.PRE_MIGRATION, true, false, false);
    Candidate migration =
        with(backup(5, 50), RunStatus.COMPLETED, Trigger.PRE_MIGRATION, false, false, false);
    Candidate update =
        with(backup(6, 50), RunStatus.COMPLETED, Trigger.PRE_UPDATE, false, false, false);
    var policy = new RetentionPolicy(3, 30, 0, 0, 0, 0);
    assertThat(removed(policy, backup(1, 3), backup(2, 2), backup(3, 1), safety, migration, update))
        .isEmpty();
  }

  @Test
  @DisplayName("P3: a safety backup never counts as the newest")
  void aSafetyBackupIsNotTheNewest() {
    Candidate safety =
        with(backup(9, 0), RunStatus.COMPLETED, Trigger.PRE_MIGRATION, true, false, false);
    assertThat(removed(new RetentionPolicy(1, 0, 0, 0, 0, 0), backup(1, 90), backup(2, 80), safety))
        .isEqualTo("1");
  }

  @Test
  @DisplayName("P3: a backup in use stays")
  void leavesBackupsInUseAlone() {
    Candidate used = with(backup(1, 9), RunStatus.COMPLETED, Trigger.MANUAL, false, true, false);
    assertThat(removed(new RetentionPolicy(1, 0, 0, 0, 0, 0), used, backup(2, 8), backup(3, 7)))
        .isEqualTo("2");
  }

  @Test
  @DisplayName("P3: the last backup that verified stays when newer ones are damaged")
  void keepsTheLastSoundOne() {
    Candidate damaged = with(backup(3, 1), RunStatus.COMPLETED, Trigger.MANUAL, false, false, true);
    assertThat(removed(new RetentionPolicy(1, 0, 0, 0, 0, 0), backup(1, 3), backup(2, 2), damaged))
        .isEqualTo("1");
  }

  @Test
  @DisplayName("P3: a clock that jumped back does not make an old backup the newest")
  void goesBySequenceNotByTime() {
    // 3 was made last, while the clock was a year behind.
    assertThat(
            removed(
                new RetentionPolicy(1, 0, 0, 0, 0, 0), backup(1, 2), backup(2, 1), backup(3, 365)))
        .isEqualTo("1 2");
    // Received "in the future", before the clock was set right: not old.
    assertThat(removed(THIRTY_DAYS, backup(1, -500), backup(2, 1))).isEmpty();
  }

  @Test
  void keepsTheLastOfEachDay() {
    var policy = new RetentionPolicy(0, 0, 2, 0, 0, 0);
    // Noon now: 0.1 and 0.2 days ago are today, 0.6 and 0.9 yesterday, 2 the day before that.
    assertThat(
            removed(
                policy,
                backup(1, 2),
                backup(2, 0.9),
                backup(3, 0.6),
                backup(4, 0.2),
                backup(5, 0.1)))
        .isEqualTo("1 2 4");
  }

  @Test
  void keepRulesHoldWhatBoundsWouldRemove() {
    var policy = new RetentionPolicy(1, 0, 0, 0, 3, 0);
    assertThat(removed(policy, backup(1, 70), backup(2, 40), backup(3, 39), backup(4, 1)))
        .isEqualTo("2");
  }

  @Test
  @DisplayName("P3: many backups of one component do not push out the last ones of the others")
  void countsBackupsOfTheSameComponents() {
    List<Candidate> history = new ArrayList<>();
    history.add(backup(1, 3));
    history.add(backup(2, 2));
    for (int i = 3; i < 40; i++) {
      Candidate c = backup(i, 1);
      history.add(
          new Candidate(
              c.run(),
              c.status(),
              c.trigger(),
              false,
              c.receivedAt(),
              false,
              false,
              Set.of(new ComponentName("db"))));
    }
    assertThat(RetentionPlan.toRemove(THREE, history, NOW))
        .hasSize(34)
        .doesNotContain(RunId.of(NOW, 1), RunId.of(NOW, 2));
    assertThat(RetentionPlan.toRemove(new RetentionPolicy(0, 1, 0, 0, 0, 0), history, NOW))
        .as("the newest that holds the other component stays, however old")
        .containsExactly(RunId.of(NOW, 1));
  }

  @Test
  void keepsEverythingWithEveryRuleOff() {
    assertThat(removed(RetentionPolicy.KEEP_ALL, backup(1, 9000), backup(2, 8000), backup(3, 1)))
        .isEmpty();
  }

  @Test
  @DisplayName("P3: whatever the policy and the history, what must stay stays")
  void holdsItsInvariantsForRandomHistories() {
    for (int seed = 0; seed < 3000; seed++) {
      var random = new Random(seed);
      var policy =
          new RetentionPolicy(
              random.nextInt(5),
              random.nextInt(40),
              random.nextInt(3),
              random.nextInt(3),
              random.nextInt(3),
              random.nextInt(3));
      List<Candidate> history = new ArrayList<>();
      for (int i = 1; i <= random.nextInt(12); i++) {
        history.add(
            with(
                backup(i, random.nextInt(100) - 5),
                random.nextInt(4) == 0 ? RunStatus.PARTIAL : RunStatus.COMPLETED,
                Trigger.values()[random.nextInt(Trigger.values().length)],
                random.nextInt(5) == 0,
                random.nextInt(5) == 0,
                random.nextInt(5) == 0));
      }
      List<RunId> removed = RetentionPlan.toRemove(policy, history, NOW);
      List<Candidate> rest = history.stream().filter(c -> !removed.contains(c.run())).toList();
      for (Candidate c : history) {
        if (removed.contains(c.run())) {
          assertThat(c.inUse()).as("seed %d", seed).isFalse();
          assertThat(c.isUnderRetention()).as("seed %d", seed).isTrue();
        }
      }
      boolean hadSound = history.stream().anyMatch(RetentionPlanTest::isGoodOne);
      assertThat(rest.stream().anyMatch(RetentionPlanTest::isGoodOne))
          .as("seed %d", seed)
          .isEqualTo(hadSound);
      assertThat(RetentionPlan.toRemove(policy, rest, NOW))
          .as("seed %d: a second time removes nothing", seed)
          .isEmpty();
    }
  }

  private static boolean isGoodOne(Candidate c) {
    return c.status() == RunStatus.COMPLETED && c.isUnderRetention() && !c.damaged();
  }
}
