package io.holdfast.engine.file.posix;

import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;

/**
 * Moves bytes between buffers and an open file. Direct buffers are handed to the kernel as they
 * are; others go through a piece of native memory.
 */
final class Transfer {
  private static final int PIECE = 128 << 10;

  private Transfer() {}

  /** See {@link io.holdfast.engine.file.ReadableFile#read}. */
  static int read(Descriptor file, ByteBuffer target, long position) throws FileLayerException {
    if (target.isReadOnly()) {
      throw new ReadOnlyBufferException();
    }
    if (!target.hasRemaining()) {
      throw new IllegalArgumentException("no room in the buffer");
    }
    requirePosition(position);
    try (var memory = CallMemory.forNumbers()) {
      long count;
      if (target.isDirect()) {
        count = file.check("read", readDirect(memory, file, target, position));
        target.position(target.position() + (int) count);
      } else {
        var piece = memory.reserve(Math.min(target.remaining(), PIECE));
        count =
            file.check(
                "read",
                LibC.pread(memory, file.number(), piece.address(), piece.byteSize(), position));
        target.put(piece.asSlice(0, count).asByteBuffer());
      }
      return count == 0 ? -1 : (int) count;
    }
  }

  /** See {@link io.holdfast.engine.file.WritableFile#write}. */
  static void write(Descriptor file, ByteBuffer source, long position) throws FileLayerException {
    requirePosition(position);
    try (var memory = CallMemory.forNumbers()) {
      if (source.isDirect()) {
        var segment = live(source);
        try {
          writeAll(memory, file, segment.address(), segment.byteSize(), position);
        } finally {
          Reference.reachabilityFence(source);
        }
        source.position(source.limit());
        return;
      }
      var piece = memory.reserve(Math.min(source.remaining(), PIECE));
      long at = position;
      while (source.hasRemaining()) {
        int size = Math.min(source.remaining(), PIECE);
        piece.asByteBuffer().put(0, source, source.position(), size);
        writeAll(memory, file, piece.address(), size, at);
        source.position(source.position() + size);
        at += size;
      }
    }
  }

  private static long readDirect(
      CallMemory memory, Descriptor file, ByteBuffer target, long position) {
    var segment = live(target);
    try {
      return LibC.pread(memory, file.number(), segment.address(), segment.byteSize(), position);
    } finally {
      Reference.reachabilityFence(target);
    }
  }

  /** The kernel may take less than it is given: at a full disk, at a signal, beyond 2 GiB. */
  private static void writeAll(
      CallMemory memory, Descriptor file, long address, long size, long position)
      throws FileLayerException {
    int fd = file.number();
    long done = 0;
    while (done < size) {
      long count =
          file.check(
              "write", LibC.pwrite(memory, fd, address + done, size - done, position + done));
      if (count == 0) {
        throw new FileLayerException("write", file.path(), Reason.OTHER, "the kernel took nothing");
      }
      done += count;
    }
  }

  /** Handing on the address of memory that was freed would corrupt the process. */
  private static MemorySegment live(ByteBuffer buffer) {
    var segment = MemorySegment.ofBuffer(buffer);
    if (!segment.scope().isAlive()) {
      throw new IllegalStateException("the memory of the buffer was freed");
    }
    return segment;
  }

  private static void requirePosition(long position) {
    if (position < 0) {
      throw new IllegalArgumentException("negative position: " + position);
    }
  }
}
