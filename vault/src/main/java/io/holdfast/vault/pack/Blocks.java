package io.holdfast.vault.pack;

import io.holdfast.vault.chunk.Chunker;
import java.util.ArrayDeque;

/**
 * Arrays that hold any chunk, used again and again; never more than were in use at once.
 * Thread-safe.
 */
public final class Blocks {
  /** Read at a time, so that what was read behind the end of a chunk is little to move. */
  public static final int STEP = 256 << 10;

  private static final int SIZE = Chunker.MAX_SIZE + STEP;

  private final ArrayDeque<byte[]> free = new ArrayDeque<>();

  public byte[] take() {
    synchronized (this) {
      byte[] block = free.pollLast();
      if (block != null) {
        return block;
      }
    }
    return new byte[SIZE];
  }

  public synchronized void give(byte[] block) {
    free.addLast(block);
  }
}
