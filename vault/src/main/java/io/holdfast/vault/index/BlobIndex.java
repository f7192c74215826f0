package io.holdfast.vault.index;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.BlobType;
import io.holdfast.vault.format.PackedBlob;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Which blob lies where, for all blobs of a vault. A blob may lie in several packs; each place is
 * kept, since one of them may be damaged. The same place told twice, as by two index files, is one.
 *
 * <p>A vault has millions of blobs, so there is no object for a blob: about 60 bytes each, in
 * arrays, found by a hash table whose hash is the beginning of the blob's id, which is as good as
 * random. Thread-safe.
 */
public final class BlobIndex {
  private static final int LEAST = 1 << 10;

  /** Of a place: pack, offset, length, uncompressed length. */
  private static final int FIELDS = 4;

  private final List<ContentId> packs = new ArrayList<>();
  private final Map<ContentId, Integer> packNumbers = new HashMap<>();

  private byte[] ids = new byte[LEAST * ContentId.LENGTH];
  private byte[] types = new byte[LEAST];
  private int[] fields = new int[LEAST * FIELDS];

  /** Numbers of places, one more than that; 0 for none. */
  private int[] slots = new int[2 * LEAST];

  private int count;

  /** Adds a place. The numbers are as {@link PackedBlob} demands them. */
  public synchronized void add(
      ContentId pack, byte[] id, BlobType type, long offset, long length, long uncompressed) {
    int packNumber = packNumbers.computeIfAbsent(pack, this::number);
    int slot = slot(id);
    for (; slots[slot] != 0; slot = next(slot)) {
      int place = slots[slot] - 1;
      if (is(place, type, id)
          && fields[place * FIELDS] == packNumber
          && fields[place * FIELDS + 1] == (int) offset) {
        return;
      }
    }
    if (count == types.length) {
      grow();
    }
    System.arraycopy(id, 0, ids, count * ContentId.LENGTH, ContentId.LENGTH);
    types[count] = (byte) type.ordinal();
    int at = count * FIELDS;
    fields[at] = packNumber;
    fields[at + 1] = (int) offset;
    fields[at + 2] = (int) length;
    fields[at + 3] = (int) uncompressed;
    count++;
    if (2 * count > slots.length) {
      rehash();
    } else {
      slots[slot] = count;
    }
  }

  /** Adds the blobs of a pack. */
  public synchronized void add(ContentId pack, List<PackedBlob> blobs) {
    packNumbers.computeIfAbsent(pack, this::number);
    for (PackedBlob blob : blobs) {
      add(
          pack,
          blob.id().toBytes(),
          blob.type(),
          blob.offset(),
          blob.length(),
          blob.uncompressedLength());
    }
  }

  /** A place of a blob, the one that was told first. */
  public synchronized Optional<BlobPlace> find(BlobType type, ContentId id) {
    byte[] bytes = id.toBytes();
    for (int slot = slot(bytes); slots[slot] != 0; slot = next(slot)) {
      int place = slots[slot] - 1;
      if (is(place, type, bytes)) {
        return Optional.of(place(place));
      }
    }
    return Optional.empty();
  }

  /** All places of a blob, in the order in which they were told. */
  public synchronized List<BlobPlace> findAll(BlobType type, ContentId id) {
    byte[] bytes = id.toBytes();
    var all = new ArrayList<BlobPlace>(1);
    for (int slot = slot(bytes); slots[slot] != 0; slot = next(slot)) {
      int place = slots[slot] - 1;
      if (is(place, type, bytes)) {
        all.add(place(place));
      }
    }
    return all;
  }

  public synchronized boolean contains(BlobType type, ContentId id) {
    byte[] bytes = id.toBytes();
    for (int slot = slot(bytes); slots[slot] != 0; slot = next(slot)) {
      if (is(slots[slot] - 1, type, bytes)) {
        return true;
      }
    }
    return false;
  }

  /** How many places there are. */
  public synchronized int size() {
    return count;
  }

  /** The packs that were told of. */
  public synchronized Set<ContentId> packs() {
    return Set.copyOf(packs);
  }

  /** The pack of a number from {@link #packOf}. */
  public synchronized ContentId pack(int number) {
    return packs.get(number);
  }

