package io.holdfast.vault.backup;

import io.holdfast.engine.artifact.ArtifactSource;
import io.holdfast.engine.repository.foreign.ForeignReader;
import io.holdfast.engine.repository.foreign.ForeignSnapshot;
import io.holdfast.engine.repository.transfer.Meter;
import io.holdfast.engine.repository.transfer.Workers;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.pack.BlobReader;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * A snapshot of another program, open for reading.
 *
 * @param snapshot what it is
 * @param errors explains failures of the vault
 * @param workers read ahead; closed with this
 * @param blobs where it is read; closed with this
 * @param index tells how large its chunks are
 * @param tree its root
 * @param lock given back in the end
 */
record VaultForeignReader(
    ForeignSnapshot snapshot,
    VaultErrors errors,
    Workers workers,
    BlobReader blobs,
    BlobIndex index,
    ContentId tree,
    ReadingLock lock)
    implements ForeignReader {
  @Override
  public ArtifactSource tree(
      String name, Cancellation cancellation, LongConsumer progress, Consumer<String> warn) {
    return new ForeignTree(
        errors, blobs, index, tree, name, new Meter(cancellation, progress), warn);
  }

  @Override
  public void close() {
    workers.close();
    blobs.close();
    lock.close();
  }
}
