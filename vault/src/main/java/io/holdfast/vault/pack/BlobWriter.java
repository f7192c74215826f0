package io.holdfast.vault.pack;

import io.holdfast.engine.repository.transfer.Workers;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.format.BlobType;
import io.holdfast.vault.format.IndexWriter;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.pack.PackAssembly.Pack;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Stores blobs that the vault has not yet. Thread-safe: as many threads as there are processors
 * save blobs at once, each compresses and seals its own, and whoever fills a pack stores it.
 *
 * <p>Order of writes, which the promises rest on: packs; then, in {@link #finish}, the indexes that
 * name their blobs. Only after that may anything refer to a blob that was saved. What a process
 * that dies leaves behind are packs and indexes that nothing refers to, which the next backup of
 * the same content uses, and a prune removes.
 */
public final class BlobWriter implements AutoCloseable {
  /** The level at which nothing is compressed. */
  public static final int STORED = 0;

  /** Bytes of a pack, about: restic's default. */
  static final int PACK_SIZE = 16 << 20;

  /** JSON of an index, at most: the format asks for files below 8 MiB. */
  static final int INDEX_SIZE = 6 << 20;

  private static final int PACK_ROOM = PACK_SIZE + (1 << 20);

  private final Vault vault;
  private final StoredBlobs known;
  private final Codecs codecs;
  private final Set<Known> claimed = new HashSet<>();
  private final Map<BlobType, PackAssembly> open = new EnumMap<>(BlobType.class);
  private final List<StoredPack> unindexed = new ArrayList<>();

  /** Of packs that were stored: an array of this size is costly to have cleared and collected. */
  private final ArrayDeque<byte[]> buffers = new ArrayDeque<>();

  private final Set<ContentId> indexes = new HashSet<>();
  private int underWay;
  private boolean failed;
  private long storedBytes;

  private record Known(BlobType type, ContentId id) {}

  /**
   * @param index what the vault has; is told of what is stored
   * @param level of zstd, 1 to 22, or {@link #STORED}; ignored in a vault of version 1
   */
  public BlobWriter(Vault vault, BlobIndex index, int level) {
    this(vault, StoredBlobs.of(index), level);
  }

  /**
   * @param known what need not be stored; its index is told of what is stored
   * @param level of zstd, 1 to 22, or {@link #STORED}; ignored in a vault of version 1
   */
  public BlobWriter(Vault vault, StoredBlobs known, int level) {
    this.vault = vault;
    this.known = known;
    this.codecs = new Codecs(vault, vault.config().version() == 1 ? STORED : level);
  }

  /**
   * Stores a blob, unless the vault has it.
   *
   * @return its name. That it is stored is only sure when {@link #finish} has returned
   */
  public ContentId save(BlobType type, byte[] blob, int at, int length) throws IOException {
    BlobCodec codec = codecs.take();
    try {
      ContentId id = codec.id(blob, at, length);
      if (claim(type, id)) {
        store(type, id, codec.encode(id, blob, at, length), codec);
      }
      return id;
    } finally {
      codecs.give(codec);
    }
  }

  /** Whether the caller is the one to store this blob. */
  private synchronized boolean claim(BlobType type, ContentId id) {
    return !known.contains(type, id) && claimed.add(new Known(type, id));
  }

  private void store(BlobType type, ContentId id, BlobCodec.Encoded blob, BlobCodec codec)
      throws IOException {
    PackAssembly full;
    synchronized (this) {
      PackAssembly pack = open.computeIfAbsent(type, t -> new PackAssembly(t, buffer()));
      pack.add(id, blob);
      if (!pack.isFull(PACK_SIZE)) {
        return;
      }
      open.remove(type);
      full = pack;
      underWay++;
    }
    store(full, codec);
  }

  /** Holds the lock. */
  private byte[] buffer() {
    byte[] spare = buffers.pollLast();
    return spare == null ? new byte[PACK_ROOM] : spare;
  }

  private void store(PackAssembly assembly, BlobCodec codec) throws IOException {
    boolean stored = false;
    try {
      Pack pack = assembly.finish(codec);
      vault.write(FileType.PACK, pack.id(), pack.content());
      synchronized (this) {
        unindexed.add(new StoredPack(pack.id(), pack.content().remaining(), pack.blobs()));
        storedBytes += pack.content().remaining();
      }
      known.index().add(pack.id(), pack.blobs());
      stored = true;
    } finally {
      synchronized (this) {
        underWay--;
        failed |= !stored;
        buffers.addLast(assembly.buffer());
        notifyAll();
      }
    }
  }

  /** Bytes of packs that were stored. */
  public synchronized long storedBytes() {
    return storedBytes;
  }

  /**
   * Stores the packs that are not full, too. Nobody saves meanwhile.
   *
   * @throws IOException also if a pack could not be stored earlier, which was told then
   */
  public void flush() throws IOException {
    List<PackAssembly> rest;
    synchronized (this) {
      rest = open.values().stream().filter(pack -> !pack.isEmpty()).toList();
      open.clear();
      underWay += rest.size();
    }
    BlobCodec codec = codecs.take();
    try {
      for (PackAssembly pack : rest) {
        store(pack, codec);
      }
    } finally {
      codecs.give(codec);
    }
    awaitStored();
  }

  /**
   * Makes sure of all packs that were stored since the last {@link #finish}, after a {@link
   * #flush}, see {@link ReadBack}.
   *
   * @param workers read at the same time
   * @param progress told of bytes of content; from several threads
   * @throws DamagedPackException if the storage did not keep what it was given
   */
  public void verify(Workers workers, Cancellation cancellation, LongConsumer progress)
      throws IOException {
    List<StoredPack> packs;
    synchronized (this) {
      packs = List.copyOf(unindexed);
    }
    new ReadBack(vault.backend(), workers, cancellation, progress).check(packs);
  }

  /**
   * Stores what is not stored yet, and the indexes. Nobody saves any more. When it returns, all
   * blobs that were saved are durable and can be found by everybody.
   */
  public void finish() throws IOException {
    flush();
    writeIndexes();
  }

  private synchronized void awaitStored() throws IOException {
    boolean interrupted = false;
    while (underWay > 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failed) {
      throw new IOException("a pack could not be stored");
    }
  }

  private void writeIndexes() throws IOException {
    List<StoredPack> packs;
    synchronized (this) {
      packs = List.copyOf(unindexed);
      unindexed.clear();
    }
    IndexWriter writer = new IndexWriter();
    for (StoredPack pack : packs) {
      writer.pack(pack.id());
      pack.blobs().forEach(writer::blob);
      if (writer.size() > INDEX_SIZE) {
        indexes.add(vault.writeDocument(FileType.INDEX, writer.finish()));
        writer = new IndexWriter();
      }
    }
    if (writer.blobs() > 0) {
      indexes.add(vault.writeDocument(FileType.INDEX, writer.finish()));
    }
  }

  /** The index files that {@link #finish} wrote. */
  public Set<ContentId> indexes() {
    return Set.copyOf(indexes);
  }

  /** Frees memory; what was not finished is lost. */
  @Override
  public void close() {
    codecs.close();
  }
}