  /** How many packs were told of: their numbers are from 0 to one less. */
  public synchronized int packCount() {
    return packs.size();
  }

  /** The number of a pack, or -1 if none of its blobs was told of. */
  public synchronized int packNumber(ContentId pack) {
    return packNumbers.getOrDefault(pack, -1);
  }

  /**
   * The number of the place of a blob that was told first, or -1. Numbers go from 0 to one less
   * than {@link #size}, in the order in which places were told, and stay.
   */
  public synchronized int numberOf(BlobType type, ContentId id) {
    byte[] bytes = id.toBytes();
    for (int slot = slot(bytes); slots[slot] != 0; slot = next(slot)) {
      if (is(slots[slot] - 1, type, bytes)) {
        return slots[slot] - 1;
      }
    }
    return -1;
  }

  /** The numbers of all places of the blob at a place, that one among them, in ascending order. */
  public synchronized int[] twins(int place) {
    byte[] id = Arrays.copyOfRange(ids, place * ContentId.LENGTH, (place + 1) * ContentId.LENGTH);
    BlobType type = TYPES[types[place]];
    int[] all = new int[1];
    int found = 0;
    for (int slot = slot(id); slots[slot] != 0; slot = next(slot)) {
      if (is(slots[slot] - 1, type, id)) {
        all = found == all.length ? Arrays.copyOf(all, found + 4) : all;
        all[found++] = slots[slot] - 1;
      }
    }
    all = Arrays.copyOf(all, found);
    Arrays.sort(all);
    return all;
  }

  /** Which pack a place is in, by its number. */
  public synchronized int packOf(int place) {
    return fields[place * FIELDS];
  }

  /** How many bytes the blob at a place takes there. */
  public synchronized long lengthAt(int place) {
    return Integer.toUnsignedLong(fields[place * FIELDS + 2]);
  }

  /** What the blob at a place is. */
  public synchronized BlobType typeAt(int place) {
    return TYPES[types[place]];
  }

  /** The place of a number. */
  public synchronized BlobPlace at(int place) {
    return place(place);
  }

  /** Every place, in the order in which they were told. Nothing may be added meanwhile. */
  public void forEach(Consumer<BlobPlace> visitor) {
    for (int place = 0; place < size(); place++) {
      visitor.accept(at(place));
    }
  }

  private int number(ContentId pack) {
    packs.add(pack);
    return packs.size() - 1;
  }

  private BlobPlace place(int place) {
    int at = place * FIELDS;
    return new BlobPlace(
        packs.get(fields[at]),
        new PackedBlob(
            ContentId.fromBytes(ids, place * ContentId.LENGTH),
            TYPES[types[place]],
            Integer.toUnsignedLong(fields[at + 1]),
            Integer.toUnsignedLong(fields[at + 2]),
            Integer.toUnsignedLong(fields[at + 3])));
  }

  private static final BlobType[] TYPES = BlobType.values();

  private boolean is(int place, BlobType type, byte[] id) {
    int at = place * ContentId.LENGTH;
    return types[place] == type.ordinal()
        && Arrays.equals(ids, at, at + ContentId.LENGTH, id, 0, ContentId.LENGTH);
  }

  private int slot(byte[] id) {
    return hash(id, 0) & (slots.length - 1);
  }

  private int next(int slot) {
    return (slot + 1) & (slots.length - 1);
  }

  private static int hash(byte[] ids, int at) {
    return (ids[at] & 0xff)
        | (ids[at + 1] & 0xff) << 8
        | (ids[at + 2] & 0xff) << 16
        | ids[at + 3] << 24;
  }

  private void grow() {
    int more = Math.multiplyExact(types.length, 2);
    ids = Arrays.copyOf(ids, Math.multiplyExact(more, ContentId.LENGTH));
    types = Arrays.copyOf(types, more);
    fields = Arrays.copyOf(fields, Math.multiplyExact(more, FIELDS));
  }

  private void rehash() {
    slots = new int[slots.length * 2];
    for (int place = 0; place < count; place++) {
      int slot = hash(ids, place * ContentId.LENGTH) & (slots.length - 1);
      while (slots[slot] != 0) {
        slot = next(slot);
      }
      slots[slot] = place + 1;
    }
  }
}
