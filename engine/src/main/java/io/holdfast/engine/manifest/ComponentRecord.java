package io.holdfast.engine.manifest;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.error.ErrorCode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a manifest says of one component.
 *
 * @param name its name
 * @param kind its kind
 * @param critical whether the backup fails without it
 * @param group its group, if it has one
 * @param status how it went
 * @param source what it was, see {@link io.holdfast.engine.component.ComponentHandler#source}
 * @param instant the instant of its data; empty unless captured
 * @param startedAt when its capture began
 * @param finishedAt when its transfer and checks ended; empty while it runs
 * @param artifacts what it contributed; empty unless completed
 * @param warnings what did not make it fail
 * @param failure why it did not complete; empty if it did
 */
public record ComponentRecord(
    ComponentName name,
    String kind,
    boolean critical,
    Optional<String> group,
    ComponentStatus status,
    Map<String, String> source,
    Optional<Instant> instant,
    Instant startedAt,
    Optional<Instant> finishedAt,
    List<Artifact> artifacts,
    List<String> warnings,
    Optional<Failure> failure) {

  public ComponentRecord {
    source = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(source));
    artifacts = List.copyOf(artifacts);
    warnings = List.copyOf(warnings);
  }

  /** Bytes of content of all its artifacts. */
  public long sizeBytes() {
    return artifacts.stream().mapToLong(Artifact::sizeBytes).sum();
  }

  /** Whether it can be restored from this backup. */
  public boolean isRestorable() {
    return status == ComponentStatus.COMPLETED;
  }

  /**
   * Why something failed.
   *
   * @param code the stable name
   * @param message what happened, to what
   * @param guidance what to do next; may be empty
   */
  public record Failure(ErrorCode code, String message, String guidance) {}
}
