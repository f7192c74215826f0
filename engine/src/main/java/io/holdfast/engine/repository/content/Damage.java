package io.holdfast.engine.repository.content;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import org.jspecify.annotations.Nullable;

/** Says that something in a backup is not as its manifest says. */
public final class Damage {
  private Damage() {}

  /**
   * An artifact that is not what the manifest says.
   *
   * @param subject what it is, relative to the backup
   * @param what the rest of the sentence
   */
  public static HoldfastException artifact(String subject, String what, @Nullable Throwable cause) {
    return new HoldfastException(
            ErrorCode.ARTIFACT_CORRUPT,
            subject + " " + what,
            "Restore this component from another backup.",
            cause)
        .with("path", subject);
  }
}
