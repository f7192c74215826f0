package io.holdfast.server.setting;

import io.holdfast.engine.error.HoldfastException;

/** Knows where backups may be kept, and where they are: the setting {@code path} needs a start. */
public interface PlaceJudge {
  /**
   * Goes on if backups could be kept there.
   *
   * @throws HoldfastException that says why not
   */
  void check(String path);

  /** Whether the server that runs keeps its backups there. */
  boolean isInUse(String path);
}
