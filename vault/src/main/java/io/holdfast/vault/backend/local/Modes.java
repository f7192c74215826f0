package io.holdfast.vault.backend.local;

/**
 * The permissions of what is made: for the owner alone, or for the group too if its members may
 * read the config. That is how restic decides, so that both leave one vault in one state. A file of
 * a vault never changes, so nobody may write to it.
 *
 * @param file 0400 or 0440
 * @param directory 0700 or 0770
 */
record Modes(int file, int directory) {
  private static final int GROUP_READ = 040;

  static final Modes PRIVATE = new Modes(0400, 0700);
  private static final Modes SHARED = new Modes(0440, 0770);

  /** Those of a vault whose config has this mode. */
  static Modes like(int config) {
    return (config & GROUP_READ) == 0 ? PRIVATE : SHARED;
  }
}
