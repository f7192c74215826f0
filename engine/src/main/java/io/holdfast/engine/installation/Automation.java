package io.holdfast.engine.installation;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * What a server does by itself; a command line takes no notice of it.
 *
 * @param enabled whether backups are made on a schedule
 * @param every the interval of the schedule; whole hours, 1 to 168
 * @param cron the schedule instead of the interval: five fields, read in the zone
 * @param zone the zone of the cron expression; {@code Z}, which nobody knows who has not read the
 *     standard, becomes {@code UTC}
 * @param jitter by how much each run may be put off, so that many servers do not start at once; may
 *     be zero
 * @param catchUp whether a run that was missed while the server was down is made up once, at its
 *     start
 * @param onStartup whether a backup is made before requests are accepted
 * @param onShutdown whether a backup is made before the server ends
 * @param shutdownTimeout how long that may take; positive
 */
public record Automation(
    boolean enabled,
    Duration every,
    Optional<String> cron,
    ZoneId zone,
    Duration jitter,
    boolean catchUp,
    boolean onStartup,
    boolean onShutdown,
    Duration shutdownTimeout) {

  public Automation {
    zone = zone.equals(ZoneOffset.UTC) ? ZoneId.of("UTC") : zone;
  }

  /** The fewest hours between two scheduled runs. */
  public static final int LEAST_HOURS = 1;

  /** The most hours between two scheduled runs: a week. */
  public static final int MOST_HOURS = 168;

  /** Every six hours, at start and at the end. */
  public static final Automation DEFAULT =
      new Automation(
          true,
          Duration.ofHours(6),
          Optional.empty(),
          ZoneId.of("UTC"),
          Duration.ZERO,
          true,
          true,
          true,
          Duration.ofSeconds(90));
}
