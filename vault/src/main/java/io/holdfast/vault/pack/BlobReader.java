package io.holdfast.vault.pack;

import io.holdfast.engine.repository.transfer.Workers;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.format.BlobType;
import io.holdfast.vault.format.PackedBlob;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.index.BlobPlace;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads blobs, each checked against its name. A blob that is damaged in one pack is read from
 * another, if it lies in several. Thread-safe.
 */
public final class BlobReader implements AutoCloseable {
  /** No blob is larger: restic's chunks have up to 8 MiB, its trees rarely so much. */
  private static final long LARGEST = 512L << 20;

  private static final int AHEAD = 3;

  private final BlobIndex index;
  private final Codecs codecs;
  private final PackReads packs;
  private final @Nullable Jobs jobs;

  /** Packs that are not there, and how that was told: each blob of one would ask again. */
  private final Map<ContentId, BackendException> lost = new ConcurrentHashMap<>();

  /** Reads blobs one by one, and no more than these. */
  public BlobReader(Vault vault, BlobIndex index) {
    this(vault, index, new PackReads.Exact(vault.backend()), null);
  }

  private BlobReader(Vault vault, BlobIndex index, PackReads packs, @Nullable Jobs jobs) {
    this.index = index;
    this.codecs = new Codecs(vault, 0);
    this.packs = packs;
    this.jobs = jobs;
  }

  /**
   * Reads the trees of whole snapshots: one by one, and, where every request takes a while, many at
   * a time, as they lie together in packs.
   */
  public static BlobReader ofTrees(Vault vault, BlobIndex index) {
    return new BlobReader(
        vault,
        index,
        vault.backend().isRemote()
            ? PackReads.Windows.ofTrees(vault.backend(), index)
            : new PackReads.Exact(vault.backend()),
        null);
  }

  /**
   * Reads the many blobs of a restore: ahead, and, where every request takes a while, several at a
   * time, as they lie together in packs.
   *
   * @param workers read ahead; not closed with this
   */
  public static BlobReader ofMany(Vault vault, BlobIndex index, Workers workers) {
    return new BlobReader(
        vault,
        index,
        vault.backend().isRemote()
            ? PackReads.Windows.ofContent(vault.backend(), index)
            : new PackReads.Exact(vault.backend()),
        new Jobs(workers, AHEAD * workers.threads()));
  }

  /** How many bytes a blob has by the index; empty if it names none, or a size that none has. */
  public OptionalInt length(BlobType type, ContentId id) {
    Optional<BlobPlace> place = index.find(type, id);
    return place.isPresent() && place.get().blob().contentLength() <= LARGEST
        ? OptionalInt.of((int) place.get().blob().contentLength())
        : OptionalInt.empty();
  }

  /** How many blobs it is of use to {@link #begin} before they are needed. */
  public int ahead() {
    return jobs == null ? 0 : AHEAD;
  }

  /** Begins to read a blob; one that is waited for is read now. */
  public Jobs.Job<byte[]> begin(BlobType type, ContentId id) {
    if (jobs == null) {
      throw new IllegalStateException("made to read one by one");
    }
    return jobs.begin(() -> read(type, id));
  }

  /** Takes the bytes of a blob. */
  @FunctionalInterface
  public interface Taker<T> {
    /**
     * @param content the blob is its first bytes; not to be kept
     */
    T take(byte[] content, int length) throws IOException;
  }

  /** A copy of a blob. */
  public byte[] read(BlobType type, ContentId id) throws IOException {
    return read(type, id, Arrays::copyOf);
  }

  /**
   * Reads a blob.
   *
   * @throws DamagedBlobException if it is nowhere, or damaged wherever it is
   */
  public <T> T read(BlobType type, ContentId id, Taker<T> taker) throws IOException {
    List<BlobPlace> places = index.findAll(type, id);
    if (places.isEmpty()) {
      throw new DamagedBlobException(
          id, "is in no index", new IOException("no index names the blob " + id));
    }
    DamagedBlobException first = null;
    BlobCodec codec = codecs.take();
    try {
      for (BlobPlace place : places) {
        byte[] content;
        try {
          content = codec.decode(place.blob(), sealed(place, codec), 0);
        } catch (DamagedBlobException damaged) {
          first = first == null ? damaged : first;
          continue;
        }
        return taker.take(content, (int) place.blob().contentLength());
      }
    } finally {
      codecs.give(codec);
    }
    throw Objects.requireNonNull(first);
  }

  /**
   * Goes on if the blob is sound at this place.
   *
   * @throws DamagedBlobException if it is not
   */
  public void require(BlobPlace place) throws IOException {
    BlobCodec codec = codecs.take();
    try {
      codec.decode(place.blob(), sealed(place, codec), 0);
    } finally {
      codecs.give(codec);
    }
  }

  private byte[] sealed(BlobPlace place, BlobCodec codec) throws IOException {
    PackedBlob blob = place.blob();
    if (blob.length() > LARGEST || blob.contentLength() > LARGEST) {
      throw new DamagedBlobException(
          blob.id(),
          "would have " + blob.contentLength() + " bytes, by its index",
          new IOException("too large"));
    }
    BackendException known = lost.get(place.pack());
    if (known != null) {
      throw lost(place, known);
    }
    try {
      byte[] sealed = codec.room((int) blob.length());
      packs.read(place, sealed);
      return sealed;
    } catch (BackendException e) {
      switch (e.reason()) {
        case NOT_FOUND -> {
          lost.put(place.pack(), e);
          throw lost(place, e);
        }
        case TOO_SHORT -> throw lost(place, e);
        default -> throw e;
      }
    }
  }

  private static DamagedBlobException lost(BlobPlace place, BackendException why) {
    return new DamagedBlobException(
        place.blob().id(),
        "is lost with its pack " + place.pack().brief() + ": " + why.getMessage(),
        why);
  }

  /** Frees memory. */
  @Override
  public void close() {
    codecs.close();
  }
}
