package io.holdfast.testkit.fault;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.testkit.file.FileLayerContract;

/** A layer of faults that has none planned is a layer like any other. */
class FaultFileLayerContractTest extends FileLayerContract {
  @Override
  protected FileLayer createFileLayer() {
    return new FaultFileLayer(PosixFileLayer.create(), FaultPlan.none());
  }
}
