package io.holdfast.vault.pack;

import io.holdfast.engine.repository.transfer.Workers;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.format.PackedBlob;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.index.BlobPlace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** How the sealed bytes of blobs are fetched from packs. Thread-safe. */
sealed interface PackReads {
  /**
   * Fetches the bytes of a blob as its pack has them.
   *
   * @param target where they go, from 0 on; has room for them
   */
  void read(BlobPlace place, byte[] target) throws IOException;

  /** Each blob by itself: best where a request costs nothing. */
  record Exact(Backend backend) implements PackReads {
    @Override
    public void read(BlobPlace place, byte[] target) throws IOException {
      backend.read(
          FileId.of(FileType.PACK, place.pack()),
          place.blob().offset(),
          ByteBuffer.wrap(target, 0, (int) place.blob().length()));
    }
  }

  /**
   * Packs by windows, of which the last few are kept. A backup's blobs lie in its packs in the
   * order in which its tree is walked, so that who walks it fetches each window about once. Two who
   * need the same one fetch it once.
   */
  final class Windows implements PackReads {
    static final int SIZE_OF_CONTENT = 4 << 20;
    static final int SIZE_OF_TREES = 1 << 20;

    /** Of memory: 48 MiB for content, and 12 for trees. */
    private static final int KEPT = 12;

    private final Backend backend;
    private final BlobIndex index;
    private final int size;
    private final Map<Place, FutureTask<byte[]>> kept = new LinkedHashMap<>(2 * KEPT, 0.75f, true);
    private final Map<ContentId, Long> ends = new HashMap<>();

    private record Place(ContentId pack, long window) {}

    /**
     * @param index tells where packs end
     * @param size bytes of a window
     */
    private Windows(Backend backend, BlobIndex index, int size) {
      this.backend = backend;
      this.index = index;
      this.size = size;
    }

    /** For whoever reads all that trees lead to. */
    static Windows ofContent(Backend backend, BlobIndex index) {
      return new Windows(backend, index, SIZE_OF_CONTENT);
    }

    /** For whoever reads trees alone, which are small and lie in packs of their own. */
    static Windows ofTrees(Backend backend, BlobIndex index) {
      return new Windows(backend, index, SIZE_OF_TREES);
    }

    @Override
    public void read(BlobPlace place, byte[] target) throws IOException {
      PackedBlob blob = place.blob();
      int length = (int) blob.length();
      int filled = 0;
      while (filled < length) {
        long at = blob.offset() + filled;
        byte[] window;
        try {
          window = window(place.pack(), at / size);
        } catch (BackendException e) {
          if (e.reason() != BackendException.Reason.TOO_SHORT) {
            throw e;
          }
          // The pack was cut, perhaps behind this blob, which is sound then.
          new Exact(backend).read(place, target);
          return;
        }
        int from = (int) (at % size);
        int count = Math.min(length - filled, window.length - from);
        if (count <= 0) {
          // The index knew less of the pack when its end was looked up.
          new Exact(backend).read(place, target);
          return;
        }
        System.arraycopy(window, from, target, filled, count);
        filled += count;
      }
    }

    private byte[] window(ContentId pack, long number) throws IOException {
      var place = new Place(pack, number);
      FutureTask<byte[]> fetched;
      synchronized (this) {
        fetched = kept.get(place);
        if (fetched == null) {
          fetched = new FutureTask<>(fetch(place, end(pack)));
          kept.put(place, fetched);
          if (kept.size() > KEPT) {
            kept.remove(kept.keySet().iterator().next());
          }
        }
      }
      fetched.run();
      try {
        return Workers.await(fetched);
      } catch (IOException | RuntimeException failure) {
        synchronized (this) {
          kept.remove(place, fetched);
        }
        throw failure;
      }
    }

    private Callable<byte[]> fetch(Place place, long end) {
      return () -> {
        long offset = place.window() * size;
        byte[] bytes = new byte[Math.clamp(end - offset, 0, size)];
        backend.read(FileId.of(FileType.PACK, place.pack()), offset, ByteBuffer.wrap(bytes));
        return bytes;
      };
    }

    /** Where the last blob of a pack ends that the index knows. Holds the lock. */
    private long end(ContentId pack) {
      if (ends.isEmpty()) {
        index.forEach(place ->
            ends.merge(place.pack(), place.blob().offset() + place.blob().length(), Math::max));
      }
      return Objects.requireNonNullElse(ends.get(pack), 0L);
    }
  }
}
