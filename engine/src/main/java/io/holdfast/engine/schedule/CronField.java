package io.holdfast.engine.schedule;

/** The five fields of a cron expression, in their order. */
enum CronField {
  MINUTE("minute", "0 to 59"),
  HOUR("hour", "0 to 23"),
  DAY_OF_MONTH("day of month", "1 to 31"),
  MONTH("month", "1 to 12 or JAN to DEC"),
  DAY_OF_WEEK("day of week", "0 to 7 (0 and 7 are Sunday) or SUN to SAT");

  private final String words;
  private final String values;

  CronField(String words, String values) {
    this.words = words;
    this.values = values;
  }

  String words() {
    return words;
  }

  String allowed() {
    return values + ", a list (1,2), a range (1-5), a step (*/2) or *";
  }

  /** An expression in which nothing but this field can be wrong. */
  String alone(String value) {
    var fields = new String[] {"*", "*", "*", "*", "*"};
    fields[ordinal()] = value;
    return String.join(" ", fields);
  }
}
