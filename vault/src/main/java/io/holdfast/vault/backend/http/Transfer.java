package io.holdfast.vault.backend.http;

/**
 * One request under way: notices when something moves, and lets nobody at the caller's buffers once
 * the request is given up, although threads of the client may still be at it. Thread-safe.
 */
public final class Transfer {
  private long moved;
  private boolean over;

  /**
   * A step forward, which may touch the caller's buffers.
   *
   * @return whether it was done; not any more if the request is over
   */
  public synchronized boolean move(Runnable step) {
    if (over) {
      return false;
    }
    step.run();
    moved++;
    return true;
  }

  /** How many steps there were. */
  synchronized long moved() {
    return moved;
  }

  /** No step is under way when this returns, and none will be. */
  synchronized void end() {
    over = true;
  }
}
