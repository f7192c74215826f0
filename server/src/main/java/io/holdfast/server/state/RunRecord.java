package io.holdfast.server.state;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.engine.run.Trigger;
import java.time.Instant;
import java.util.Optional;

/**
 * A run as the server remembers it.
 *
 * @param operation what it does
 * @param trigger why, of a backup
 * @param status {@code RUNNING} until it ended
 * @param startedAt when, by the server's clock
 * @param finishedAt empty while it runs
 * @param actor who asked: a token's name, {@code schedule}, {@code startup}, {@code shutdown}
 * @param server the server process that runs it
 * @param backup the run of the backup that a restore reads
 * @param failure why it failed
 * @param document the result as JSON, as the API shows it; empty while it runs
 */
public record RunRecord(
    RunId run,
    Operation operation,
    Optional<Trigger> trigger,
    RunStatus status,
    Instant startedAt,
    Optional<Instant> finishedAt,
    String actor,
    String server,
    Optional<RunId> backup,
    Optional<Failure> failure,
    Optional<String> document) {

  /** What a run does. */
  public enum Operation {
    BACKUP,
    RESTORE,
    DRY_RUN;

    /** The lowercase word in interfaces. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Why a run failed. */
  public record Failure(ErrorCode code, String message, String guidance) {}
}
