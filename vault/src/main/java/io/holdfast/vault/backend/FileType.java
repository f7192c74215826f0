package io.holdfast.vault.backend;

/**
 * The sorts of files in a vault. All but {@link #CONFIG} are named by the SHA-256 of their bytes.
 */
public enum FileType {
  /** What the vault is; there is one, and it is never changed. */
  CONFIG("config", 1 << 20),
  /** The master key, sealed by a password. */
  KEY("keys", 1 << 20),
  /** Somebody is at work. */
  LOCK("locks", 1 << 20),
  /** A backup. */
  SNAPSHOT("snapshots", 16 << 20),
  /** Which blob lies where in which pack. */
  INDEX("index", 256 << 20),
  /** Blobs. */
  PACK("data", 512 << 20);

  private final String word;
  private final int mostBytes;

  FileType(String word, int mostBytes) {
    this.word = word;
    this.mostBytes = mostBytes;
  }

  /** The word in paths and in the REST protocol: {@code data}, {@code keys}. */
  public String word() {
    return word;
  }

  /**
   * How many bytes such a file may have to be read at once. Far more than any program writes: it is
   * there so that a storage which is broken, or hostile, cannot fill the memory before what it
   * sends is compared with its name.
   */
  public int mostBytes() {
    return mostBytes;
  }
}
