package io.holdfast.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {
  private static List<String> next(String expression, String zone, String after, int count) {
    Cron cron = Cron.of(expression, ZoneId.of(zone));
    List<String> due = new ArrayList<>();
    Optional<Instant> at = Optional.of(OffsetDateTime.parse(after).toInstant());
    for (int i = 0; i < count; i++) {
      at = at.flatMap(instant -> cron.next(Instant.EPOCH, instant));
      at.map(instant -> instant.atZone(cron.zone()).toOffsetDateTime().toString())
          .ifPresent(due::add);
    }
    return due;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # expression        | zone             | after                     | the following due instants
          0 3 * * *           | UTC              | 2026-11-21T03:00Z         | 2026-11-22T03:00Z, 2026-11-23T03:00Z
          0 3 * * *           | UTC              | 2026-11-21T02:59:59.9Z    | 2026-11-21T03:00Z, 2026-11-22T03:00Z
          0 3 * * *           | Europe/Berlin    | 2026-11-21T03:00Z         | 2026-11-22T03:00+01:00, 2026-11-23T03:00+01:00
          0 3 * * *           | Asia/Kathmandu   | 2026-11-21T03:00Z         | 2026-11-22T03:00+05:45, 2026-11-23T03:00+05:45
          */20 * * * *        | UTC              | 2026-11-21T23:30Z         | 2026-11-21T23:40Z, 2026-11-22T00:00Z
          15 8-10/2 * * MON   | UTC              | 2026-11-21T00:00Z         | 2026-11-23T08:15Z, 2026-11-23T10:15Z
          0 0 * * 0           | UTC              | 2026-11-21T00:00Z         | 2026-11-22T00:00Z, 2026-11-29T00:00Z
          0 0 * * 7           | UTC              | 2026-11-21T00:00Z         | 2026-11-22T00:00Z, 2026-11-29T00:00Z
          0 0 * jan,mar fri   | UTC              | 2027-01-29T00:00Z         | 2027-03-05T00:00Z, 2027-03-12T00:00Z
          0 0 31 * *          | UTC              | 2027-01-31T00:00Z         | 2027-03-31T00:00Z, 2027-05-31T00:00Z
          # either of the two days
          0 0 13 * 5          | UTC              | 2026-12-04T00:00Z         | 2026-12-11T00:00Z, 2026-12-13T00:00Z
          # leap day; 2100 has none
          0 0 29 2 *          | UTC              | 2026-01-01T00:00Z         | 2028-02-29T00:00Z, 2032-02-29T00:00Z
          0 0 29 2 *          | UTC              | 2096-02-29T00:00Z         | 2104-02-29T00:00Z, 2108-02-29T00:00Z
          # clocks go forward from 02:00 to 03:00: what they leave out is due at once
          30 2 * * *          | Europe/Berlin    | 2026-03-28T02:30+01:00    | 2026-03-29T03:00+02:00, 2026-03-30T02:30+02:00
          0,30 2 * * *        | Europe/Berlin    | 2026-03-28T02:30+01:00    | 2026-03-29T03:00+02:00, 2026-03-30T02:00+02:00
          30 2,3 * * *        | Europe/Berlin    | 2026-03-28T03:30+01:00    | 2026-03-29T03:00+02:00, 2026-03-29T03:30+02:00
          30 2 29 3 *         | Europe/Berlin    | 2026-01-01T00:00+01:00    | 2026-03-29T03:00+02:00, 2027-03-29T02:30+02:00
          */30 * * * *        | Europe/Berlin    | 2026-03-29T01:00+01:00    | 2026-03-29T01:30+01:00, 2026-03-29T03:00+02:00
          # clocks go back from 03:00 to 02:00: an hour of the day once, every hour both times
          30 2 * * *          | Europe/Berlin    | 2026-10-24T02:30+02:00    | 2026-10-25T02:30+02:00, 2026-10-26T02:30+01:00
          30 2 * * *          | Europe/Berlin    | 2026-10-25T02:00+01:00    | 2026-10-26T02:30+01:00, 2026-10-27T02:30+01:00
          0 3 * * *           | Europe/Berlin    | 2026-10-25T02:59+02:00    | 2026-10-25T03:00+01:00, 2026-10-26T03:00+01:00
          0 * * * *           | Europe/Berlin    | 2026-10-25T02:00+02:00    | 2026-10-25T02:00+01:00, 2026-10-25T03:00+01:00
          30 1 * * *          | America/New_York | 2026-10-31T01:30-04:00    | 2026-11-01T01:30-04:00, 2026-11-02T01:30-05:00
          # half an hour forward, in the southern spring
          15 2 * * *          | Australia/Lord_Howe | 2026-10-03T02:15+10:30 | 2026-10-04T02:30+11:00, 2026-10-05T02:15+11:00
          # midnight itself left out
          0 0 * * *           | America/Sao_Paulo | 2018-11-03T00:00-03:00   | 2018-11-04T01:00-02:00, 2018-11-05T00:00-02:00
          # a whole day left out, and the next day's run is at the same instant
          0 0 * * *           | Pacific/Apia     | 2011-12-29T00:00-10:00    | 2011-12-31T00:00+14:00, 2012-01-01T00:00+14:00
          """)
  void isDue(String expression, String zone, String after, String expected) {
    assertThat(String.join(", ", next(expression, zone, after, 2))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 0 30 2 *", "0 0 31 2,4,6,9,11 *", "* * 30-31 FEB *"})
  void aDayThatDoesNotExistIsNeverDue(String expression) {
    for (String zone : List.of("UTC", "Europe/Berlin")) {
      Cron cron = Cron.of(expression, ZoneId.of(zone));
      assertThat(cron.next(Instant.EPOCH, Instant.parse("2026-11-21T00:00:00Z"))).isEmpty();
      assertThat(cron.longestGap(Instant.parse("2026-11-21T00:00:00Z"))).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          60 * * * *    ! minute       ! 60   ! 0 to 59
          -1 * * * *    ! minute       ! -1   ! 0 to 59
          */0 * * * *   ! minute       ! */0  ! 0 to 59
          */60 * * * *  ! minute       ! */60 ! 0 to 59
          1,,2 * * * *  ! minute       ! 1,,2 ! 0 to 59
          50-10 * * * * ! minute       ! 50-10 ! 0 to 59
          ٣ * * * *     ! minute       ! ٣    ! 0 to 59
          0 24 * * *    ! hour         ! 24   ! 0 to 23
          0 2h * * *    ! hour         ! 2H   ! 0 to 23
          0 1|2 * * *   ! hour         ! 1|2  ! 0 to 23
          0 0 0 * *     ! day of month ! 0    ! 1 to 31
          0 0 L * *     ! day of month ! L    ! 1 to 31
          0 0 ? * *     ! day of month ! ?    ! 1 to 31
          0 0 * 13 *    ! month        ! 13   ! 1 to 12 or JAN to DEC
          0 0 * MON *   ! month        ! MON  ! 1 to 12 or JAN to DEC
          0 0 * * 8     ! day of week  ! 8    ! 0 to 7 (0 and 7 are Sunday) or SUN to SAT
          0 0 * * FRI-MON ! day of week ! FRI-MON ! 0 to 7 (0 and 7 are Sunday) or SUN to SAT
          0 0 * * 1#2   ! day of week  ! 1#2  ! 0 to 7 (0 and 7 are Sunday) or SUN to SAT
          """)
  void saysWhichFieldIsWrongAndWhatIsAllowed(
      String expression, String field, String found, String allowed) {
    var wrong =
        catchThrowableOfType(
            InvalidScheduleException.class, () -> Cron.of(expression, ZoneOffset.UTC));

    assertThat(wrong.field()).isEqualTo(field);
    assertThat(wrong.found()).isEqualTo(found);
    assertThat(wrong.allowed())
        .isEqualTo(allowed + ", a list (1,2), a range (1-5), a step (*/2) or *");
    assertThat(wrong).hasMessageContainingAll("'" + found + "'", "as the " + field, allowed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "* * * *", "* * * * * *", "@daily", "0 3 * * *; rm -rf /"})
  void saysThatFiveFieldsAreWanted(String expression) {
    assertThatThrownBy(() -> Cron.of(expression, ZoneOffset.UTC))
        .isInstanceOf(InvalidScheduleException.class)
        .hasMessageContaining("five fields: minute, hour, day of month, month, day of week");
  }

  @Test
  void aHugeOrHostileTextIsRefusedAtOnceAndCutInTheMessage() {
    String list = "1" + ",1".repeat(100_000);
    assertThatThrownBy(() -> Cron.of(list + " * * * *", ZoneOffset.UTC))
        .isInstanceOf(InvalidScheduleException.class)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
    assertThatThrownBy(() -> Cron.of("\u001b[2J\u0000 * * * *", ZoneOffset.UTC))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\u001b").doesNotContain("\0"));
  }

  @Test
  void sameTextAndZoneAreEqual() {
    Cron cron = Cron.of("  0   3 * * mon ", ZoneId.of("Europe/Berlin"));
    assertThat(cron)
        .isEqualTo(Cron.of("0 3 * * MON", ZoneId.of("Europe/Berlin")))
        .hasSameHashCodeAs(Cron.of("0 3 * * MON", ZoneId.of("Europe/Berlin")))
        .isNotEqualTo(Cron.of("0 3 * * MON", ZoneOffset.UTC))
        .isNotEqualTo(Cron.of("0 3 * * TUE", ZoneId.of("Europe/Berlin")));
    assertThat(cron.expression()).isEqualTo("0 3 * * MON");
    assertThat(cron).hasToString("0 3 * * MON Europe/Berlin");
  }

  @ParameterizedTest
  @DisplayName("the longest gap is the one over the weekend, the winter or the leap years")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 3 * * *       | UTC           | PT24H
          0 3 * * 1-5     | UTC           | PT72H
          0 */6 * * *     | UTC           | PT6H
          */30 9-17 * * * | UTC           | PT15H30M
          0 3 1 * *       | UTC           | PT744H
          0 0 29 2 *      | UTC           | PT35064H
          30 2 * * *      | Europe/Berlin | PT25H
          0 * * * *       | Europe/Berlin | PT1H
          * * * * *       | UTC           | PT1M
          """)
  void longestGap(String expression, String zone, Duration expected) {
    assertThat(
            Cron.of(expression, ZoneId.of(zone)).longestGap(Instant.parse("2026-11-21T00:00:00Z")))
        .contains(expected);
  }
}
