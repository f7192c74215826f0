package io.holdfast.vault.backend;

import io.holdfast.vault.backend.BackendException.Reason;
import java.util.Optional;

/**
 * What a {@link FaultyBackend} does wrong, and when. Immutable.
 *
 * @param counted which operations are numbered; unless told otherwise, all
 * @param at number of the operation that is struck, from 1; 0 for none
 * @param moment whether it was done
 * @param failure how it fails; empty if the process dies
 * @param lasting whether every later operation that counts is struck too
 */
public record BackendFault(
    Counted counted, long at, Moment moment, Optional<Reason> failure, boolean lasting) {

  /** Which operations are numbered, and so can be struck. */
  public enum Counted {
    ALL,
    /** Those that change what is stored. */
    MUTATING
  }

  /** When in an operation the fault strikes. A file comes whole or not at all: there is no half. */
  public enum Moment {
    BEFORE,
    AFTER
  }

  /** Checks its arguments. */
  public BackendFault {
    if (at < 0 || (lasting && failure.isEmpty())) {
      throw new IllegalArgumentException("no such fault: " + at + ", lasting " + lasting);
    }
  }

  /** Nothing goes wrong; operations are counted and recorded. */
  public static BackendFault none() {
    return crashBefore(0);
  }

  /** Operation {@code k} fails without having been done. */
  public static BackendFault failBefore(long k, Reason reason) {
    return new BackendFault(Counted.ALL, k, Moment.BEFORE, Optional.of(reason), false);
  }

  /** Operation {@code k} is done and fails all the same, as when the answer is lost. */
  public static BackendFault failAfter(long k, Reason reason) {
    return new BackendFault(Counted.ALL, k, Moment.AFTER, Optional.of(reason), false);
  }

  /** The process dies before operation {@code k}. */
  public static BackendFault crashBefore(long k) {
    return new BackendFault(Counted.ALL, k, Moment.BEFORE, Optional.empty(), false);
  }

  /** The process dies after operation {@code k}, whether that succeeds or fails by itself. */
  public static BackendFault crashAfter(long k) {
    return new BackendFault(Counted.ALL, k, Moment.AFTER, Optional.empty(), false);
  }

  /** The same fault, numbering only what changes something. */
  public BackendFault countingMutating() {
    return new BackendFault(Counted.MUTATING, at, moment, failure, lasting);
  }

  /** The same failure from then on for good, like a storage that is gone. */
  public BackendFault forGood() {
    return new BackendFault(counted, at, moment, failure, true);
  }
}
