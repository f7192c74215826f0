package io.holdfast.example.platform;

import java.time.Instant;
import java.util.SplittableRandom;

/**
 * The {@code number}-th transaction of the platform: an agent works on a task and spends money. It
 * changes four tables at once, so that a copy that was torn between two of them contradicts itself.
 * What it does follows from its number alone.
 *
 * @param number 1 or more
 * @param agent who works
 * @param task at what
 * @param state how the task stands afterwards
 * @param amountCents what it cost, 1 or more
 * @param at when, by the platform's own reckoning, as ISO-8601 text
 * @param detail what the audit log says
 */
record Transaction(
    long number, long agent, long task, String state, long amountCents, String at, String detail) {
  private static final Instant BEGINNING = Instant.parse("2026-01-05T08:00:00Z");
  private static final String[] STATES = {"queued", "running", "blocked", "review", "done"};
  private static final String[] WORDS = {
    "planned", "fetched", "summarised", "compared", "wrote", "übersetzt", "検証した", "asked back"
  };

  static Transaction of(long number) {
    var random = new SplittableRandom(Platform.SEED ^ (number * 0x9E37_79B9_7F4A_7C15L));
    long agent = 1L + random.nextInt(Rows.AGENTS);
    long task = 1L + random.nextInt(Rows.TASKS);
    String word = WORDS[random.nextInt(WORDS.length)];
    return new Transaction(
        number,
        agent,
        task,
        STATES[random.nextInt(STATES.length)],
        1L + random.nextInt(250),
        instant(number),
        word + " for task " + task + ", step " + random.nextInt(100));
  }

  /** The platform's reckoning of time: a second for each transaction. */
  static String instant(long number) {
    return BEGINNING.plusSeconds(number).toString();
  }
}
