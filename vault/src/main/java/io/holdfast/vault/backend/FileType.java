package io.holdfast.vault.backend;

/**
 * The sorts of files in a vault. All but {@link #CONFIG} are named by the SHA-256 of their bytes.
 */
public enum FileType {
  /** What the vault is; there is one, and it is never changed. */
  CONFIG("config"),
  /** The master key, sealed by a password. */
  KEY("keys"),
  /** Somebody is at work. */
  LOCK("locks"),
  /** A backup. */
  SNAPSHOT("snapshots"),
  /** Which blob lies where in which pack. */
  INDEX("index"),
  /** Blobs. */
  PACK("data");

  private final String word;

  FileType(String word) {
    this.word = word;
  }

  /** The word in paths and in the REST protocol: {@code data}, {@code keys}. */
  public String word() {
    return word;
  }
}
