package io.holdfast.engine.file.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The native memory of one operation: where {@code errno} goes, and what is handed to the C library
 * by address. Freed by {@link #close}; for one thread.
 *
 * <p>One small allocation serves nearly every operation; what does not fit gets its own.
 */
final class CallMemory implements AutoCloseable {
  private static final int ERRNO_BYTES = 8;
  private static final int SLAB_BYTES = 504;

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment slab;
  private long used = ERRNO_BYTES;

  /** Memory for a call that takes paths or structures. */
  CallMemory() {
    this(SLAB_BYTES);
  }

  private CallMemory(int bytes) {
    this.slab = arena.allocate(ERRNO_BYTES + bytes, Long.BYTES);
  }

  /** Memory for a call that takes numbers only. */
  static CallMemory forNumbers() {
    return new CallMemory(0);
  }

  MemorySegment errnoSegment() {
    return slab;
  }

  int errno() {
    return slab.get(ValueLayout.JAVA_INT, 0);
  }

  /** Zeroed memory, aligned to 8 bytes. */
  MemorySegment reserve(long bytes) {
    long end = used + (bytes + 7 & ~7L);
    if (end > slab.byteSize()) {
      return arena.allocate(bytes, Long.BYTES);
    }
    var piece = slab.asSlice(used, bytes);
    used = end;
    return piece;
  }

  /** The address of a copy that ends with NUL. */
  long string(byte[] text) {
    var copy = reserve(text.length + 1L);
    MemorySegment.copy(text, 0, copy, ValueLayout.JAVA_BYTE, 0, text.length);
    return copy.address();
  }

  @Override
  public void close() {
    arena.close();
  }
}
