package io.holdfast.engine.repository.foreign;

import io.holdfast.engine.artifact.ArtifactSource;
import io.holdfast.engine.run.Cancellation;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** A snapshot of another program, open for reading. */
public interface ForeignReader extends AutoCloseable {
  /** What it is. */
  ForeignSnapshot snapshot();

  /**
   * Its whole tree, as the one artifact of a component. Everything read is verified on the way, as
   * {@link ArtifactSource} says. The artifact's digest is of the tree as the other program has it;
   * its size and number of files are 0, since telling them would mean walking it.
   *
   * @param name what to call the artifact
   * @param cancellation asked at every block
   * @param progress told how many bytes of content were read since it was last told
   * @param warn told of what is left out, since it cannot be restored
   */
  ArtifactSource tree(
      String name, Cancellation cancellation, LongConsumer progress, Consumer<String> warn);

  @Override
  void close() throws IOException;
}
