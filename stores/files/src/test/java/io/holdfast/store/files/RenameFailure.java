package io.holdfast.store.files;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.ForwardingFileLayer;
import java.io.IOException;

/** Fails the k-th rename from when it is armed, and every one after it, as a dead process would. */
final class RenameFailure extends ForwardingFileLayer {
  private int left;

  RenameFailure(FileLayer delegate) {
    super(delegate);
  }

  /**
   * @param k 1 for the next rename; 0 for none
   */
  void failAt(int k) {
    left = k;
  }

  @Override
  protected void before(String operation, FilePath path) throws IOException {
    if (operation.startsWith("rename") && left > 0) {
      if (left == 1) {
        throw new FileLayerException(operation, path, Reason.INPUT_OUTPUT, "made to fail");
      }
      left--;
    }
  }
}
