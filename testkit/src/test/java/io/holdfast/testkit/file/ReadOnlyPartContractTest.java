package io.holdfast.testkit.file;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.ReadOnlyPart;
import io.holdfast.engine.file.posix.PosixFileLayer;

/** A layer of which another part is read-only is a layer like any other. */
class ReadOnlyPartContractTest extends FileLayerContract {
  @Override
  protected FileLayer createFileLayer() {
    return new ReadOnlyPart(PosixFileLayer.create(), FilePath.of("/nowhere/at/all"));
  }
}
