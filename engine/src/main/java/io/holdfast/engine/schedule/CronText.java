package io.holdfast.engine.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads cron expressions, and says of a wrong one which field is to blame. */
final class CronText {
  private static final String EXPRESSION = "cron expression";
  private static final String FORM = "five fields: minute, hour, day of month, month, day of week";
  private static final int LONGEST = 500;

  // Narrower than the library, which takes digits of any script and knows more separators.
  private static final String VALUE = "([0-9]{1,2}|[A-Z]{3})";
  private static final String TERM = "(\\*|" + VALUE + "(-" + VALUE + ")?)(/[0-9]{1,2})?";
  private static final Pattern FIELD = Pattern.compile(TERM + "(," + TERM + ")*");

  private CronText() {}

  /**
   * The expression in its one form: upper case, single spaces.
   *
   * @throws InvalidScheduleException if it has not five fields, or if one of them is wrong
   */
  static String normal(String text) {
    String normal = text.strip().toUpperCase(Locale.ROOT).replaceAll("\\s+", " ");
    List<String> fields = List.of(normal.split(" ", -1));
    if (normal.length() > LONGEST || fields.size() != CronField.values().length) {
      throw new InvalidScheduleException(EXPRESSION, text.strip(), FORM);
    }
    for (CronField field : CronField.values()) {
      check(field, fields.get(field.ordinal()));
    }
    try {
      ExecutionTime unused = times(normal);
    } catch (IllegalArgumentException together) {
      throw new InvalidScheduleException(EXPRESSION, normal, FORM);
    }
    return normal;
  }

  /** Whether the hour field lets runs go on hour after hour, rather than name hours of the day. */
  static boolean isEveryHour(String normal) {
    return normal.split(" ", -1)[CronField.HOUR.ordinal()].contains("*");
  }

  static ExecutionTime times(String normal) {
    var definition = CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX);
    return ExecutionTime.forCron(new CronParser(definition).parse(normal).validate());
  }

  private static void check(CronField field, String value) {
    try {
      if (FIELD.matcher(value).matches()) {
        ExecutionTime unused = times(field.alone(value));
        return;
      }
    } catch (IllegalArgumentException wrong) {
      // Told below in words of one's own: the library's do not name the field.
    }
    throw new InvalidScheduleException(field.words(), value, field.allowed());
  }
}
