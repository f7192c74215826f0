package io.holdfast.engine.component;

/**
 * One thing that an inspection found.
 *
 * @param severity how bad it is
 * @param subject what it concerns
 * @param message what was found
 * @param guidance what to do; may be empty
 */
public record Finding(Severity severity, String subject, String message, String guidance) {
  /** How bad a finding is. */
  public enum Severity {
    OK,
    WARNING,
    ERROR
  }
}
