package io.holdfast.engine.run;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/**
 * The name of a run: {@code YYYYMMDD-HHMMSS-NNNNNN}, the time in UTC and a sequence number that an
 * installation never uses twice.
 *
 * <p>The order of runs is that of their sequence, not of their time: clocks jump back.
 *
 * @param value the text, always of that form
 */
public record RunId(String value) implements Comparable<RunId> {
  /** The largest sequence number that the form can hold. */
  public static final int MAX_SEQUENCE = 999_999;

  private static final Pattern FORM = Pattern.compile("[0-9]{8}-[0-9]{6}-[0-9]{6}");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);

  public RunId {
    if (!isRunId(value)) {
      throw new IllegalArgumentException("not a run id: " + value);
    }
  }

  /**
   * The id of a run that starts at an instant, with a sequence number from 1 to {@link
   * #MAX_SEQUENCE}.
   */
  public static RunId of(Instant start, int sequence) {
    if (sequence < 1 || sequence > MAX_SEQUENCE) {
      throw new IllegalArgumentException("sequence out of range: " + sequence);
    }
    return new RunId(TIME.format(start) + "-" + String.format("%06d", sequence));
  }

  /** Whether a text has the form of a run id. */
  public static boolean isRunId(String text) {
    return FORM.matcher(text).matches();
  }

  public int sequence() {
    return Integer.parseInt(value.substring(16));
  }

  /**
   * By sequence; equal sequences, which only a merge of two installations' backups brings about, by
   * text.
   */
  @Override
  public int compareTo(RunId other) {
    int bySequence = Integer.compare(sequence(), other.sequence());
    return bySequence != 0 ? bySequence : value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
