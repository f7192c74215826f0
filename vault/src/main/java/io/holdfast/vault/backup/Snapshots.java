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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The snapshots of a vault and the indexes that go with them, as they were when they were last
 * looked at. What was read once is kept, since no file of a vault ever changes. Thread-safe.
 */
final class Snapshots {
  private final Vault vault;
  private final Seen seen;

  /** What was read so far; whoever holds its monitor may read and change it. */
  private static final class Seen {
    private final Map<ContentId, Snapshot> known = new HashMap<>();
    private Map<ContentId, FormatException> unreadable = Map.of();
    private Set<ContentId> indexed = ConcurrentHashMap.newKeySet();
    private BlobIndex index = new BlobIndex();
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
    synchronized (seen) {
      List<KnownBackup> backups = backups();
      Map<ContentId, Snapshot> others = others();
      refreshIndex(cancellation);
      return new Look(backups, others, seen.index, seen.indexed);
    }
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
    synchronized (seen) {
      seen.index = new BlobIndex();
      seen.indexed = ConcurrentHashMap.newKeySet();
    }
  }

  /** Those that are no backups of Holdfast's, by their names. */
  Map<ContentId, Snapshot> foreign() throws IOException {
    synchronized (seen) {
      backups();
      return others();
    }
  }

  private Map<ContentId, Snapshot> others() {
    var others = new HashMap<ContentId, Snapshot>();
    seen.known.forEach((id, snapshot) -> {
      if (BackupTags.read(snapshot).isEmpty()) {
        others.put(id, snapshot);
      }
    });
    return Map.copyOf(others);
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
    synchronized (seen) {
      List<KnownBackup> backups = backups();
      return new Names(backups, seen.unreadable);
    }
  }

  /** The backups alone, newest first. */
  List<KnownBackup> backups() throws IOException {
    synchronized (seen) {
      readSnapshots();
      var backups = new ArrayList<KnownBackup>();
      seen.known.forEach((id, snapshot) ->
          BackupTags.read(snapshot)
              .ifPresent(tags -> backups.add(new KnownBackup(id, snapshot, tags))));
      backups.sort(Comparator.comparing((KnownBackup backup) -> backup.tags().run()).reversed());
      return List.copyOf(backups);
    }
  }

  private void readSnapshots() throws IOException {
    var there = new HashSet<ContentId>();
    var damaged = new HashMap<ContentId, FormatException>();
    for (Backend.Listed file : vault.backend().list(FileType.SNAPSHOT)) {
      there.add(file.id());
      if (!seen.known.containsKey(file.id())) {
        try {
          byte[] json = vault.readDocument(FileType.SNAPSHOT, file.id());
          seen.known.put(file.id(), SnapshotCodec.decode(json, "snapshots/" + file.id()));
        } catch (UnsupportedVersionException newer) {
          throw newer;
        } catch (FormatException broken) {
          // The others are no worse for it.
          damaged.put(file.id(), broken);
          there.remove(file.id());
        } catch (BackendException e) {
          if (e.reason() != BackendException.Reason.NOT_FOUND) {
            throw e;
          }
          // Deleted since it was listed.
          there.remove(file.id());
        }
      }
    }
    seen.unreadable = Map.copyOf(damaged);
    seen.known.keySet().retainAll(there);
  }

  private void refreshIndex(Cancellation cancellation) throws IOException {
    while (!readIndexes(cancellation)) {
      // What was listed is not what is there: once again.
    }
  }

  private boolean readIndexes(Cancellation cancellation) throws IOException {
    Set<ContentId> there = indexFiles();
    if (!there.containsAll(seen.indexed)) {
      // A prune has removed some: what they named may be gone.
      forgetIndex();
    }
    for (ContentId id : there) {
      cancellation.check();
      // Before its blobs are there: who relies on them has to know where they come from.
      if (seen.indexed.add(id)) {
        boolean read = false;
        try {
          read = vault.readIndexIfThere(id, seen.index);
        } finally {
          if (!read) {
            seen.indexed.remove(id);
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
