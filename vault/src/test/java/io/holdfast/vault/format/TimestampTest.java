package io.holdfast.vault.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampTest {
  private static Timestamp parse(String text) {
    byte[] among = ("\"" + text + "\"").getBytes(StandardCharsets.UTF_8);
    return Timestamp.parse(among, 1, among.length - 1);
  }

  @ParameterizedTest
  @DisplayName("Times are written as Go's time.Time is marshalled")
  @CsvSource({
    "0, 0, 0, 1970-01-01T00:00:00Z",
    "-1, 999999999, 0, 1969-12-31T23:59:59.999999999Z",
    "1419256079, 912418701, 60, 2014-12-22T14:47:59.912418701+01:00",
    "0, 100000000, -1, 1969-12-31T23:59:00.1-00:01",
    "0, 1, 345, 1970-01-01T05:45:00.000000001+05:45",
    "0, 120000, -570, 1969-12-31T14:30:00.00012-09:30",
    "-62135596800, 0, 0, 0001-01-01T00:00:00Z",
    "-62167219200, 0, 0, 0000-01-01T00:00:00Z",
    "253402300799, 999999999, 0, 9999-12-31T23:59:59.999999999Z",
    "951782400, 0, 0, 2000-02-29T00:00:00Z",
    "-5364662400, 0, 1439, 1800-01-01T23:59:00+23:59",
  })
  void text(long seconds, int nanos, int offset, String expected) {
    var time = new Timestamp(seconds, nanos, offset);
    assertThat(time).hasToString(expected);
    assertThat(parse(expected)).isEqualTo(time);
  }

  @Test
  @DisplayName("Any time comes back, and is what the JDK reads in it")
  void roundTrip() {
    var random = new Random(1);
    for (int round = 0; round < 100_000; round++) {
      int offset = random.nextInt(-18 * 60, 18 * 60 + 1);
      long seconds = random.nextLong(-62_167_219_200L, 253_402_300_800L) - offset * 60L;
      int nanos = random.nextBoolean() ? 0 : random.nextInt(1_000_000) * 1000;
      var time = new Timestamp(seconds, nanos, offset);
      assertThat(parse(time.toString())).isEqualTo(time);
      OffsetDateTime same = OffsetDateTime.parse(time.toString());
      assertThat(same.toInstant()).isEqualTo(time.instant());
      assertThat(same.getOffset().getTotalSeconds()).isEqualTo(offset * 60);
    }
  }

  @ParameterizedTest
  @DisplayName("What is no time in the form of RFC 3339 is refused")
  @ValueSource(
      strings = {
        "",
        "1970-01-01",
        "1970-01-01T00:00:00",
        "1970-01-01 00:00:00Z",
        "1970-01-01t00:00:00Z",
        "1970-01-01T00:00:00z",
        "1970-01-01T00:00:00.Z",
        "1970-01-01T00:00:00,5Z",
        "1970-01-01T00:00:00+0100",
        "1970-01-01T00:00:00+01",
        "1970-01-01T00:00:00+01:00x",
        "1970-01-01T00:00:00+24:00",
        "1970-01-01T00:00:00+01:60",
        "1970-01-01T24:00:00Z",
        "1970-01-01T00:60:00Z",
        "1970-01-01T00:00:60Z",
        "1970-13-01T00:00:00Z",
        "1970-00-01T00:00:00Z",
        "1970-02-29T00:00:00Z",
        "1970-01-00T00:00:00Z",
        "10000-01-01T00:00:00Z",
        "-001-01-01T00:00:00Z",
        "19x0-01-01T00:00:00Z",
        "1970-01-01T00:00:00.12x4Z",
        "1970-01-01T00:00:00.5",
        "1970/01/01T00:00:00Z",
        "1970-01-01T00:00:00Z ",
        " 1970-01-01T00:00:00Z"
      })
  void malformed(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> parse(text));
  }

  @Test
  @DisplayName("Digits beyond the nanosecond are dropped")
  void fineFraction() {
    assertThat(parse("1970-01-01T00:00:00.1234567899999Z").nanos()).isEqualTo(123_456_789);
  }

  @Test
  @DisplayName("An instant is told by the clock of a zone, of which seconds are dropped")
  void zones() {
    Instant instant = Instant.parse("2026-07-01T12:00:00.5Z");
    assertThat(Timestamp.of(instant, ZoneOffset.UTC)).hasToString("2026-07-01T12:00:00.5Z");
    assertThat(Timestamp.of(instant, ZoneId.of("Asia/Kathmandu")))
        .hasToString("2026-07-01T17:45:00.5+05:45");
    assertThat(Timestamp.of(Instant.parse("1880-01-01T00:00:00Z"), ZoneId.of("Europe/Berlin")))
        .hasToString("1880-01-01T00:53:00+00:53");
  }

  @ParameterizedTest
  @DisplayName("A time that JSON cannot hold goes to the nearest year that it can, as with restic")
  @CsvSource({
    "-1-03-04T05:06:07Z, 0000-03-04T05:06:07Z",
    "-4712-02-29T23:59:59Z, 0000-02-29T23:59:59Z",
    "+10000-01-01T00:00:00Z, 9999-01-01T00:00:00Z",
    "+12000-02-29T12:00:00Z, 9999-03-01T12:00:00Z",
    "+99999-12-31T23:59:59Z, 9999-12-31T23:59:59Z",
    "2026-01-02T03:04:05Z, 2026-01-02T03:04:05Z",
  })
  void nearest(String instant, String expected) {
    String padded = instant.startsWith("-1-") ? "-0001" + instant.substring(2) : instant;
    long seconds = Instant.parse(padded).getEpochSecond();
    assertThat(Timestamp.nearest(seconds, 7)).hasToString(expected.replace("Z", ".000000007Z"));
    assertThat(Timestamp.isExact(seconds)).isEqualTo(instant.equals(expected));
  }

  @ParameterizedTest
  @DisplayName("However far away a time is, there is a nearest one")
  @ValueSource(longs = {Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE - 1, Long.MAX_VALUE})
  void farAway(long seconds) {
    assertThat(Timestamp.nearest(seconds, 0).toString())
        .startsWith(seconds < 0 ? "0000-" : "9999-");
    assertThat(Timestamp.isExact(seconds)).isFalse();
  }

  @Test
  @DisplayName("A year that has not four digits by the clock of the offset cannot be made")
  void range() {
    long last = 253_402_300_799L;
    assertThat(new Timestamp(last + 60, 0, -1)).hasToString("9999-12-31T23:59:59-00:01");
    assertThatIllegalArgumentException().isThrownBy(() -> new Timestamp(last + 1, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Timestamp(last, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Timestamp(-62_167_219_201L, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Timestamp(Long.MIN_VALUE, 0, 1439));
    assertThatIllegalArgumentException().isThrownBy(() -> new Timestamp(Long.MAX_VALUE, 0, -1439));
    assertThatIllegalArgumentException().isThrownBy(() -> new Timestamp(0, -1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Timestamp(0, 1_000_000_000, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Timestamp(0, 0, 1440));
  }
}
