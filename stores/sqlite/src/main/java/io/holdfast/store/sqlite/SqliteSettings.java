package io.holdfast.store.sqlite;

import io.holdfast.engine.configuration.Settings;
import io.holdfast.engine.file.FilePath;
import java.time.Duration;
import java.util.Locale;

/**
 * The settings of one database.
 *
 * @param path the database file, or a symbolic link to it
 * @param method how it is copied
 * @param restore how it is put back
 * @param busyTimeout how long to wait for a lock; positive
 * @param integrityCheck how thoroughly a copy is checked
 */
record SqliteSettings(
    FilePath path,
    Method method,
    Restore restore,
    Duration busyTimeout,
    IntegrityCheck integrityCheck) {

  static final Duration DEFAULT_BUSY_TIMEOUT = Duration.ofSeconds(30);

  /** How a database is copied. */
  enum Method {
    /** Page by page: the copy is what the database is, free pages included. */
    BACKUP,
    /** Rebuilt by {@code VACUUM INTO}: smaller, nothing deleted lingers in it, slower. */
    VACUUM
  }

  /** How a database is put back. */
  enum Restore {
    /** The file is replaced by renaming; nobody may have it open. */
    SWAP,
    /** Its content is replaced in one transaction, under an application that has it open. */
    LIVE
  }

  /** How thoroughly a copy is checked. */
  enum IntegrityCheck {
    FULL("integrity_check"),
    /** All but whether indexes and tables agree. */
    QUICK("quick_check");

    private final String pragma;

    IntegrityCheck(String pragma) {
      this.pragma = pragma;
    }

    String pragma() {
      return pragma;
    }
  }

  static SqliteSettings of(Settings settings) {
    return new SqliteSettings(
        settings.path("path"),
        settings.choice("method", Method.class, Method.BACKUP),
        settings.choice("restore", Restore.class, Restore.SWAP),
        settings.duration("busy_timeout", DEFAULT_BUSY_TIMEOUT),
        settings.choice("integrity_check", IntegrityCheck.class, IntegrityCheck.FULL));
  }

  /** The word of a choice in configuration and manifests. */
  static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  /** The busy timeout in the form that {@link #of} reads. */
  String busyTimeoutText() {
    return busyTimeout.toMillis() + "ms";
  }
}
