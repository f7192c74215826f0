package io.holdfast.engine;

import io.holdfast.engine.artifact.ArtifactSource;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.file.FileLayer.HeldLock;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.manifest.StoredManifest;
import io.holdfast.engine.repository.BackupReader;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.run.Cancellation;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * A backup that is marked as in use, across processes, for as long as it is read.
 *
 * @param reader the backup
 * @param mark released with it
 */
record MarkedReader(BackupReader reader, HeldLock mark) implements BackupReader {
  @Override
  public Manifest manifest() {
    return reader.manifest();
  }

  @Override
  public StoredManifest stored() {
    return reader.stored();
  }

  @Override
  public long storedBytes() throws IOException {
    return reader.storedBytes();
  }

  @Override
  public ArtifactSource artifacts(
      ComponentName component, Cancellation cancellation, LongConsumer progress)
      throws IOException {
    return reader.artifacts(component, cancellation, progress);
  }

  @Override
  public ArtifactSource artifactsFrugally(
      ComponentName component, Cancellation cancellation, LongConsumer progress)
      throws IOException {
    return reader.artifactsFrugally(component, cancellation, progress);
  }

  @Override
  public List<RepositoryProblem> verify(
      Collection<ComponentName> components, Cancellation cancellation, LongConsumer progress)
      throws IOException {
    return reader.verify(components, cancellation, progress);
  }

  @Override
  public void close() throws IOException {
    try (mark) {
      reader.close();
    }
  }
}
