package io.holdfast.engine.repository.transfer;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Direct buffers of one size that are used again and again. There are never more of them than were
 * in use at once. Thread-safe.
 */
public final class Buffers {
  private final int size;
  private final ConcurrentLinkedQueue<ByteBuffer> free = new ConcurrentLinkedQueue<>();

  /**
   * @param size bytes of each
   */
  public Buffers(int size) {
    this.size = size;
  }

  /** An empty buffer. */
  public ByteBuffer take() {
    ByteBuffer buffer = free.poll();
    return buffer == null ? ByteBuffer.allocateDirect(size) : buffer.clear();
  }

  /** Gives a buffer back, which must not be used any more. */
  public void give(ByteBuffer buffer) {
    free.add(buffer);
  }
}
