package io.holdfast.vault.backend;

/**
 * Interrupts the thread that made it, while that is at one piece of work, and takes the
 * interruption back afterwards: what comes next on that thread is no part of what was to be
 * stopped.
 */
final class Interrupter {
  private final Thread worker = Thread.currentThread();
  private boolean struck;
  private boolean over;

  /** Interrupts, unless the work is over. By any thread. */
  synchronized void strike() {
    if (!over) {
      struck = true;
      worker.interrupt();
    }
  }

  /** The work is over; by the worker. Nothing strikes from now on, and what struck is undone. */
  synchronized void end() {
    over = true;
    if (struck) {
      struck = false;
      Thread.interrupted();
    }
  }
}
