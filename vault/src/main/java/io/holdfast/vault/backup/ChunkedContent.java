package io.holdfast.vault.backup;

import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.file.ReadableFile;
import io.holdfast.engine.repository.content.Damage;
import io.holdfast.engine.repository.transfer.Sha256;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.BlobType;
import io.holdfast.vault.pack.BlobReader;
import io.holdfast.vault.pack.Jobs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A file of a vault: its chunks, one after the other. Each is checked against its name, and all of
 * them against the digest that the backup says the file has; where it is one chunk, that is the
 * same.
 *
 * @param errors explains failures
 * @param blobs where chunks are read
 * @param subject which file, for messages
 * @param size bytes that it has to have
 * @param sha256 what it has to hash to; empty where nobody says, and its chunks have to do
 * @param chunks their names
 * @param data where its data lies; all else is holes
 */
record ChunkedContent(
    VaultErrors errors,
    BlobReader blobs,
    String subject,
    long size,
    Optional<String> sha256,
    List<ContentId> chunks,
    List<Extent> data)
    implements Content {
  @Override
  public boolean isDetached() {
    return true;
  }

  @Override
  public Reader open() {
    return new ChunkReader(null);
  }

  /** Takes those chunks that the other file has at the same places. */
  @Override
  public Reader open(ReadableFile similar) {
    return new ChunkReader(similar);
  }

  private final class ChunkReader implements Reader {
    private final Sha256 digest = new Sha256();
    private final ArrayDeque<Jobs.Job<byte[]>> ahead = new ArrayDeque<>();
    private byte[] chunk = new byte[0];
    private int chunkAt;
    private int next;
    private int begun;
    private long position;
    private boolean verified;
    private @Nullable ReadableFile similar;

    ChunkReader(@Nullable ReadableFile similar) {
      this.similar = similar;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public List<Extent> extents() {
      return data;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      if (position == size) {
        verify();
        return -1;
      }
      fill();
      int count =
          (int) Math.min(Math.min(target.remaining(), chunk.length - chunkAt), size - position);
      target.put(chunk, chunkAt, count);
      pass(count);
      return count;
    }

    @Override
    public void skipHole(long bytes) throws IOException {
      for (long left = bytes; left > 0; ) {
        fill();
        int count = (int) Math.min(left, chunk.length - chunkAt);
        pass(count);
        left -= count;
      }
    }

    private void pass(int count) {
      if (chunks.size() > 1 && sha256.isPresent()) {
        digest.update(chunk, chunkAt, count);
      }
      chunkAt += count;
      position += count;
      if (position == size) {
        verify();
      }
    }

    private void fill() throws IOException {
      if (chunkAt < chunk.length) {
        return;
      }
      if (next == chunks.size()) {
        throw Damage.artifact(subject, "has " + position + " bytes instead of " + size, null);
      }
      chunk = errors.translate(this::nextChunk);
      next++;
      chunkAt = 0;
      if (chunk.length == 0) {
        throw Damage.artifact(subject, "has an empty chunk", null);
      }
    }

    private byte[] nextChunk() throws IOException {
      if (similar != null) {
        Optional<byte[]> same = fromSimilar(similar, chunks.get(next));
        return same.isPresent() ? same.get() : blobs.read(BlobType.DATA, chunks.get(next));
      }
      if (chunks.size() == 1 || blobs.ahead() == 0) {
        return blobs.read(BlobType.DATA, chunks.get(next));
      }
      while (begun < chunks.size() && begun <= next + blobs.ahead()) {
        ahead.addLast(blobs.begin(BlobType.DATA, chunks.get(begun)));
        begun++;
      }
      return ahead.removeFirst().await();
    }

    /** The bytes at this place of the other file, if they are this chunk. */
    private Optional<byte[]> fromSimilar(ReadableFile file, ContentId id) {
      OptionalInt length = blobs.length(BlobType.DATA, id);
      if (length.isEmpty()) {
        return Optional.empty();
      }
      byte[] bytes = new byte[length.getAsInt()];
      var target = ByteBuffer.wrap(bytes);
      try {
        while (target.hasRemaining()) {
          if (file.read(target, position + target.position()) < 0) {
            return Optional.empty();
          }
        }
      } catch (IOException unreadable) {
        similar = null;
        return Optional.empty();
      }
      return ContentId.of(bytes).equals(id) ? Optional.of(bytes) : Optional.empty();
    }

    /** No byte behind the last one, and the digest that the listing or the manifest tells. */
    private void verify() {
      if (verified) {
        return;
      }
      boolean more = next < chunks.size() || chunkAt < chunk.length;
      if (more || sha256.filter(expected -> !expected.equals(found())).isPresent()) {
        throw Damage.artifact(
            subject,
            more ? "has more than its " + size + " bytes" : "has another SHA-256 than it should",
            null);
      }
      verified = true;
    }

    private String found() {
      return chunks.size() == 1 ? chunks.getFirst().toString() : digest.hexDigest();
    }

    @Override
    public void close() {
      chunk = new byte[0];
      for (Jobs.Job<byte[]> unused : ahead) {
        try {
          unused.await();
        } catch (IOException | RuntimeException given) {
          // Nobody needs it any more.
        }
      }
      ahead.clear();
    }
  }
}
