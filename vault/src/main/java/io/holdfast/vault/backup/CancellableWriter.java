package io.holdfast.vault.backup;

import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.manifest.StoredManifest;
import io.holdfast.engine.repository.BackupWriter;
import io.holdfast.engine.run.Cancellation;
import java.io.IOException;
import java.util.function.LongConsumer;

/**
 * Ends what waits for the storage as soon as the run is cancelled: a storage that is away is tried
 * for minutes, and whoever cancels a run means now. A component that takes too long ends nothing of
 * the others, so that only the wish to cancel counts, which always is about the whole run.
 *
 * @param inner writes through the storage that {@code storage} ends
 */
record CancellableWriter(BackupWriter inner, Cancellation storage) implements BackupWriter {
  @Override
  public ComponentWriter component(
      ComponentName name, Cancellation cancellation, LongConsumer progress) throws IOException {
    follow(cancellation);
    return inner.component(name, cancellation, progress);
  }

  @Override
  public void verify(Cancellation cancellation, LongConsumer progress) throws IOException {
    follow(cancellation);
    inner.verify(cancellation, progress);
  }

  /** As long as the run lives, which keeps its cancellation no longer than this writer. */
  private void follow(Cancellation cancellation) {
    var unused =
        cancellation.onCancel(() -> {
          if (cancellation.reason() == Cancellation.Reason.CANCELLED) {
            storage.cancel(Cancellation.Reason.CANCELLED);
          }
        });
  }

  @Override
  public void checkpoint(Manifest manifest) throws IOException {
    inner.checkpoint(manifest);
  }

  @Override
  public void publishCopy(StoredManifest original) throws IOException {
    inner.publishCopy(original);
  }

  @Override
  public Manifest publish(Manifest manifest) throws IOException {
    return inner.publish(manifest);
  }

  @Override
  public void fail(Manifest manifest) throws IOException {
    inner.fail(manifest);
  }

  @Override
  public void close() throws IOException {
    inner.close();
  }
}
