package io.holdfast.vault.backup;

import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.format.FormatException;
import io.holdfast.vault.format.Snapshot;
import io.holdfast.vault.format.SnapshotCodec;
import io.holdfast.vault.format.UnsupportedVersionException;
import io.holdfast.vault.index.BlobIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * The snapshots of a vault and the indexes that go with them, as they are when they are looked at.
 * What was read once is kept, since no file of a vault ever changes. Thread-safe.
 *
 * <p>No monitor is held while the storage is asked: one who has patience with a storage that is
 * away would keep those waiting who were cancelled.
 */
final class Snapshots {
  private final Vault vault;
  private final Seen seen;

  /** What was read so far, by whomever. */
  private static final class Seen {
    private final Map<ContentId, Snapshot> known = new ConcurrentHashMap<>();
    private final AtomicReference<Indexed> indexed = new AtomicReference<>(new Indexed());

    /** Whose it is fills the index, so that nobody reads a large vault's twice. */
    private final Turn turn = new Turn();
  }

  /** An index, and the files that it was read from: a file is here before its blobs are there. */
  private static final class Indexed {
    private final BlobIndex index = new BlobIndex();
    private final Set<ContentId> files = ConcurrentHashMap.newKeySet();
  }

  Snapshots(Vault vault) {
    this(vault, new Seen());
  }

  private Snapshots(Vault vault, Seen seen) {
    this.vault = vault;
    this.seen = seen;
  }

  /** The same, as one who is more patient or less looks at it. */
  Snapshots through(Vault same) {
    return new Snapshots(same, seen);
  }

  /**
   * A look at the vault.
   *
   * @param backups newest first
   * @param others snapshots that are no backups of Holdfast's, by their names
   * @param index holds what these need
   * @param indexFiles what it was read from; grows with it, when others look again
   */
  record Look(
      List<KnownBackup> backups,
      Map<ContentId, Snapshot> others,
      BlobIndex index,
      Set<ContentId> indexFiles) {}

  /** Looks again: at snapshots first and at indexes after, as the format demands. */
  Look look(Cancellation cancellation) throws IOException {
    There there = readSnapshots();
    Indexed indexed = seen.turn.during(cancellation, () -> refreshIndex(cancellation));
    return new Look(there.backups(), there.others(), indexed.index, indexed.files);
  }

  /** Whether no prune has removed index files since. */
  boolean isCurrent(Look look) throws IOException {
    return indexFiles().containsAll(look.indexFiles());
  }

  /**
   * Forgets what the index says: a backup that was given up has told it of packs that no index file
   * names, and that the next one must not rely on.
   */
  void forgetIndex() {
    seen.indexed.set(new Indexed());
  }

  /** Those that are no backups of Holdfast's, by their names. */
  Map<ContentId, Snapshot> foreign() throws IOException {
    return readSnapshots().others();
  }

  /**
   * All that may be backups.
   *
   * @param backups newest first
   * @param unreadable what is wrong with those that cannot be read: nobody knows whose they are
   */
  record Names(List<KnownBackup> backups, Map<ContentId, FormatException> unreadable) {}

  /** All that may be backups, by one list. */
  Names names() throws IOException {
    There there = readSnapshots();
    return new Names(there.backups(), Map.copyOf(there.unreadable()));
  }

  /** The backups alone, newest first. */
  List<KnownBackup> backups() throws IOException {
    return readSnapshots().backups();
  }

  /** The snapshots of one list. */
  private record There(
      Map<ContentId, Snapshot> snapshots, Map<ContentId, FormatException> unreadable) {
    List<KnownBackup> backups() {
      var backups = new ArrayList<KnownBackup>();
      snapshots.forEach((id, snapshot) ->
          BackupTags.read(snapshot)
              .ifPresent(tags -> backups.add(new KnownBackup(id, snapshot, tags))));
      backups.sort(Comparator.comparing((KnownBackup backup) -> backup.tags().run()).reversed());
      return List.copyOf(backups);
    }

    Map<ContentId, Snapshot> others() {
      var others = new HashMap<ContentId, Snapshot>();
      snapshots.forEach((id, snapshot) -> {
        if (BackupTags.read(snapshot).isEmpty()) {
          others.put(id, snapshot);
        }
      });
      return Map.copyOf(others);
    }
  }

  private There readSnapshots() throws IOException {
    var there = new There(new HashMap<>(), new HashMap<>());
    for (Backend.Listed file : vault.backend().list(FileType.SNAPSHOT)) {
      try {
        there.snapshots().put(file.id(), read(file.id()));
      } catch (UnsupportedVersionException newer) {
        throw newer;
      } catch (FormatException broken) {
        // The others are no worse for it.
        there.unreadable().put(file.id(), broken);
      } catch (BackendException e) {
        if (e.reason() != BackendException.Reason.NOT_FOUND) {
          throw e;
        }
        // Deleted since it was listed.
      }
    }
    seen.known.keySet().retainAll(there.snapshots().keySet());
    return there;
  }

  private Snapshot read(ContentId id) throws IOException {
    Snapshot snapshot = seen.known.get(id);
    if (snapshot == null) {
      byte[] json = vault.readDocument(FileType.SNAPSHOT, id);
      snapshot = SnapshotCodec.decode(json, "snapshots/" + id);
      seen.known.put(id, snapshot);
    }
    return snapshot;
  }

  private Indexed refreshIndex(Cancellation cancellation) throws IOException {
    while (true) {
      Indexed indexed = seen.indexed.get();
      // What was listed may not be what is there, or all was forgotten meanwhile: once again.
      if (isWhole(indexed, cancellation) && seen.indexed.get() == indexed) {
        return indexed;
      }
    }
  }

  private boolean isWhole(Indexed indexed, Cancellation cancellation) throws IOException {
    Set<ContentId> there = indexFiles();
    if (!there.containsAll(indexed.files)) {
      // A prune has removed some: what they named may be gone.
      forgetIndex();
      return false;
    }
    for (ContentId id : there) {
      cancellation.check();
      // Before its blobs are there: who relies on them has to know where they come from.
      if (indexed.files.add(id)) {
        boolean read = false;
        try {
          read = vault.readIndexIfThere(id, indexed.index);
        } finally {
          if (!read) {
            indexed.files.remove(id);
          }
        }
        if (!read) {
          return false;
        }
      }
    }
    // A list that is taken while a prune replaces files may show neither the old nor the new ones.
    return indexFiles().equals(there);
  }

  private Set<ContentId> indexFiles() throws IOException {
    return vault.backend().list(FileType.INDEX).stream()
        .map(Backend.Listed::id)
        .collect(Collectors.toSet());
  }
}
