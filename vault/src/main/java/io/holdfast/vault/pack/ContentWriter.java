package io.holdfast.vault.pack;

import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.Content.Extent;
import io.holdfast.engine.repository.transfer.Buffers;
import io.holdfast.engine.repository.transfer.Extents;
import io.holdfast.engine.repository.transfer.Meter;
import io.holdfast.engine.repository.transfer.Sha256;
import io.holdfast.engine.repository.transfer.Workers;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.chunk.Chunker;
import io.holdfast.vault.chunk.DatabasePages;
import io.holdfast.vault.format.BlobType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Stores contents as chunks. One thread reads a content and cuts it; others hash, compress and seal
 * its chunks meanwhile. Thread-safe: several contents are stored at once.
 */
public final class ContentWriter {
  /** Chunks of one content; few of them are really at work, the others are done. */
  private static final int MOST_UNDER_WAY = 64;

  /** Chunks of pages are handed over together, so that a block is not for one of them alone. */
  private static final int PAGES_TOGETHER = 1 << 20;

  private final BlobWriter blobs;
  private final Chunker chunker;
  private final Jobs jobs;
  private final Blocks blocks = new Blocks();
  private final Buffers buffers = new Buffers(Blocks.STEP);

  /**
   * @param workers do what the calling thread does not do itself
   */
  public ContentWriter(BlobWriter blobs, Chunker chunker, Workers workers) {
    this.blobs = blobs;
    this.chunker = chunker;
    this.jobs = new Jobs(workers, 2 * workers.threads());
  }

  /**
   * A content that was stored.
   *
   * @param size bytes
   * @param sha256 of all of them, in hexadecimal
   * @param chunks their names, in order
   * @param data where its data lies; all else was holes
   */
  public record Stored(long size, String sha256, List<ContentId> chunks, List<Extent> data) {
    public Stored {
      chunks = List.copyOf(chunks);
      data = List.copyOf(data);
    }

    /** Whether it had holes. */
    public boolean isSparse() {
      return !Extents.isDense(data, size);
    }
  }

  /** Stores a content, on this thread and on others. */
  public Stored store(Content content, Meter meter) throws IOException {
    try (Content.Reader reader = content.open()) {
      long size = reader.size();
      List<Extent> data = Extents.normal(reader.extents(), size);
      try (var cutting = new Cutting(reader, data, meter)) {
        return size < Chunker.MIN_SIZE ? cutting.whole() : cutting.all();
      }
    }
  }

  /** One content on its way. */
  private final class Cutting implements AutoCloseable {
    private final Content.Reader reader;
    private final List<Extent> data;
    private final Meter meter;
    private final ByteBuffer buffer = buffers.take();
    private final ArrayDeque<Jobs.Job<List<ContentId>>> underWay = new ArrayDeque<>();
    private final List<ContentId> ids = new ArrayList<>();
    private byte[] block = blocks.take();
    private int filled;
    private long position;
    private int extent;

    Cutting(Content.Reader reader, List<Extent> data, Meter meter) {
      this.reader = reader;
      this.data = data;
      this.meter = meter;
    }

    /** A content that is one chunk, whose name is then the digest of all of it. */
    Stored whole() throws IOException {
      while (position < reader.size()) {
        step();
      }
      requireEnd();
      if (filled == 0) {
        return new Stored(0, Sha256.hex(Sha256.of(new byte[0])), List.of(), data);
      }
      ContentId id = blobs.save(BlobType.DATA, block, 0, filled);
      return new Stored(filled, id.toString(), List.of(id), data);
    }

    Stored all() throws IOException {
      var sha256 = new Sha256();
      while (filled < DatabasePages.HEADER && position < reader.size()) {
        more(sha256);
      }
      OptionalInt pages = DatabasePages.chunkSize(block, filled, reader.size());
      if (pages.isPresent()) {
        inPages(pages.getAsInt(), sha256);
      } else {
        whereContentSays(sha256);
      }
      requireEnd();
      awaitAllBut(0);
      return new Stored(position, sha256.hexDigest(), ids, data);
    }

    private void inPages(int chunk, Sha256 sha256) throws IOException {
      while (position < reader.size()) {
        more(sha256);
        if (filled >= PAGES_TOGETHER) {
          handOver(PAGES_TOGETHER, chunk);
        }
      }
      if (filled > 0) {
        handOver(filled, chunk);
      }
    }

    private void whereContentSays(Sha256 sha256) throws IOException {
      int searched = 0;
      while (true) {
        int end = chunker.cut(block, 0, searched, filled);
        while (end >= 0) {
          handOver(end, end);
          end = chunker.cut(block, 0, filled);
        }
        if (position == reader.size()) {
          break;
        }
        searched = filled;
        more(sha256);
      }
      if (filled > 0) {
        handOver(filled, filled);
      }
    }

    private void more(Sha256 sha256) throws IOException {
      int before = filled;
      step();
      sha256.update(block, before, filled - before);
    }

    /**
     * @param end how much of the block
     * @param each bytes of a chunk of it; the last one may be smaller
     */
    private void handOver(int end, int each) throws IOException {
      byte[] chunks = block;
      block = blocks.take();
      filled -= end;
      System.arraycopy(chunks, end, block, 0, filled);
      underWay.add(
          jobs.begin(() -> {
            try {
              List<ContentId> saved = new ArrayList<>();
              for (int at = 0; at < end; at += each) {
                saved.add(blobs.save(BlobType.DATA, chunks, at, Math.min(each, end - at)));
              }
              return saved;
            } finally {
              blocks.give(chunks);
            }
          }));
      awaitAllBut(MOST_UNDER_WAY);
    }

    private void awaitAllBut(int most) throws IOException {
      while (underWay.size() > most) {
        ids.addAll(underWay.removeFirst().await());
      }
    }

    /** Reads a few more bytes, of a hole or of data, as much as there is room for. */
    private void step() throws IOException {
      meter.check();
      long end = reader.size();
      boolean hole = true;
      if (extent < data.size()) {
        Extent next = data.get(extent);
        hole = position < next.offset();
        end = hole ? next.offset() : next.end();
      }
      int most = (int) Math.min(Blocks.STEP, end - position);
      int count = hole ? hole(most) : read(most);
      filled += count;
      position += count;
      if (!hole && position == end) {
        extent++;
      }
      meter.passed(count);
    }

    private int hole(int count) throws IOException {
      reader.skipHole(count);
      Arrays.fill(block, filled, filled + count, (byte) 0);
      return count;
    }

    private int read(int most) throws IOException {
      buffer.clear().limit(most);
      int count = reader.read(buffer);
      if (count < 1) {
        throw new IllegalStateException(
            "a content of " + reader.size() + " bytes ended after " + position);
      }
      buffer.flip().get(block, filled, count);
      return count;
    }

    /** One that verifies a digest says so by the time it answers that there is no more. */
    private void requireEnd() throws IOException {
      buffer.clear();
      if (reader.read(buffer) > 0) {
        throw new IllegalStateException("a content has more than its " + reader.size() + " bytes");
      }
    }

    /** What was handed over holds blocks, so it has to end, whatever became of the content. */
    @Override
    public void close() {
      for (Jobs.Job<List<ContentId>> chunks : underWay) {
        try {
          chunks.await();
        } catch (IOException | RuntimeException given) {
          // Why the content was given up is known already.
        }
      }
      buffers.give(buffer);
      blocks.give(block);
    }
  }
}
