package io.holdfast.engine.repository.transfer;

import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import java.io.IOException;

/**
 * Carries a failure of what is being backed up past the code that explains failures of the
 * repository.
 */
public final class SourceFailure extends IOException {
  private static final long serialVersionUID = 1L;

  private final IOException failure;

  private final boolean opening;

  /**
   * @param opening whether it failed before there was anything to read
   */
  public SourceFailure(IOException failure, boolean opening) {
    super(failure);
    this.failure = failure;
    this.opening = opening;
  }

  /** Whether the content is gone, and was so before a byte of it was read. */
  public boolean isGone() {
    return opening
        && failure instanceof FileLayerException layer
        && layer.reason() == Reason.NOT_FOUND;
  }

  /** What the source failed with. */
  public IOException failure() {
    return failure;
  }
}
