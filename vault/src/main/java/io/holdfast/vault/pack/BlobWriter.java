package io.holdfast.vault.pack;

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
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

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
  private final ReadBack readBack;
  private final Set<Known> claimed = new HashSet<>();

  /** Of the claimed, those that are in no pack yet: nobody may rely on them. */
  private final Set<Known> sealing = new HashSet<>();

  private final Map<BlobType, PackAssembly> open = new EnumMap<>(BlobType.class);
  private final List<StoredPack> unindexed = new ArrayList<>();
  private final List<StoredPack> unverified = new ArrayList<>();

  /** Of packs that were stored: an array of this size is costly to have cleared and collected. */
  private final ArrayDeque<byte[]> buffers = new ArrayDeque<>();

  private final Set<ContentId> indexes = new HashSet<>();
  private final Set<ContentId> unverifiedIndexes = new HashSet<>();
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
    this.readBack = new ReadBack(vault.backend());
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
      var claim = new Known(type, id);
      if (claim(claim)) {
        PackAssembly full = null;
        boolean packed = false;
        try {
          full = pack(claim, codec.encode(id, blob, at, length));
          packed = true;
        } finally {
          settle(claim, packed);
        }
        if (full != null) {
          store(full, codec);
        }
      }
      return id;
    } finally {
      codecs.give(codec);
    }
  }

  /**
   * Whether the caller is the one to store this blob. While another one is at it, nobody knows: if
   * that fails, what fails with it may be optional, and the caller's need not be.
   */
  private synchronized boolean claim(Known blob) {
    awaitUntil(() -> !sealing.contains(blob));
    return !known.contains(blob.type(), blob.id()) && claimed.add(blob) && sealing.add(blob);
  }

  private synchronized void settle(Known blob, boolean packed) {
    sealing.remove(blob);
    if (!packed) {
      claimed.remove(blob);
    }
    notifyAll();
  }

  /**
   * @return a pack that is full with it, if one is, which is under way then
   */
  private synchronized @Nullable PackAssembly pack(Known blob, BlobCodec.Encoded encoded) {
    PackAssembly pack = open.computeIfAbsent(blob.type(), t -> new PackAssembly(t, buffer()));
    pack.add(blob.id(), encoded);
    if (!pack.isFull(PACK_SIZE)) {
      return null;
    }
    open.remove(blob.type());
    underWay++;
    return pack;
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
      readBack.compare(pack.id(), pack.content());
      synchronized (this) {
        var taken = new StoredPack(pack.id(), pack.content().remaining(), pack.blobs());
        unindexed.add(taken);
        unverified.add(taken);
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
   * Stores the packs that are not full, too. Of what is saved meanwhile, it waits for what was
   * begun before.
   *
   * @throws IOException also if a pack could not be stored earlier, which was told then
   */
  public void flush() throws IOException {
    synchronized (this) {
      awaitUntil(sealing::isEmpty);
    }
    BlobCodec codec = codecs.take();
    try {
      for (PackAssembly pack = begun(); pack != null; pack = begun()) {
        store(pack, codec);
      }
    } finally {
      codecs.give(codec);
    }
    awaitStored();
  }

  /** One that is not full, which is under way then. */
  private synchronized @Nullable PackAssembly begun() {
    for (PackAssembly pack : open.values()) {
      if (!pack.isEmpty()) {
        open.values().remove(pack);
        underWay++;
        return pack;
      }
    }
    return null;
  }

  /**
   * Makes sure of all packs and indexes that were stored since it last did, after a {@link #flush}
   * or {@link #finish}: of packs as {@link ReadBack} says; indexes, which are small, are read.
   *
   * @param progress told of bytes of content
   * @throws DamagedPackException if the storage did not keep what it was given
   * @throws io.holdfast.vault.format.FormatException the same of an index
   */
  public void verify(Cancellation cancellation, LongConsumer progress) throws IOException {
    List<StoredPack> packs;
    synchronized (this) {
      packs = List.copyOf(unverified);
      unverified.clear();
    }
    readBack.lookFor(packs, cancellation, progress);
    for (ContentId index : unverifiedIndexes) {
      cancellation.check();
      vault.readDocument(FileType.INDEX, index);
    }
    indexes.addAll(unverifiedIndexes);
    unverifiedIndexes.clear();
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
    awaitUntil(() -> underWay == 0);
    if (failed) {
      throw new IOException("a pack could not be stored");
    }
  }

  /** Holds the lock, whatever interrupts; an interrupt is kept for later. */
  private void awaitUntil(BooleanSupplier done) {
    boolean interrupted = false;
    while (!done.getAsBoolean()) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
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
        write(writer);
        writer = new IndexWriter();
      }
    }
    if (writer.blobs() > 0) {
      write(writer);
    }
  }

  private void write(IndexWriter index) throws IOException {
    unverifiedIndexes.add(vault.writeDocument(FileType.INDEX, index.finish()));
  }

  /** The index files that {@link #finish} wrote and {@link #verify} has verified since. */
  public Set<ContentId> indexes() {
    return Set.copyOf(indexes);
  }

  /** Frees memory; what was not finished is lost. */
  @Override
  public void close() {
    codecs.close();
  }
}
