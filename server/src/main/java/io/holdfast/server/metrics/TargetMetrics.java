package io.holdfast.server.metrics;

import io.holdfast.server.target.TargetFigures;
import java.util.Map;
import java.util.function.ToLongFunction;

/** The metrics of a server as a backup target; none where it is not one. */
final class TargetMetrics {
  private final Families families;

  TargetMetrics(Families families) {
    this.families = families;
  }

  /**
   * Adds them.
   *
   * @param targets by name, in the order in which they are told
   */
  void add(Map<String, TargetFigures> targets) {
    counter(
        targets,
        "holdfast_target_received_bytes",
        "Content of the files that were stored at a target.",
        TargetFigures::receivedBytes);
    counter(
        targets,
        "holdfast_target_sent_bytes",
        "Content that was read from a target.",
        TargetFigures::sentBytes);
    counter(
        targets,
        "holdfast_target_stored_files",
        "Files that were stored at a target.",
        TargetFigures::stored);
    counter(
        targets,
        "holdfast_target_deleted_files",
        "Files that were deleted at a target, locks included.",
        TargetFigures::deleted);
    counter(
        targets,
        "holdfast_target_refusals",
        "Requests to a target that were refused or failed.",
        TargetFigures::refusals);
    families.gauge(
        "holdfast_target_used_bytes",
        "What a target takes of its quota, as last counted.",
        points -> targets.forEach((name, of) -> points.add(of.usedBytes(), "target", name)));
  }

  private void counter(
      Map<String, TargetFigures> targets,
      String name,
      String help,
      ToLongFunction<TargetFigures> value) {
    families.counter(
        name,
        help,
        points ->
            targets.forEach((target, of) -> points.add(value.applyAsLong(of), "target", target)));
  }
}
