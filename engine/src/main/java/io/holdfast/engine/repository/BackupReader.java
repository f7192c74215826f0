package io.holdfast.engine.repository;

import io.holdfast.engine.artifact.ArtifactSource;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.manifest.StoredManifest;
import io.holdfast.engine.run.Cancellation;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.function.LongConsumer;

/** A published backup, open for reading; while it is open, this process does not delete it. */
public interface BackupReader extends AutoCloseable {
  Manifest manifest();

  /** The manifest with the checksum of its list of checksums: all that is in the file. */
  StoredManifest stored();

  /** Bytes that the backup takes in the repository. */
  long storedBytes() throws IOException;

  /**
   * The artifacts of a component that completed.
   *
   * @param progress told how many bytes of content were read since it was last told
   */
  ArtifactSource artifacts(
      ComponentName component, Cancellation cancellation, LongConsumer progress) throws IOException;

  /**
   * The same artifacts for whoever passes them on to somebody slow. Nothing is read ahead, so that
   * what waits for a reader who does not read takes as little memory as it can.
   *
   * @param progress as above
   */
  default ArtifactSource artifactsFrugally(
      ComponentName component, Cancellation cancellation, LongConsumer progress)
      throws IOException {
    return artifacts(component, cancellation, progress);
  }

  /**
   * Reads every byte of these components, and of the backup's own files, and compares the digests.
   *
   * @return what is wrong, all of it; empty if nothing is
   */
  List<RepositoryProblem> verify(
      Collection<ComponentName> components, Cancellation cancellation, LongConsumer progress)
      throws IOException;

  @Override
  void close() throws IOException;
}
