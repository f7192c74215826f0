package io.holdfast.vault.format;

import java.io.IOException;

/**
 * Stored bytes that are not what the format says they should be: damaged, cut short, or written by
 * something else. The message tells what was read, what is wrong with it, and at which byte where
 * that helps. Trying again does not help.
 */
public sealed class FormatException extends IOException permits UnsupportedVersionException {
  private static final long serialVersionUID = 1L;

  private final String what;
  private final String wrong;

  /**
   * @param what what was read, for people: {@code snapshot 0a1b2c3d}
   * @param wrong what is wrong with it
   */
  public FormatException(String what, String wrong) {
    super(what + ": " + wrong);
    this.what = what;
    this.wrong = wrong;
  }

  /** The same, with the failure below it. */
  public FormatException(String what, String wrong, Throwable cause) {
    super(what + ": " + wrong, cause);
    this.what = what;
    this.wrong = wrong;
  }

  /**
   * Whether it is of a file in a directory of the vault.
   *
   * @param directory its word: {@code index}
   */
  public boolean isOf(String directory) {
    return what.startsWith(directory + "/");
  }

  /** What is wrong, without what it is wrong with. */
  public String wrong() {
    return wrong;
  }
}
