package io.holdfast.vault.pack;

import io.holdfast.vault.ContentId;
import java.io.IOException;

/** A pack that is not what was stored under its name. */
public final class DamagedPackException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param what the rest of the sentence that begins with the pack
   */
  public DamagedPackException(ContentId pack, String what) {
    super("pack " + pack.brief() + " " + what);
  }
}
