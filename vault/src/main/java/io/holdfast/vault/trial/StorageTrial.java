package io.holdfast.vault.trial;

import io.holdfast.engine.component.Finding;
import io.holdfast.engine.component.Finding.Severity;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Reason;
import io.holdfast.vault.backend.Waiter;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Tries the promises of a storage, one after the other, through two connections as two machines
 * would have. It does so with packs of random content, whose names no vault can have: to everybody
 * else they are packs that nothing refers to, such as a backup that died leaves. They are removed
 * in the end, also after a failure. Used once, by one thread.
 */
public final class StorageTrial {
  private final Scratch scratch;
  private final Cancellation cancellation;
  private final ContentTrial content;
  private final ExclusiveTrial exclusive;
  private final SurroundingsTrial surroundings;
  private final List<Finding> findings = new ArrayList<>();

  /** One promise: tries it, and says how it was kept. */
  @FunctionalInterface
  interface Trial {
    Finding run() throws IOException;
  }

  /**
   * @param one nobody tries again behind it, since a trial wants to see what fails
   * @param other another on the same storage
   * @param random names and content
   * @param clock of this machine
   * @param waiter its stopwatch
   */
  public StorageTrial(
      Backend one,
      Backend other,
      SecureRandom random,
      Clock clock,
      Waiter waiter,
      Cancellation cancellation) {
    this.scratch = new Scratch(one, random);
    this.cancellation = cancellation;
    this.content = new ContentTrial(one, other, scratch, waiter);
    this.exclusive = new ExclusiveTrial(one, other, scratch);
    this.surroundings = new SurroundingsTrial(one, clock, waiter);
  }

  /**
   * Tries all. A storage that cannot be reached, or not written to, is found out first, and nothing
   * else is tried then. Nor is anything written where it could not be removed.
   */
  public List<Finding> findings() {
    try {
      if (attempt("reachable", surroundings::reachable)) {
        if (content.isAppendOnly()) {
          findings.add(ContentTrial.APPEND_ONLY);
          findings.add(ContentTrial.UNTRIED);
          attempt("clock", surroundings::clock);
        } else if (attempt("read after write", content::readAfterWrite)) {
          attempt("list after write", content::listAfterWrite);
          attempt("names are given once", exclusive::taken);
          attempt("names are given once, to several at once", exclusive::together);
          attempt("parts of files", content::ranges);
          attempt("delete", content::delete);
          // What cannot be removed should not be large.
          if (!findings.contains(ContentTrial.APPEND_ONLY)) {
            attempt("large files", content::large);
          }
          attempt("clock", surroundings::clock);
        }
      }
    } finally {
      scratch.left().ifPresent(findings::add);
    }
    return List.copyOf(findings);
  }

  /** Whether it did not fail. */
  private boolean attempt(String promise, Trial trial) {
    cancellation.check();
    try {
      Finding finding = trial.run();
      findings.add(finding);
      return finding.severity() != Severity.ERROR;
    } catch (IOException failed) {
      findings.add(
          new Finding(
              Severity.ERROR, promise, "it failed: " + failed.getMessage(), advice(failed)));
      return false;
    }
  }

  private static String advice(IOException failed) {
    Reason reason = failed instanceof BackendException known ? known.reason() : Reason.OTHER;
    return switch (reason) {
      case NOT_FOUND ->
          "Correct the address, or make what it names: a bucket, a directory. 'holdfast repository"
              + " init' or the first backup makes a vault in a directory or on a server.";
      case UNAUTHENTICATED -> "Correct the credentials.";
      case FORBIDDEN -> "Let these credentials list, read, write and delete there.";
      case FULL -> "Make room there.";
      case TRANSIENT -> "Look at the storage and the way to it, and try again.";
      case TOO_SHORT, ALREADY_EXISTS, UNSUPPORTED, OTHER ->
          "A vault cannot be kept there as it is; look into the log of the storage.";
    };
  }
}
