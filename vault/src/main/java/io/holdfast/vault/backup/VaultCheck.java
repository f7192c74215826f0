package io.holdfast.vault.backup;

import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.repository.transfer.Workers;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.crypto.KeyFile;
import io.holdfast.vault.crypto.KeyFileException;
import io.holdfast.vault.format.FormatException;
import io.holdfast.vault.format.PackedBlob;
import io.holdfast.vault.format.Snapshot;
import io.holdfast.vault.format.SnapshotCodec;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.index.PlacesByPack;
import io.holdfast.vault.pack.BlobReader;
import io.holdfast.vault.pack.DamagedPackException;
import io.holdfast.vault.pack.PackReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;

/**
 * Looks for what is missing or does not fit, without reading the content of files: keys, snapshots
 * and indexes that cannot be read; packs that indexes name and that are not there, are too short or
 * say something else of themselves; trees and chunks that snapshots lead to, those of other
 * programs too, and that no index names.
 *
 * <p>A pack that no index names is no damage: a backup that was interrupted left it, or one is
 * under way. Neither is a pack that two indexes name.
 */
final class VaultCheck {
  private final Vault vault;
  private final Cancellation cancellation;
  private final FoundProblems problems = new FoundProblems();
  private final Map<ContentId, Long> packs = new HashMap<>();

  VaultCheck(Vault vault, Cancellation cancellation) {
    this.vault = vault;
    this.cancellation = cancellation;
  }

  List<RepositoryProblem> structure() throws IOException {
    keys();
    Map<ContentId, Snapshot> snapshots = snapshots(vault, problems);
    // After the snapshots, as the format demands; and packs after the indexes that name them.
    BlobIndex index = readIndexes(vault, cancellation, problems);
    for (Backend.Listed pack : vault.backend().list(FileType.PACK)) {
      packs.put(pack.id(), pack.size());
    }
    packs(index);
    try (var blobs = BlobReader.ofTrees(vault, index)) {
      var trees = new TreeCheck(blobs, index, cancellation, problems);
      for (Map.Entry<ContentId, Snapshot> snapshot : snapshots.entrySet()) {
        trees.check(
            snapshot.getKey(),
            BackupTags.read(snapshot.getValue()).map(BackupTags::run),
            snapshot.getValue().tree());
      }
      if (!problems.isEmpty()) {
        addConcerned(snapshots, blobs, index, cancellation, problems);
      }
    }
    return problems.all();
  }

  /** Names every snapshot that leads to what was found to be damaged. */
  static void addConcerned(
      Map<ContentId, Snapshot> snapshots,
      BlobReader blobs,
      BlobIndex index,
      Cancellation cancellation,
      FoundProblems problems)
      throws IOException {
    var trees = new ConcernedTrees(blobs, index, problems.packs(), cancellation);
    for (Map.Entry<ContentId, Snapshot> snapshot : snapshots.entrySet()) {
      Optional<RunId> run = BackupTags.read(snapshot.getValue()).map(BackupTags::run);
      String prefix = TreeCheck.prefix(snapshot.getKey(), run);
      trees
          .lack(snapshot.getValue().tree())
          .ifPresent(lack -> problems.addConcerned(run, prefix + lack.path(), lack.why()));
    }
  }

  private void keys() throws IOException {
    for (Backend.Listed file : vault.backend().list(FileType.KEY)) {
      FileId key = FileId.of(FileType.KEY, file.id());
      try {
        byte[] json = vault.backend().readAll(key);
        if (!ContentId.of(json).equals(file.id())) {
          problems.add(key.toString(), "is damaged: its content has another SHA-256");
        } else {
          KeyFile.parse(json);
        }
      } catch (KeyFileException unusable) {
        problems.add(key.toString(), "opens with no password: " + unusable.getMessage());
      } catch (BackendException e) {
        requireGone(e);
      }
    }
  }

  /** The snapshots that can be read. */
  static Map<ContentId, Snapshot> snapshots(Vault vault, FoundProblems problems)
      throws IOException {
    var read = new HashMap<ContentId, Snapshot>();
    for (Backend.Listed file : vault.backend().list(FileType.SNAPSHOT)) {
      String what = FileType.SNAPSHOT.word() + "/" + file.id();
      try {
        byte[] json = vault.readDocument(FileType.SNAPSHOT, file.id());
        read.put(file.id(), SnapshotCodec.decode(json, what));
      } catch (FormatException damaged) {
        problems.add(what, "is damaged: " + damaged.getMessage());
      } catch (BackendException e) {
        requireGone(e);
      }
    }
    return read;
  }

  /** What was removed since it was listed is no damage: a backup by retention, a password. */
  private static void requireGone(BackendException failure) throws BackendException {
    if (failure.reason() != BackendException.Reason.NOT_FOUND) {
      throw failure;
    }
  }

  /** What the index files say that can be read. */
  static BlobIndex readIndexes(Vault vault, Cancellation cancellation, FoundProblems problems)
      throws IOException {
    var index = new BlobIndex();
    var read = new HashSet<ContentId>();
    List<Backend.Listed> listed = List.of();
    List<Backend.Listed> now = vault.backend().list(FileType.INDEX);
    // A list that is taken while a prune replaces files may show neither the old nor the new ones.
    while (!Set.copyOf(now).equals(Set.copyOf(listed))) {
      listed = now;
      for (Backend.Listed file : listed) {
        cancellation.check();
        if (read.add(file.id())) {
          try {
            vault.readIndexIfThere(file.id(), index);
          } catch (FormatException broken) {
            problems.add(
                FileType.INDEX.word() + "/" + file.id(), "is damaged: " + broken.getMessage());
          }
        }
      }
      now = vault.backend().list(FileType.INDEX);
    }
    return index;
  }

  private void packs(BlobIndex index) throws IOException {
    var places = new PlacesByPack(index);
    var checked = new ArrayList<Future<Boolean>>();
    try (var workers = Workers.start("check");
        var reader = new PackReader(vault)) {
      for (int pack = 0; pack < index.packCount(); pack++) {
        int number = pack;
        checked.add(
            workers.submit(() -> {
              cancellation.check();
              pack(reader, index.pack(number), places.of(number));
              return true;
            }));
      }
      for (Future<Boolean> pack : checked) {
        var unused = Workers.await(pack);
      }
    }
  }

  private void pack(PackReader reader, ContentId pack, List<PackedBlob> blobs) throws IOException {
    String what = FileType.PACK.word() + "/" + pack;
    Long size = packs.get(pack);
    if (size == null) {
      problems.addPack(pack, what, "is missing");
      return;
    }
    long end = blobs.isEmpty() ? 0 : blobs.getLast().offset() + blobs.getLast().length();
    if (size < end) {
      problems.addPack(pack, what, "has " + size + " bytes, and blobs up to byte " + end);
      return;
    }
    try {
      List<PackedBlob> header = reader.header(pack, size);
      if (!header.containsAll(blobs)) {
        problems.addPack(pack, what, "holds other blobs than its index says");
      }
    } catch (DamagedPackException damaged) {
      problems.addPack(pack, what, String.valueOf(damaged.getMessage()));
    }
  }
}
