package io.holdfast.engine.repository.signature;

import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.manifest.StoredManifest;
import io.holdfast.engine.repository.BackupWriter;
import io.holdfast.engine.run.Cancellation;
import java.io.IOException;
import java.util.function.LongConsumer;

/**
 * Writes a backup that is signed, and remembers the signature once it is published.
 *
 * @param writer writes it
 * @param signer was given to the writer
 */
record SigningWriter(BackupWriter writer, Signer signer) implements BackupWriter {
  @Override
  public ComponentWriter component(
      ComponentName name, Cancellation cancellation, LongConsumer progress) throws IOException {
    return writer.component(name, cancellation, progress);
  }

  @Override
  public void verify(Cancellation cancellation, LongConsumer progress) throws IOException {
    writer.verify(cancellation, progress);
  }

  @Override
  public void checkpoint(Manifest manifest) throws IOException {
    writer.checkpoint(manifest);
  }

  @Override
  public Manifest publish(Manifest manifest) throws IOException {
    Manifest published = writer.publish(manifest);
    signer.published();
    return published;
  }

  /** With the signature that it has, or none. */
  @Override
  public void publishCopy(StoredManifest original) throws IOException {
    writer.publishCopy(original);
  }

  @Override
  public void fail(Manifest manifest) throws IOException {
    writer.fail(manifest);
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
