package io.holdfast.vault.lock;

import io.holdfast.engine.run.RunId;
import java.time.Instant;
import java.util.Optional;

/**
 * Whose locks they are.
 *
 * @param hostname the machine
 * @param username the user, for people
 * @param pid the process
 * @param started when the process began, in milliseconds since 1970, which tells it from another
 *     one that has the same number, as the first ones of all containers have; 0 if not known
 */
public record LockOwner(String hostname, String username, long pid, long started) {
  private static final String RUN_END = "@";

  /** Of a process of which it is not known when it began. */
  public LockOwner(String hostname, String username, long pid) {
    this(hostname, username, pid, 0);
  }

  /** This process. */
  public static LockOwner here(String hostname, String username) {
    ProcessHandle process = ProcessHandle.current();
    long started = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    return new LockOwner(hostname, username, process.pid(), started);
  }

  /**
   * The user's name, as a lock file of this process in a role has it.
   *
   * @param run what it is held for, if others are to know; stands before the name
   */
  String mark(LockRole role, Optional<RunId> run) {
    return run.map(id -> id + RUN_END).orElse("") + mark(role);
  }

  /** Whether a user's name is one that this process puts into its lock files of a role. */
  boolean isMark(String username, LockRole role) {
    return username.substring(username.indexOf(RUN_END) + 1).equals(mark(role));
  }

  /** Whether a user's name says that the lock is held for a run. */
  static boolean isFor(String username, RunId run) {
    return username.startsWith(run + RUN_END);
  }

  private String mark(LockRole role) {
    return role.mark(started == 0 ? username : username + "." + Long.toHexString(started));
  }
}
