package io.holdfast.engine.artifact;

/**
 * One check of an artifact and how it went.
 *
 * @param name what was checked, in {@code snake_case}: {@code sha256}, {@code integrity_check}
 * @param ok whether it passed
 * @param detail what was found, for people; may be empty when it passed
 */
public record CheckResult(String name, boolean ok, String detail) {
  /**
   * The name of the check by which a handler says that an artifact without a byte is what it should
   * be; without it, an empty file artifact fails its component.
   */
  public static final String EMPTY_IS_LEGITIMATE = "empty_is_legitimate";

  public static CheckResult passed(String name, String detail) {
    return new CheckResult(name, true, detail);
  }

  public static CheckResult failed(String name, String detail) {
    return new CheckResult(name, false, detail);
  }
}
