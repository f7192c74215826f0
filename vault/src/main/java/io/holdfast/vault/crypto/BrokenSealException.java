package io.holdfast.vault.crypto;

import java.io.IOException;

/**
 * What was to be opened is not what this key sealed. Whether it was damaged, forged, cut off or
 * sealed by another key cannot be told, and would help nobody but an attacker.
 */
public final class BrokenSealException extends IOException {
  private static final long serialVersionUID = 1L;

  BrokenSealException() {
    super("the seal does not match");
  }
}
