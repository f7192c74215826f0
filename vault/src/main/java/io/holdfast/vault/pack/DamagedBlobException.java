package io.holdfast.vault.pack;

import io.holdfast.vault.ContentId;
import java.io.IOException;

/** A blob that cannot be had as it was stored: damaged, or its pack is gone. */
public final class DamagedBlobException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient ContentId blob;

  /**
   * @param what the rest of the sentence that begins with the blob
   */
  public DamagedBlobException(ContentId blob, String what, Throwable cause) {
    super("blob " + blob.brief() + " " + what, cause);
    this.blob = blob;
  }

  public ContentId blob() {
    return blob;
  }
}
