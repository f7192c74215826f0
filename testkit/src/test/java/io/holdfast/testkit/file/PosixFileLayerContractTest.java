package io.holdfast.testkit.file;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.posix.PosixFileLayer;

class PosixFileLayerContractTest extends FileLayerContract {
  @Override
  protected FileLayer createFileLayer() {
    return PosixFileLayer.create();
  }
}
