package io.holdfast.engine.repository.directory.archive;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * Which frame of an archive belongs to which stream.
 *
 * <pre>
 * table  = streams:u32 stream* frames:u32 frame*                      all numbers big-endian
 * stream = length:u16 name size:u64      of a stream that is one file, its size; else 0
 * frame  = stream:u32 stored:u32 plain:u32 crc32c:u32
 * </pre>
 *
 * <p>Frames stand in the order of the file, the first at offset 0, without gaps; {@code stored} is
 * the length of a frame in the file, {@code plain} that of what it holds, {@code crc32c} that of
 * its bytes in the file. The first stream, without name, holds the backup's own files; the others
 * are {@code <component>/<artifact>} and {@code <component>/<artifact>.tree}. Not thread-safe while
 * it grows.
 */
final class FrameTable {
  /** The stream of {@code SHA256SUMS}, the manifest, its checksum and the end of the tar. */
  static final int OWN = 0;

  private static final int FRAME_BYTES = 16;

  private final List<String> names = new ArrayList<>();
  private final List<Long> sizes = new ArrayList<>();
  private final Map<String, Integer> byName = new HashMap<>();
  private int[] frames = new int[64];
  private long[] offsets = new long[16];
  private int count;
  private long end;

  /** A table with the stream of the backup's own files, and no frame. */
  FrameTable() {
    stream("");
  }

  /** Adds a stream, and answers its number. */
  int stream(String name) {
    if (byName.putIfAbsent(name, names.size()) != null) {
      throw new IllegalArgumentException("stream " + name + " stands twice");
    }
    names.add(name);
    sizes.add(0L);
    return names.size() - 1;
  }

  void size(int stream, long size) {
    sizes.set(stream, size);
  }

  long size(int stream) {
    return sizes.get(stream);
  }

  Optional<Integer> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  List<String> names() {
    return List.copyOf(names);
  }

  void add(int stream, int stored, int plain, int crc32c) {
    if (count == offsets.length) {
      offsets = Arrays.copyOf(offsets, count * 2);
      frames = Arrays.copyOf(frames, count * 8);
    }
    frames[count * 4] = stream;
    frames[count * 4 + 1] = stored;
    frames[count * 4 + 2] = plain;
    frames[count * 4 + 3] = crc32c;
    offsets[count] = end;
    end += stored;
    count++;
  }

  /** Forgets all frames but the first ones. */
  void cut(int keep) {
    if (keep < count) {
      end = offsets[keep];
      count = keep;
    }
  }

  /** How many frames there are. */
  int count() {
    return count;
  }

  /** Where the last frame ends. */
  long end() {
    return end;
  }

  int streamOf(int frame) {
    return frames[frame * 4];
  }

  long offset(int frame) {
    return offsets[frame];
  }

  int stored(int frame) {
    return frames[frame * 4 + 1];
  }

  int plain(int frame) {
    return frames[frame * 4 + 2];
  }

  int crc32c(int frame) {
    return frames[frame * 4 + 3];
  }

  byte[] encode() {
    var head = new ByteArrayOutputStream();
    head.writeBytes(ByteBuffer.allocate(4).putInt(names.size()).array());
    for (int i = 0; i < names.size(); i++) {
      byte[] name = names.get(i).getBytes(StandardCharsets.US_ASCII);
      head.writeBytes(
          ByteBuffer.allocate(10 + name.length)
              .putShort((short) name.length)
              .put(name)
              .putLong(sizes.get(i))
              .array());
    }
    var all = ByteBuffer.allocate(head.size() + 4 + count * FRAME_BYTES);
    all.put(head.toByteArray()).putInt(count);
    all.asIntBuffer().put(frames, 0, count * 4);
    return all.array();
  }

  /**
   * Reads a table that {@link #encode} made.
   *
   * @param mostStored the longest that a frame of so many bytes can be
   * @throws IllegalArgumentException if it is anything else
   */
  static FrameTable decode(byte[] bytes, IntUnaryOperator mostStored) {
    var in = ByteBuffer.wrap(bytes);
    var table = new FrameTable();
    try {
      int streams = in.getInt();
      for (int i = 0; i < streams; i++) {
        var name = new byte[in.getShort() & 0xffff];
        in.get(name);
        String text = new String(name, StandardCharsets.US_ASCII);
        int number = i == OWN && text.isEmpty() ? OWN : table.stream(text);
        long size = in.getLong();
        if (size < 0) {
          throw new IllegalArgumentException("a stream has a negative size");
        }
        table.size(number, size);
      }
      int count = in.getInt();
      if (streams < 1 || count < 0 || in.remaining() != (long) count * FRAME_BYTES) {
        throw new IllegalArgumentException("the table has another length than its counts say");
      }
      for (int i = 0; i < count; i++) {
        int stream = in.getInt();
        int stored = in.getInt();
        int plain = in.getInt();
        // The last frame is the manifest's.
        int mostPlain = i == count - 1 ? Frames.MOST_MANIFEST : Frames.SIZE;
        if (stream < 0
            || stream >= streams
            || plain < 1
            || plain > mostPlain
            || stored < 1
            || stored > mostStored.applyAsInt(plain)) {
          throw new IllegalArgumentException("frame " + i + " has numbers out of range");
        }
        table.add(stream, stored, plain, in.getInt());
      }
    } catch (BufferUnderflowException end) {
      throw new IllegalArgumentException("the table is too short", end);
    }
    return table;
  }
}
