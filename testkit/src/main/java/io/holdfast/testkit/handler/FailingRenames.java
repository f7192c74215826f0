package io.holdfast.testkit.handler;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.ForwardingFileLayer;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Fails one rename, the k-th from when it is armed. */
final class FailingRenames extends ForwardingFileLayer {
  private final AtomicInteger left = new AtomicInteger();

  FailingRenames(FileLayer delegate) {
    super(delegate);
  }

  /**
   * @param k 1 for the next rename; 0 for none
   */
  void failAt(int k) {
    left.set(k);
  }

  @Override
  protected void before(String operation, FilePath path) throws IOException {
    if (operation.startsWith("rename") && left.get() > 0 && left.decrementAndGet() == 0) {
      throw new FileLayerException(operation, path, Reason.INPUT_OUTPUT, "made to fail");
    }
  }
}
