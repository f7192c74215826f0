package io.holdfast.engine.repository;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactSink;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.manifest.StoredManifest;
import io.holdfast.engine.run.Cancellation;
import java.io.IOException;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * A backup being written. Components may be written by several threads at once, one thread each;
 * everything else is called by the one who leads the run.
 */
public interface BackupWriter extends AutoCloseable {
  /**
   * Begins a component.
   *
   * @param cancellation asked at every block
   * @param progress told how many bytes of content were taken in since it was last told; called by
   *     any thread
   */
  ComponentWriter component(ComponentName name, Cancellation cancellation, LongConsumer progress)
      throws IOException;

  /**
   * Reads back everything that was finished, and verifies it against the digests taken while
   * writing. Call before {@link #publish}.
   *
   * @param progress told of bytes read, as above
   * @throws io.holdfast.engine.error.HoldfastException {@code ARTIFACT_CORRUPT} if the storage did
   *     not keep what it was given
   */
  void verify(Cancellation cancellation, LongConsumer progress) throws IOException;

  /**
   * Keeps a record of a run under way, so that what a crash leaves behind can be told; may be
   * called often. Not durable by itself.
   */
  void checkpoint(Manifest manifest) throws IOException;

  /**
   * Writes the manifest, makes everything durable, and publishes by one atomic step. Before that
   * step nothing is visible; if it throws, nothing is.
   *
   * @param manifest of a published status; the repository fills in {@link Manifest#receivedAt}
   * @return the manifest as stored
   */
  Manifest publish(Manifest manifest) throws IOException;

  /**
   * The same for the copy of a backup of another repository, whose manifest stays as it is there:
   * the time of receipt and the checksums too.
   *
   * @param original of this run, and with what was stored here
   * @throws io.holdfast.engine.error.HoldfastException {@code ARTIFACT_CORRUPT} if the list of
   *     checksums would not be the same
   */
  void publishCopy(StoredManifest original) throws IOException;

  /**
   * Removes the artifacts and keeps the record of a run that will not be published. Does as much of
   * it as the storage allows.
   */
  void fail(Manifest manifest) throws IOException;

  /**
   * Frees what is open. A backup that was neither published nor failed stays behind as a crash
   * would leave it.
   */
  @Override
  void close() throws IOException;

  /** The artifacts of one component being written. */
  interface ComponentWriter extends AutoCloseable {
    ArtifactSink sink();

    /** What was finished so far, with its checks, in the order of finishing. */
    List<Artifact> artifacts();

    /**
     * Removes what the component wrote, for one that failed; in a compressed backup its bytes may
     * stay, listed nowhere in the manifest.
     */
    void discard() throws IOException;

    /** Ends the component's transfer; removes temporary files. */
    @Override
    void close() throws IOException;
  }
}
