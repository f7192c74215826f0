package io.holdfast.testkit.fault;

import java.io.IOException;

/** What an operation of a {@link FaultFileLayer} opened. */
interface FaultHandle {
  /** Closes it without the caller, who never got it because the operation was made to fail. */
  void abandon() throws IOException;
}
