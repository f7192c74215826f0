package io.holdfast.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random expressions against a second reading of them that tries every minute. */
class CronOracleTest {
  private static final int EXPRESSIONS = Boolean.getBoolean("holdfast.campaign") ? 300 : 10;
  private static final int DAYS = 9;

  @ParameterizedTest
  @CsvSource({
    "UTC,                 2028-02-26",
    "Europe/Berlin,       2026-03-25",
    "Europe/Berlin,       2026-10-21",
    "America/New_York,    2026-03-04",
    "America/New_York,    2026-10-28",
    "Australia/Lord_Howe, 2026-04-01",
    "Australia/Lord_Howe, 2026-09-30",
    "America/Sao_Paulo,   2018-10-31",
    "Pacific/Apia,        2011-12-26",
    "Asia/Kathmandu,      2026-12-28",
  })
  void findsEveryDueInstantAndNoOther(String zoneName, String firstDay) {
    ZoneId zone = ZoneId.of(zoneName);
    var random = new Random(firstDay.hashCode());
    Instant from = Instant.parse(firstDay + "T00:00:00Z");
    Instant to = from.plus(Duration.ofDays(DAYS));
    for (int i = 0; i < EXPRESSIONS; i++) {
      String expression = expression(random);
      NavigableSet<Instant> expected = expected(expression, zone, from, to);
      Cron cron = Cron.of(expression, zone);

      NavigableSet<Instant> found = new TreeSet<>();
      var due = cron.next(Instant.EPOCH, from.minusNanos(1));
      while (due.isPresent() && due.get().isBefore(to)) {
        assertThat(found.add(due.get())).as("%s twice at %s", expression, due.get()).isTrue();
        due = cron.next(Instant.EPOCH, due.get());
      }
      assertThat(found).as("%s in %s from %s", expression, zone, from).isEqualTo(expected);

      // From any instant between, too.
      for (int j = 0; j < 50; j++) {
        Instant after = from.plusMillis(random.nextLong(Duration.ofDays(DAYS - 1).toMillis()));
        Instant next = expected.higher(after);
        if (next != null) {
          assertThat(cron.next(Instant.EPOCH, after))
              .as("%s after %s", expression, after)
              .contains(next);
        }
      }
    }
  }

  private static NavigableSet<Instant> expected(
      String expression, ZoneId zone, Instant from, Instant to) {
    var reading = Reading.of(expression);
    NavigableSet<Instant> expected = new TreeSet<>();
    if (reading.everyHour()) {
      for (Instant t = from; t.isBefore(to); t = t.plus(1, ChronoUnit.MINUTES)) {
        if (reading.matches(t.atZone(zone).toLocalDateTime())) {
          expected.add(t);
        }
      }
      return expected;
    }
    LocalDateTime last = LocalDateTime.ofInstant(to, ZoneOffset.UTC).plusDays(2);
    for (LocalDateTime l = LocalDateTime.ofInstant(from, ZoneOffset.UTC).minusDays(2);
        l.isBefore(last);
        l = l.plusMinutes(1)) {
      if (reading.matches(l)) {
        LocalDateTime shown = l;
        while (zone.getRules().getValidOffsets(shown).isEmpty()) {
          shown = shown.plusMinutes(1);
        }
        Instant t = shown.toInstant(zone.getRules().getValidOffsets(shown).getFirst());
        if (!t.isBefore(from) && t.isBefore(to)) {
          expected.add(t);
        }
      }
    }
    return expected;
  }

  private record Reading(
      BitSet minutes,
      BitSet hours,
      BitSet daysOfMonth,
      BitSet months,
      BitSet daysOfWeek,
      boolean everyHour,
      boolean eitherDay) {
    static Reading of(String expression) {
      List<String> fields = List.of(expression.split(" ", -1));
      BitSet daysOfWeek = values(fields.get(4), 0, 7);
      daysOfWeek.set(0, daysOfWeek.get(0) || daysOfWeek.get(7));
      return new Reading(
          values(fields.get(0), 0, 59),
          values(fields.get(1), 0, 23),
          values(fields.get(2), 1, 31),
          values(fields.get(3), 1, 12),
          daysOfWeek,
          fields.get(1).contains("*"),
          !fields.get(2).equals("*") && !fields.get(4).equals("*"));
    }

    boolean matches(LocalDateTime l) {
      boolean dayOfMonth = daysOfMonth.get(l.getDayOfMonth());
      boolean dayOfWeek = daysOfWeek.get(l.getDayOfWeek().getValue() % 7);
      return minutes.get(l.getMinute())
          && hours.get(l.getHour())
          && months.get(l.getMonthValue())
          && (eitherDay ? dayOfMonth || dayOfWeek : dayOfMonth && dayOfWeek);
    }

    private static BitSet values(String field, int least, int most) {
      var values = new BitSet();
      for (String term : field.split(",", -1)) {
        List<String> rangeAndStep = List.of(term.split("/", -1));
        List<String> range = List.of(rangeAndStep.getFirst().split("-", -1));
        boolean all = range.getFirst().equals("*");
        int low = all ? least : Integer.parseInt(range.getFirst());
        int high = all ? most : Integer.parseInt(range.getLast());
        int step = rangeAndStep.size() == 2 ? Integer.parseInt(rangeAndStep.getLast()) : 1;
        for (int value = low; value <= high; value += step) {
          values.set(value);
        }
      }
      return values;
    }
  }

  private static String expression(Random random) {
    return field(random, 0, 59, 4, 10)
        + " "
        + field(random, 0, 23, 3, 4)
        + " "
        + field(random, 1, 31, 2, 6)
        + " "
        + field(random, 1, 12, 5, 3)
        + " "
        + field(random, 0, 7, 3, 3);
  }

  /** {@code *} with a chance of one in {@code stars}, else one or two terms. */
  private static String field(Random random, int least, int most, int stars, int longestStep) {
    if (random.nextInt(stars) == 0) {
      return "*";
    }
    return IntStream.range(0, 1 + random.nextInt(2))
        .mapToObj(i -> {
          int a = least + random.nextInt(most - least + 1);
          int b = least + random.nextInt(most - least + 1);
          return switch (random.nextInt(4)) {
            case 0 -> "*/" + (2 + random.nextInt(longestStep));
            case 1 -> Math.min(a, b) + "-" + Math.max(a, b);
            case 2 ->
                Math.min(a, b) + "-" + Math.max(a, b) + "/" + (2 + random.nextInt(longestStep));
            default -> String.valueOf(a);
          };
        })
        .collect(Collectors.joining(","));
  }
}
