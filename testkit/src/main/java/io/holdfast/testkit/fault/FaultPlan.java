package io.holdfast.testkit.fault;

import io.holdfast.engine.file.FileLayerException.Reason;
import java.util.OptionalLong;

/**
 * What a {@link FaultFileLayer} does wrong, and when. Immutable.
 *
 * @param counted which operations are numbered; unless told otherwise, all
 * @param at number of the operation that is struck, from 1; 0 for none
 * @param moment when in the operation
 * @param effect what happens then
 * @param lasting whether every later operation that counts is struck too
 * @param budget bytes that can be written in all before {@code NO_SPACE}, 0 or more; empty for no
 *     limit. Bytes of deleted files do not come back
 */
public record FaultPlan(
    Counted counted, long at, Moment moment, Effect effect, boolean lasting, OptionalLong budget) {

  /** Which operations are numbered, and so can be struck. */
  public enum Counted {
    ALL,
    /** Those that change what is on disk, or make it stay there: sync, and close of a new file. */
    MUTATING
  }

  /** When in an operation the fault strikes. */
  public enum Moment {
    BEFORE,
    /** After the first half of the bytes of a write; as {@link #BEFORE} in any other operation. */
    HALFWAY,
    AFTER
  }

  /** What a fault does. */
  public sealed interface Effect {}

  /** The operation fails with this reason, and the process goes on. */
  public record Fail(Reason reason) implements Effect {}

  /** The process "dies": see {@link SimulatedCrash}. */
  public record Crash() implements Effect {}

  /** Checks its arguments. */
  public FaultPlan {
    if (at < 0 || budget.orElse(0) < 0) {
      throw new IllegalArgumentException("negative operation or budget");
    }
    if (lasting && effect instanceof Crash) {
      throw new IllegalArgumentException("a crash lasts anyway");
    }
  }

  /** Nothing goes wrong; operations are counted and recorded. */
  public static FaultPlan none() {
    return strike(0, Moment.BEFORE, new Crash());
  }

  /** Operation {@code k} fails without having been done. */
  public static FaultPlan failBefore(long k, Reason reason) {
    return strike(k, Moment.BEFORE, new Fail(reason));
  }

  /** Operation {@code k} is done and fails all the same, as over a network whose answer is lost. */
  public static FaultPlan failAfter(long k, Reason reason) {
    return strike(k, Moment.AFTER, new Fail(reason));
  }

  /** Operation {@code k} fails; if it is a write, half of it was done. */
  public static FaultPlan failHalfway(long k, Reason reason) {
    return strike(k, Moment.HALFWAY, new Fail(reason));
  }

  /** The process dies before operation {@code k}. */
  public static FaultPlan crashBefore(long k) {
    return strike(k, Moment.BEFORE, new Crash());
  }

  /** The process dies after operation {@code k}, whether that succeeds or fails by itself. */
  public static FaultPlan crashAfter(long k) {
    return strike(k, Moment.AFTER, new Crash());
  }

  /** The process dies in operation {@code k}; if it is a write, half of it was done. */
  public static FaultPlan crashHalfway(long k) {
    return strike(k, Moment.HALFWAY, new Crash());
  }

  /** The disk takes this many bytes in all and then is full, for good. */
  public static FaultPlan fullAfter(long bytes) {
    return new FaultPlan(Counted.ALL, 0, Moment.BEFORE, new Crash(), false, OptionalLong.of(bytes));
  }

  private static FaultPlan strike(long k, Moment moment, Effect effect) {
    return new FaultPlan(Counted.ALL, k, moment, effect, false, OptionalLong.empty());
  }

  /** The same plan, numbering other operations. */
  public FaultPlan counting(Counted which) {
    return new FaultPlan(which, at, moment, effect, lasting, budget);
  }

  /**
   * The same plan, failing operation {@code at} and every one after it, like a disk that is gone.
   */
  public FaultPlan forGood() {
    return new FaultPlan(counted, at, moment, effect, true, budget);
  }
}
