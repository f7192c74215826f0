package io.holdfast.vault.format;

/**
 * Something that a newer version of the format wrote, and that must not be guessed at: whoever
 * catches this says {@code FORMAT_UNSUPPORTED}, not that the vault is damaged.
 */
public final class UnsupportedVersionException extends FormatException {
  private static final long serialVersionUID = 1L;

  private final long version;

  /**
   * @param what what was read, for people
   * @param version the version that was found; unsigned
   * @param newest the newest version that can be read
   */
  public UnsupportedVersionException(String what, long version, int newest) {
    super(
        what,
        "has version "
            + Long.toUnsignedString(version)
            + " of the format, and "
            + newest
            + " is the newest that can be read");
    this.version = version;
  }

  /** The version that was found; unsigned. */
  public long version() {
    return version;
  }
}
