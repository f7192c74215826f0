package io.holdfast.vault.lock;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a process of Holdfast does under its lock. Stands behind the user's name in the lock file,
 * after a colon, which no user of Unix has in his name: so Holdfast knows its own kind, of which it
 * knows how it goes about a prune, and every other program sees but a name.
 */
public enum LockRole {
  /** Adds a backup. Before it is published, it looks whether a prune took what it relies on. */
  BACKUP("backup"),
  /** Reads backups. */
  RESTORE("restore"),
  /** Removes what nothing needs, beside the two others. */
  PRUNE("prune");

  private final String word;

  LockRole(String word) {
    this.word = word;
  }

  /** A user's name, as a lock file of this role has it. */
  String mark(String username) {
    return username + ":" + word;
  }

  /** The role that a name in a lock file tells of; empty if another program wrote it. */
  static Optional<LockRole> of(String username) {
    return Arrays.stream(values()).filter(role -> username.endsWith(":" + role.word)).findFirst();
  }
}
