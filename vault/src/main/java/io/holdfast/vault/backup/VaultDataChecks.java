package io.holdfast.vault.backup;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.repository.DataChecks;
import io.holdfast.engine.repository.DataPart;
import io.holdfast.engine.repository.transfer.Workers;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.format.PackedBlob;
import io.holdfast.vault.format.Snapshot;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.pack.BlobReader;
import io.holdfast.vault.pack.DamagedBlobException;
import io.holdfast.vault.pack.DamagedPackException;
import io.holdfast.vault.pack.PackReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/**
 * Reads the packs of a vault: each as a whole, compared with its name, and every blob in it
 * decoded. Of packs that no index names nothing is said: nothing can need them.
 *
 * @param state where is kept which packs were read when
 */
record VaultDataChecks(
    Opening<Vault> vault, Locking locks, VaultErrors errors, FileLayer files, FilePath state)
    implements DataChecks {
  /** Packs in memory at once. */
  private static final int AT_ONCE = 4;

  private record Read(Backend.Listed pack, Future<List<String>> problems) {}

  @Override
  public DataCheck check(DataPart part, Cancellation cancellation, LongConsumer progress)
      throws IOException {
    return errors.translate(() -> {
      Vault opened = vault.open();
      return ReadingLock.during(
          locks.of(opened), () -> check(opened, part, cancellation, progress));
    });
  }

  private DataCheck check(
      Vault opened, DataPart part, Cancellation cancellation, LongConsumer progress)
      throws IOException {
    var problems = new FoundProblems();
    BlobIndex index = VaultCheck.readIndexes(opened, cancellation, problems);
    List<Backend.Listed> packs =
        opened.backend().list(FileType.PACK).stream()
            .filter(pack -> index.packNumber(pack.id()) >= 0)
            .toList();
    var file = new CoverageFile(files, state.resolve("vault-coverage"), opened.config().id());
    Coverage coverage = file.read();
    List<Backend.Listed> chosen = choose(packs, part, coverage);
    Set<ContentId> sound = read(opened, chosen, problems, cancellation, progress);
    if (!problems.packs().isEmpty()) {
      addConcerned(opened, problems, cancellation);
    }
    Coverage now = coverage.with(sound, packs.stream().map(Backend.Listed::id).toList());
    return new DataCheck(
        problems.all(),
        sum(chosen),
        sum(packs),
        sum(packs.stream().filter(pack -> now.round(pack.id()) == 0).toList()),
        isWritten(file, now));
  }

  private static void addConcerned(Vault opened, FoundProblems problems, Cancellation cancellation)
      throws IOException {
    // What is wrong with these themselves, the structure tells.
    var told = new FoundProblems();
    Map<ContentId, Snapshot> snapshots = VaultCheck.snapshots(opened, told);
    // Read anew, and after the snapshots: one that was published meanwhile lacks nothing.
    BlobIndex index = VaultCheck.readIndexes(opened, cancellation, told);
    try (var blobs = new BlobReader(opened, index)) {
      VaultCheck.addConcerned(snapshots, blobs, index, cancellation, problems);
    }
  }

  /** Whether it was; where nothing may be written, what was found counts all the same. */
  private static boolean isWritten(CoverageFile file, Coverage coverage) throws IOException {
    try {
      file.write(coverage);
      return true;
    } catch (FileLayerException e) {
      return switch (e.reason()) {
        case READ_ONLY, NOT_PERMITTED, NO_SPACE -> false;
        default -> throw e;
      };
    }
  }

  /** Those first that were not read for longest, and so many that the part is reached. */
  private static List<Backend.Listed> choose(
      List<Backend.Listed> packs, DataPart part, Coverage coverage) {
    long wanted = (long) Math.ceil(sum(packs) * part.fraction());
    var chosen = new ArrayList<Backend.Listed>();
    long bytes = 0;
    for (Backend.Listed pack :
        packs.stream()
            .sorted(
                Comparator.comparingInt((Backend.Listed pack) -> coverage.round(pack.id()))
                    .thenComparing(Backend.Listed::id))
            .toList()) {
      if (bytes >= wanted) {
        break;
      }
      chosen.add(pack);
      bytes += pack.size();
    }
    return chosen;
  }

  private static Set<ContentId> read(
      Vault opened,
      List<Backend.Listed> packs,
      FoundProblems problems,
      Cancellation cancellation,
      LongConsumer progress)
      throws IOException {
    var sound = new HashSet<ContentId>();
    var underWay = new ArrayDeque<Read>();
    try (var workers = Workers.start("check");
        var reader = new PackReader(opened)) {
      for (Backend.Listed pack : packs) {
        cancellation.check();
        underWay.add(new Read(pack, workers.submit(() -> read(reader, pack.id(), cancellation))));
        if (underWay.size() == AT_ONCE) {
          end(underWay.remove(), sound, problems, progress);
        }
      }
      while (!underWay.isEmpty()) {
        end(underWay.remove(), sound, problems, progress);
      }
    }
    return sound;
  }

  private static void end(
      Read read, Set<ContentId> sound, FoundProblems problems, LongConsumer progress)
      throws IOException {
    List<String> found = Workers.await(read.problems());
    for (String problem : found) {
      problems.addPack(read.pack().id(), FileType.PACK.word() + "/" + read.pack().id(), problem);
    }
    if (found.isEmpty()) {
      sound.add(read.pack().id());
    }
    progress.accept(read.pack().size());
  }

  private static List<String> read(PackReader reader, ContentId pack, Cancellation cancellation)
      throws IOException {
    var problems = new ArrayList<String>();
    List<PackedBlob> blobs;
    byte[] bytes;
    try {
      bytes = reader.read(pack);
      blobs = reader.header(pack, bytes);
    } catch (DamagedPackException damaged) {
      return List.of(String.valueOf(damaged.getMessage()));
    }
    for (PackedBlob blob : blobs) {
      cancellation.check();
      try {
        var unused = reader.decode(blob, bytes, (content, length) -> length);
      } catch (DamagedBlobException damaged) {
        problems.add(String.valueOf(damaged.getMessage()));
      }
    }
    return problems;
  }

  private static long sum(List<Backend.Listed> packs) {
    return packs.stream().mapToLong(Backend.Listed::size).sum();
  }
}
