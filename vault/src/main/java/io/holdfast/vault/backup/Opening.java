package io.holdfast.vault.backup;

import java.io.IOException;

/** How to get at something of a vault that is opened when it is needed first. Thread-safe. */
@FunctionalInterface
interface Opening<T> {
  T open() throws IOException;
}
