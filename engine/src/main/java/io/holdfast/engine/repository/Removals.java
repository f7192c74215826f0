package io.holdfast.engine.repository;

import io.holdfast.engine.run.RunId;
import java.io.IOException;
import java.util.List;

/**
 * What is known of backups that were signed, and were then removed by somebody other than Holdfast.
 * The caller of either method holds the installation's lock.
 */
public interface Removals {
  /** Backups that ought to be there and are not, oldest first. */
  List<RunId> unexplained() throws IOException;

  /**
   * Takes it for right that these are gone: from the next signature on, which says so in the name
   * of the key, nobody looks for them any more.
   *
   * @throws io.holdfast.engine.error.HoldfastException {@code USAGE} if one of them is not {@link
   *     #unexplained}, {@code CONFIGURATION_INVALID} if the key cannot be read or is another one;
   *     nothing is changed then
   */
  void acknowledge(List<RunId> runs) throws IOException;
}
