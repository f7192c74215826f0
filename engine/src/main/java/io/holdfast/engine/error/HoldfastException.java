package io.holdfast.engine.error;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one exception that Holdfast throws on purpose: what happened, to what, and what to do next.
 *
 * <p>The message is a sentence without a trailing full stop. The context names the things concerned
 * (component, path, backup) for machines. The guidance is a sentence that tells the reader what to
 * do; it may be empty where there is nothing to do. None of them ever holds a secret.
 */
public final class HoldfastException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final transient Map<String, String> context;
  private final String guidance;

  public HoldfastException(ErrorCode code, String message, String guidance) {
    this(code, message, guidance, Map.of(), null);
  }

  public HoldfastException(
      ErrorCode code, String message, String guidance, @Nullable Throwable cause) {
    this(code, message, guidance, Map.of(), cause);
  }

  private HoldfastException(
      ErrorCode code,
      String message,
      String guidance,
      Map<String, String> context,
      @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.guidance = guidance;
    this.context = context;
  }

  /**
   * The same error with one more fact; an existing fact of that name is kept, since the inner place
   * knows better.
   */
  public HoldfastException with(String key, String value) {
    var facts = new LinkedHashMap<>(context());
    facts.putIfAbsent(key, value);
    var copy =
        new HoldfastException(
            code, message(), guidance, Collections.unmodifiableMap(facts), getCause());
    copy.setStackTrace(getStackTrace());
    for (Throwable suppressed : getSuppressed()) {
      copy.addSuppressed(suppressed);
    }
    return copy;
  }

  public ErrorCode code() {
    return code;
  }

  /** What happened, to what. */
  public String message() {
    return String.valueOf(getMessage());
  }

  /** What to do next; empty when there is nothing to do. */
  public String guidance() {
    return guidance;
  }

  /** Names and values of what is concerned, in the order in which they were added. */
  public Map<String, String> context() {
    return context == null ? Map.of() : context;
  }
}
