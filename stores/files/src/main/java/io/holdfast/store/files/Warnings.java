package io.holdfast.store.files;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Passes warnings on until there are too many to read, and counts the rest: a tree with a million
 * busy files must not make a manifest of a million lines. Thread-safe.
 */
final class Warnings {
  private static final int TOLD = 100;

  private final Consumer<String> listener;
  private final AtomicInteger count = new AtomicInteger();

  Warnings(Consumer<String> listener) {
    this.listener = listener;
  }

  void add(String message) {
    if (count.incrementAndGet() <= TOLD) {
      listener.accept(message);
    }
  }

  /** Tells how many were not passed on, if any. Called once, at the end. */
  void finish() {
    int untold = count.get() - TOLD;
    if (untold > 0) {
      listener.accept("and " + untold + " more warnings of this kind");
    }
  }
}
