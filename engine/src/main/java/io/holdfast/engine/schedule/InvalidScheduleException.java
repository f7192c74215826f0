package io.holdfast.engine.schedule;

import io.holdfast.engine.configuration.Problem;

/** A schedule that makes no sense, with what was found and what is allowed in its place. */
public final class InvalidScheduleException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final String found;
  private final String allowed;

  InvalidScheduleException(String field, String found, String allowed) {
    super("found " + Problem.quoted(found) + " as the " + field + "; allowed: " + allowed);
    this.field = field;
    this.found = found;
    this.allowed = allowed;
  }

  /** Which part is wrong, such as {@code hour} or {@code cron expression}. */
  public String field() {
    return field;
  }

  /** What stands there; as it was given, so of any length and content. */
  public String found() {
    return found;
  }

  /** What may stand there, in words. */
  public String allowed() {
    return allowed;
  }
}
