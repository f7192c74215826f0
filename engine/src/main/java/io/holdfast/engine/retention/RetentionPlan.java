package io.holdfast.engine.retention;

import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.engine.run.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Decides which backups go. Pure.
 *
 * <p>Never removed: the newest completed backup; the newest completed one that is not known to be
 * damaged; safety backups and those before a migration or an update; a backup in use; of each
 * component the newest backup that holds it and is not known to be damaged. These are also the only
 * ones that rules do not count. Of the others, one stays if a rule of the keep family holds it, or
 * if it is within all of {@code maxCount} and {@code maxAgeDays} that are switched on. With every
 * rule off, everything stays; with keep rules alone, only what they hold.
 *
 * <p>{@code maxCount} counts backups of the same components: an hourly backup of one component does
 * not push the daily ones of all out.
 *
 * <p>Newest means the highest sequence, and ages go by the repository's receive time: a source with
 * a wrong clock cannot flush good backups out. Nor can the repository's own clock when it jumps: an
 * age is what lies between a backup and the third latest time of receipt, or the present if that is
 * earlier. So one or two backups under a wrong clock make no other old, and age alone leaves at
 * least three.
 */
public final class RetentionPlan {
  /** So many backups have to agree on how late it is. */
  private static final int BELIEVED = 3;

  private RetentionPlan() {}

  /**
   * A published backup, as retention sees it.
   *
   * @param run its run
   * @param status {@code COMPLETED} or {@code PARTIAL}
   * @param trigger why it was made
   * @param safety whether it is a restore's safety backup
   * @param receivedAt when the repository completed it
   * @param inUse whether somebody reads it
   * @param damaged whether its last validation failed
   * @param components what can be restored from it
   */
  public record Candidate(
      RunId run,
      RunStatus status,
      Trigger trigger,
      boolean safety,
      Instant receivedAt,
      boolean inUse,
      boolean damaged,
      Set<ComponentName> components) {

    boolean isUnderRetention() {
      return trigger.isUnderRetention() && !safety;
    }
  }

  /**
   * The backups to remove, oldest first.
   *
   * @param candidates all published backups, in any order
   * @param now the repository's time
   */
  public static List<RunId> toRemove(
      RetentionPolicy policy, List<Candidate> candidates, Instant now) {
    List<Candidate> newestFirst =
        candidates.stream()
            .filter(Candidate::isUnderRetention)
            .sorted(Comparator.comparing(Candidate::run).reversed())
            .toList();
    Set<RunId> kept = new HashSet<>();
    newest(newestFirst, false).ifPresent(kept::add);
    newest(newestFirst, true).ifPresent(kept::add);
    Set<ComponentName> held = new HashSet<>();
    for (Candidate candidate : newestFirst) {
      if (!candidate.damaged() && held.addAll(candidate.components())) {
        kept.add(candidate.run());
      }
    }
    keepLast(newestFirst, policy.keepDaily(), RetentionPlan::day, kept);
    keepLast(newestFirst, policy.keepWeekly(), RetentionPlan::week, kept);
    keepLast(newestFirst, policy.keepMonthly(), RetentionPlan::month, kept);
    keepLast(newestFirst, policy.keepYearly(), time -> String.valueOf(time.getYear()), kept);
    boolean keepRules =
        policy.keepDaily() + policy.keepWeekly() + policy.keepMonthly() + policy.keepYearly() > 0;
    boolean bounds = policy.maxCount() > 0 || policy.maxAgeDays() > 0;
    Optional<Instant> asOf =
        newestFirst.stream()
            .map(Candidate::receivedAt)
            .sorted(Comparator.reverseOrder())
            .skip(BELIEVED - 1)
            .findFirst()
            .map(third -> third.isBefore(now) ? third : now);
    List<RunId> remove = new ArrayList<>();
    Map<Set<ComponentName>, Integer> counts = new HashMap<>();
    for (Candidate candidate : newestFirst) {
      int index = counts.merge(candidate.components(), 1, Integer::sum) - 1;
      boolean within = bounds ? isWithin(policy, index, candidate, asOf) : !keepRules;
      if (!within && !candidate.inUse() && !kept.contains(candidate.run())) {
        remove.add(candidate.run());
      }
    }
    return remove.reversed();
  }

  private static boolean isWithin(
      RetentionPolicy policy, int index, Candidate candidate, Optional<Instant> asOf) {
    boolean few = policy.maxCount() == 0 || index < policy.maxCount();
    boolean young =
        policy.maxAgeDays() == 0
            || asOf.isEmpty()
            || Duration.between(candidate.receivedAt(), asOf.get())
                    .compareTo(Duration.ofDays(policy.maxAgeDays()))
                <= 0;
    return few && young;
  }

  private static Optional<RunId> newest(List<Candidate> newestFirst, boolean sound) {
    return newestFirst.stream()
        .filter(c -> c.status() == RunStatus.COMPLETED && !(sound && c.damaged()))
        .findFirst()
        .map(Candidate::run);
  }

  /** Of each of the last {@code count} periods that have a sound backup, the newest one stays. */
  private static void keepLast(
      List<Candidate> newestFirst,
      int count,
      Function<ZonedDateTime, String> period,
      Set<RunId> kept) {
    Map<String, RunId> last = new LinkedHashMap<>();
    for (Candidate candidate : newestFirst) {
      if (candidate.status() == RunStatus.COMPLETED
          && !candidate.damaged()
          && last.size() <= count) {
        last.putIfAbsent(
            period.apply(candidate.receivedAt().atZone(ZoneOffset.UTC)), candidate.run());
      }
    }
    last.values().stream().limit(count).forEach(kept::add);
  }

  private static String day(ZonedDateTime time) {
    return time.toLocalDate().toString();
  }

  private static String week(ZonedDateTime time) {
    return time.get(IsoFields.WEEK_BASED_YEAR) + "-W" + time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
  }

  private static String month(ZonedDateTime time) {
    return time.getYear() + "-" + time.getMonthValue();
  }
}
