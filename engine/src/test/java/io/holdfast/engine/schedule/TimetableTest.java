package io.holdfast.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimetableTest {
  private final RandomGenerator random = new Random(7);

  /** {@code 6h}, or a cron expression in UTC. */
  private static Schedule schedule(String text) {
    return text.endsWith("h")
        ? new Interval(Duration.parse("PT" + text))
        : Cron.of(text, ZoneOffset.UTC);
  }

  private static Timetable timetable(String schedule) {
    return new Timetable(schedule(schedule), Duration.ZERO, true);
  }

  /** {@code 21T06:00} of November 2026. */
  private static Instant at(String text) {
    return Instant.parse("2026-11-" + text + (text.length() == 8 ? ":00Z" : "Z"));
  }

  private static Optional<Instant> maybe(String text) {
    return text.equals("-") ? Optional.empty() : Optional.of(at(text));
  }

  private static void assertOutlook(Outlook outlook, boolean runNow, int passed, String next) {
    assertThat(outlook.next().map(Due::instant)).as("next").isEqualTo(maybe(next));
    assertThat(outlook.runNow()).as("run now").isEqualTo(runNow);
    assertThat(outlook.passed()).as("passed").isEqualTo(passed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # schedule  | last     | began    | now      | catch up | run now | passed | next
          # an interval counts from the beginning when no run is known
          6h          | -        | 21T06:00 | 21T06:00 | true     | false   | 0      | 21T12:00
          6h          | -        | 21T06:00 | 21T11:59 | true     | false   | 0      | 21T12:00
          6h          | -        | 21T06:00 | 21T12:00 | true     | true    | 0      | 21T18:00
          6h          | -        | 20T06:00 | 21T13:00 | true     | true    | 4      | 21T19:00
          # else from the last run
          6h          | 21T05:00 | 21T06:00 | 21T06:00 | true     | false   | 0      | 21T11:00
          6h          | 21T00:00 | 21T06:00 | 21T06:00 | true     | true    | 0      | 21T12:00
          6h          | 20T23:00 | 21T06:00 | 21T06:00 | true     | true    | 0      | 21T12:00
          # one is made up, the others have passed
          6h          | 19T23:00 | 21T06:00 | 21T06:00 | true     | true    | 4      | 21T12:00
          # without catching up all have passed, and the row goes on
          6h          | 19T23:00 | 21T06:00 | 21T06:00 | false    | false   | 5      | 21T11:00
          6h          | 21T00:00 | 21T06:00 | 21T06:00 | false    | false   | 1      | 21T12:00
          # the clock was set back while the process was down: one interval at most
          6h          | 21T06:10 | 21T06:00 | 21T06:00 | true     | false   | 0      | 21T12:00
          6h          | 28T06:00 | 21T06:00 | 21T06:00 | true     | false   | 0      | 21T12:00
          6h          | -        | 28T06:00 | 21T06:00 | true     | false   | 0      | 21T12:00
          # cron
          0 3 * * *   | -        | 21T06:00 | 21T06:00 | true     | false   | 0      | 22T03:00
          0 3 * * *   | 21T03:00 | 21T06:00 | 21T06:00 | true     | false   | 0      | 22T03:00
          0 3 * * *   | 20T03:00 | 21T06:00 | 21T06:00 | true     | true    | 0      | 22T03:00
          0 3 * * *   | 20T03:00 | 21T06:00 | 21T03:00 | true     | true    | 0      | 22T03:00
          0 3 * * *   | 17T03:05 | 21T06:00 | 21T06:00 | true     | true    | 3      | 22T03:00
          0 3 * * *   | 17T03:05 | 21T06:00 | 21T06:00 | false    | false   | 4      | 22T03:00
          # the clock was set back a little after the run: it is not repeated
          0 3 * * *   | 21T03:00 | 21T06:00 | 21T02:50 | true     | false   | 0      | 22T03:00
          # it was set back by days: the run is not put off for days
          0 3 * * *   | 28T03:00 | 21T06:00 | 21T02:50 | true     | false   | 0      | 21T03:00
          # never due
          0 0 30 2 *  | 20T00:00 | 21T06:00 | 21T06:00 | true     | false   | 0      | -
          """)
  void atStart(
      String schedule,
      String last,
      String began,
      String now,
      boolean catchUp,
      boolean runNow,
      int passed,
      String next) {
    var timetable = new Timetable(schedule(schedule), Duration.ZERO, catchUp);

    assertOutlook(timetable.atStart(maybe(last), at(began), at(now), random), runNow, passed, next);
  }

  @ParameterizedTest
  @DisplayName("a change of the schedule never makes a run due at once")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # new schedule | last     | began    | now      | next
          1h             | -        | 21T00:00 | 21T05:30 | 21T06:30
          6h             | -        | 21T00:00 | 21T05:30 | 21T06:00
          6h             | 21T05:00 | 21T00:00 | 21T05:30 | 21T11:00
          # the new interval has passed already: it counts from the change
          1h             | 21T00:00 | 20T00:00 | 21T05:30 | 21T06:30
          1h             | 21T04:30 | 20T00:00 | 21T05:30 | 21T06:30
          168h           | 01T00:00 | 01T00:00 | 21T05:30 | 28T05:30
          # the clock was set back
          6h             | 28T00:00 | 20T00:00 | 21T05:30 | 21T11:30
          0 3 * * *      | 21T03:00 | 20T00:00 | 21T05:30 | 22T03:00
          0 3 * * *      | 01T00:00 | 01T00:00 | 21T03:00 | 22T03:00
          0 3 * * *      | -        | 20T00:00 | 21T02:59 | 21T03:00
          0 0 30 2 *     | -        | 20T00:00 | 21T02:59 | -
          """)
  void afterChange(String schedule, String last, String began, String now, String next) {
    assertOutlook(
        timetable(schedule).afterChange(maybe(last), at(began), at(now), random), false, 0, next);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # schedule | waited for | now         | run now | passed | next
          6h         | 21T12:00   | 21T06:00    | false   | 0      | 21T12:00
          6h         | 21T12:00   | 21T11:59:59 | false   | 0      | 21T12:00
          6h         | 21T12:00   | 21T12:00    | true    | 0      | 21T18:00
          # a little late, and the next is not
          6h         | 21T12:00   | 21T12:03    | true    | 0      | 21T18:00
          # the clock jumps forward over several: one run, the others have passed
          6h         | 21T12:00   | 21T18:00    | true    | 1      | 22T00:00
          6h         | 21T12:00   | 23T13:00    | true    | 8      | 23T18:00
          0 3 * * *  | 21T03:00   | 24T02:00    | true    | 2      | 24T03:00
          # it jumps back: one interval at most, counted from where it is now
          6h         | 21T12:00   | 21T05:59:59 | false   | 0      | 21T11:59:59
          6h         | 21T12:00   | 01T00:00    | false   | 0      | 01T06:00
          # a step back by minutes repeats nothing
          0 3 * * *  | 22T03:00   | 21T02:50    | false   | 0      | 22T03:00
          # a jump by more than that would put off for days
          0 3 * * *  | 22T03:00   | 20T02:50    | false   | 0      | 20T03:00
          0 3 * * *  | 22T03:00   | 01T04:00    | false   | 0      | 02T03:00
          """)
  void look(
      String schedule, String waitedFor, String now, boolean runNow, int passed, String next) {
    var due = new Due(at(waitedFor), at(waitedFor));

    assertOutlook(timetable(schedule).look(due, at(now), random), runNow, passed, next);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # schedule | next     | run ended | passed | then
          6h         | 21T18:00 | 21T17:59  | 0      | 21T18:00
          6h         | 21T18:00 | 21T18:00  | 1      | 22T00:00
          6h         | 21T18:00 | 22T01:00  | 2      | 22T06:00
          0 3 * * *  | 22T03:00 | 24T04:00  | 3      | 25T03:00
          """)
  void whatShouldHaveStartedDuringARunHasPassed(
      String schedule, String next, String ended, int passed, String then) {
    var due = new Due(at(next), at(next));

    assertOutlook(timetable(schedule).afterRun(due, at(ended), random), false, passed, then);
  }

  @Test
  void countsNoMoreThanAThousand() {
    var timetable = new Timetable(Cron.of("* * * * *", ZoneOffset.UTC), Duration.ZERO, false);

    assertOutlook(
        timetable.atStart(
            Optional.of(Instant.parse("1970-01-01T00:00:00Z")),
            at("01T00:00"),
            at("21T00:00"),
            random),
        false,
        Timetable.MOST_COUNTED,
        "21T00:01");
  }

  @Test
  @DisplayName("a machine that starts in 1970 and then learns the time makes one run")
  void aClockThatIsSetAfterTheStart() {
    var timetable = timetable("6h");
    Instant boot = Instant.parse("1970-01-01T00:00:10Z");
    Outlook start = timetable.atStart(maybe("21T03:00"), boot, boot, random);
    assertThat(start.runNow()).isFalse();

    Outlook set = timetable.look(start.next().orElseThrow(), at("21T06:00"), random);

    assertThat(set.runNow()).isTrue();
    assertThat(set.next().orElseThrow().instant()).isBetween(at("21T06:00"), at("21T12:00"));
  }

  @Test
  @DisplayName("a row of runs keeps to its due instants, however late each of them is noticed")
  void doesNotDrift() {
    Timetable timetable = timetable("6h");
    Due due =
        timetable
            .atStart(Optional.empty(), at("01T00:00"), at("01T00:00"), random)
            .next()
            .orElseThrow();
    for (int i = 0; i < 40; i++) {
      due = timetable.look(due, due.start().plusSeconds(50), random).next().orElseThrow();
    }
    assertThat(due.instant()).isEqualTo(at("11T06:00"));
  }

  @ParameterizedTest
  @DisplayName("jitter is drawn once for each run, is within its bound, and reaches no other run")
  @ValueSource(strings = {"6h", "0 */6 * * *"})
  void jitter(String schedule) {
    var timetable = new Timetable(schedule(schedule), Duration.ofMinutes(30), true);
    Set<Duration> shares = new HashSet<>();
    Instant now = at("01T00:00");
    Due due = timetable.afterChange(Optional.empty(), now, now, random).next().orElseThrow();
    for (int i = 0; i < 100; i++) {
      Duration share = Duration.between(due.instant(), due.start());
      shares.add(share);
      assertThat(share).isBetween(Duration.ZERO, Duration.ofMinutes(30));

      Outlook early = timetable.look(due, due.start().minusNanos(1), random);
      assertThat(early).isEqualTo(new Outlook(false, 0, Optional.of(due)));
      Outlook onTime = timetable.look(due, due.start(), random);
      assertThat(onTime.runNow()).isTrue();
      assertThat(onTime.passed()).isZero();
      assertThat(onTime.next().orElseThrow().instant())
          .as("the share does not move the row")
          .isEqualTo(due.instant().plus(Duration.ofHours(6)));
      due = onTime.next().orElseThrow();
    }
    assertThat(shares).hasSizeGreaterThan(90);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1h", "0 * * * *"})
  void jitterLongerThanTheGapStaysWithinIt(String schedule) {
    var timetable = new Timetable(schedule(schedule), Duration.ofHours(100), true);
    Instant now = at("01T00:00");
    Due due = timetable.afterChange(Optional.empty(), now, now, random).next().orElseThrow();
    for (int i = 0; i < 1_000; i++) {
      Outlook outlook = timetable.look(due, due.start(), random);
      assertThat(due.start()).isBefore(due.instant().plus(Duration.ofHours(1)));
      assertThat(outlook.passed()).isZero();
      due = outlook.next().orElseThrow();
    }
  }

  @Test
  void aRunThatEndsBeforeTheShareOfTheNextOneIsOverSkipsNothing() {
    var timetable = timetable("6h");
    var next = new Due(at("21T18:00"), at("21T18:20"));

    assertThat(timetable.afterRun(next, at("21T18:10"), random))
        .isEqualTo(new Outlook(false, 0, Optional.of(next)));
  }

  @Test
  void takesAnyPositiveInterval() {
    Instant now = at("21T06:00");
    assertThat(new Interval(Duration.ofNanos(1)).next(now, now.plusSeconds(60)))
        .contains(now.plusSeconds(60).plusNanos(1));
    assertThat(new Interval(Duration.ofSeconds(Long.MAX_VALUE)).next(now, now)).isEmpty();
    assertThat(
            new Timetable(
                    new Interval(Duration.ofSeconds(Long.MAX_VALUE)), Duration.ofDays(1), true)
                .atStart(Optional.empty(), now, now, random)
                .next())
        .isEmpty();
    assertThat(new Interval(Duration.ofMinutes(90))).hasToString("every 1h30m");
    assertThatThrownBy(() -> new Interval(Duration.ZERO))
        .isInstanceOf(InvalidScheduleException.class)
        .hasMessage("found 'PT0S' as the interval; allowed: a positive duration");
    assertThatThrownBy(() -> new Interval(Duration.ofHours(-1)))
        .isInstanceOf(InvalidScheduleException.class);
    assertThatThrownBy(() -> new Timetable(schedule("1h"), Duration.ofHours(-1), true))
        .isInstanceOf(InvalidScheduleException.class);
  }

  @Test
  @DisplayName(
      "whatever the clock does, no wait is longer than an interval and no run comes twice as often")
  void survivesAnyClock() {
    var clocks = new Random(42);
    for (Schedule schedule :
        new Schedule[] {schedule("6h"), Cron.of("30 2 * * *", ZoneId.of("Europe/Berlin"))}) {
      Duration longest =
          schedule instanceof Interval interval ? interval.length() : Duration.ofHours(50);
      var timetable = new Timetable(schedule, Duration.ZERO, true);
      Instant now = at("01T00:00");
      Due due = timetable.atStart(Optional.empty(), now, now, random).next().orElseThrow();
      for (int i = 0; i < 5_000; i++) {
        now =
            switch (clocks.nextInt(10)) {
              case 0 -> now.minus(Duration.ofMinutes(clocks.nextInt(100_000)));
              case 1 -> now.plus(Duration.ofMinutes(clocks.nextInt(100_000)));
              default -> now.plusSeconds(clocks.nextInt(7_200));
            };
        Outlook outlook = timetable.look(due, now, random);
        assertThat(outlook.runNow()).isEqualTo(!now.isBefore(due.start()));
        due = outlook.next().orElseThrow();
        assertThat(due.instant()).isAfter(now).isBeforeOrEqualTo(now.plus(longest));
      }
    }
  }
}
