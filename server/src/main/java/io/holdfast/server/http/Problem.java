package io.holdfast.server.http;

import io.holdfast.engine.error.HoldfastException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a client is told when a request fails: RFC 9457, with the members that its readers depend
 * on. A 5xx never tells anything of the inside; its cause is logged under the correlation id.
 *
 * @param code what clients dispatch on
 * @param detail a sentence for people
 * @param retryable whether the same request may succeed later; that of the code where nothing more
 *     is known, as of an error of the engine
 * @param retryAfterSeconds when to try again, for problems that pass; also sent as {@code
 *     Retry-After}
 * @param facts what a program may go on with: {@link #REASON}, {@link #RUN_ID}
 */
public record Problem(
    ProblemCode code,
    String detail,
    boolean retryable,
    OptionalLong retryAfterSeconds,
    Map<String, String> facts) {
  /** How long a server that ends may take to be back, for those who ask again. */
  private static final int RESTART_SECONDS = 10;

  /** What {@code type} begins with; the category follows as the fragment. */
  public static final String TYPE = "https://holdfast.dev/problems";

  /** The fact that names the engine's error code. */
  public static final String REASON = "reason";

  /** The fact that names the run which failed, of which more can be asked. */
  public static final String RUN_ID = "run_id";

  public Problem {
    facts = Map.copyOf(facts);
  }

  public Problem(ProblemCode code, String detail) {
    this(code, detail, OptionalLong.empty());
  }

  public Problem(ProblemCode code, String detail, OptionalLong retryAfterSeconds) {
    this(code, detail, code.retryable(), retryAfterSeconds, Map.of());
  }

  /** The same problem with one more of {@link #facts}. */
  public Problem with(String fact, String value) {
    var more = new HashMap<>(facts);
    more.put(fact, value);
    return new Problem(code, detail, retryable, retryAfterSeconds, more);
  }

  /** The same problem of which it is known whether trying again can help. */
  public Problem retryable(boolean helps) {
    return new Problem(code, detail, helps, retryAfterSeconds, facts);
  }

  /** The same problem with the error of the engine that it comes from. */
  public Problem because(HoldfastException error) {
    return with(REASON, error.code().name()).retryable(error.code().retryable());
  }

  /** What a client is told whose request the end of the server cuts short. */
  public static Problem shuttingDown() {
    return new Problem(
        ProblemCode.SERVICE_UNAVAILABLE,
        "The server is shutting down",
        OptionalLong.of(RESTART_SECONDS));
  }

  /** What a client is told of an error that nobody foresaw: nothing. */
  static Problem internal() {
    return new Problem(ProblemCode.INTERNAL_ERROR, "Internal server error");
  }

  /**
   * What a client is told of an error of the engine; the one place that decides it.
   *
   * <p>A message passes only where it speaks of what the client sent. The others may name paths of
   * this machine, so a fixed text stands for them.
   */
  public static Problem of(HoldfastException error) {
    return told(error).because(error);
  }

  /** What a client is told of anything that was thrown. */
  static Problem ofFailure(Throwable failure) {
    return switch (failure) {
      case ProblemException told -> told.problem();
      case HoldfastException error -> of(error);
      default -> internal();
    };
  }

  private static Problem told(HoldfastException error) {
    return switch (error.code()) {
      case USAGE -> new Problem(ProblemCode.BAD_REQUEST, sentence(error));
      case VALUE_REFUSED, CONFIRMATION_REQUIRED, BACKUP_UNSUITABLE ->
          new Problem(ProblemCode.VALIDATION_ERROR, sentence(error));
      case COMPONENT_NOT_FOUND -> new Problem(ProblemCode.RECORD_NOT_FOUND, sentence(error));
      case BACKUP_NOT_FOUND -> new Problem(ProblemCode.RECORD_NOT_FOUND, "No such backup");
      case MANIFEST_CORRUPT -> new Problem(ProblemCode.VALIDATION_ERROR, "Invalid backup manifest");
      case FORMAT_UNSUPPORTED ->
          new Problem(
              ProblemCode.VALIDATION_ERROR,
              "The backup is of a newer format than this server reads");
      case ARTIFACT_CORRUPT ->
          new Problem(
              ProblemCode.VALIDATION_ERROR, "The backup is damaged: an artifact is corrupt");
      case ARTIFACT_INVALID ->
          new Problem(
              ProblemCode.VALIDATION_ERROR, "The backup holds an artifact that cannot be restored");
      case NAME_TAKEN -> new Problem(ProblemCode.RESOURCE_CONFLICT, sentence(error));
      case BUSY ->
          new Problem(ProblemCode.RESOURCE_CONFLICT, "A backup operation is already in progress");
      case SHUTTING_DOWN -> shuttingDown();
      case REPOSITORY_UNAVAILABLE ->
          new Problem(ProblemCode.INTERNAL_ERROR, "The repository cannot be read");
      case CONFIGURATION_INVALID,
          PLATFORM_UNSUPPORTED,
          SOURCE_MISSING,
          SOURCE_UNREADABLE,
          SOURCE_BUSY,
          SOURCE_INVALID,
          SOURCE_CORRUPT,
          SOURCE_COMMAND_FAILED,
          REPOSITORY_UNWRITABLE,
          REPOSITORY_FULL,
          CANCELLED,
          TIMEOUT,
          INTERRUPTED,
          TARGET_UNWRITABLE,
          TARGET_FULL,
          TARGET_UNSUITABLE,
          RESTORE_ROLLED_BACK,
          ROLLBACK_FAILED,
          IO,
          INTERNAL ->
          new Problem(ProblemCode.INTERNAL_ERROR, "Backup operation failed");
    };
  }

  private static String sentence(HoldfastException error) {
    String message = error.message();
    return message.isEmpty()
        ? message
        : message.substring(0, 1).toUpperCase(Locale.ROOT) + message.substring(1);
  }
}
