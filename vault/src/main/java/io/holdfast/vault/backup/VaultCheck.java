package io.holdfast.vault.backup;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.format.BlobType;
import io.holdfast.vault.format.FormatException;
import io.holdfast.vault.format.tree.Node;
import io.holdfast.vault.format.tree.TreeReader;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.index.BlobPlace;
import io.holdfast.vault.pack.BlobReader;
import io.holdfast.vault.pack.DamagedBlobException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for what is missing or does not fit: packs that indexes name and that are not there or too
 * short; trees and chunks that snapshots lead to and that no index names. Reads documents and
 * trees, and no chunk.
 */
final class VaultCheck {
  private static final int MOST = 1000;

  private final Vault vault;
  private final Snapshots snapshots;
  private final Cancellation cancellation;
  private final List<RepositoryProblem> problems = new ArrayList<>();
  private final Set<ContentId> seen = new HashSet<>();

  VaultCheck(Vault vault, Snapshots snapshots, Cancellation cancellation) {
    this.vault = vault;
    this.snapshots = snapshots;
    this.cancellation = cancellation;
  }

  List<RepositoryProblem> structure() throws IOException {
    Snapshots.Look look;
    try {
      look = snapshots.look(cancellation);
    } catch (FormatException damaged) {
      return List.of(problem(Optional.empty(), "index", damaged.getMessage()));
    }
    packs(look.index());
    try (var blobs = new BlobReader(vault, look.index())) {
      for (KnownBackup backup : look.backups()) {
        tree(blobs, look.index(), backup, backup.snapshot().tree(), "");
      }
    }
    return List.copyOf(problems);
  }

  private void packs(BlobIndex index) throws IOException {
    Map<ContentId, Long> sizes = new HashMap<>();
    for (Backend.Listed pack : vault.backend().list(FileType.PACK)) {
      sizes.put(pack.id(), pack.size());
    }
    Map<ContentId, Long> ends = new HashMap<>();
    index.forEach((BlobPlace place) ->
        ends.merge(place.pack(), place.blob().offset() + place.blob().length(), Math::max));
    ends.forEach((pack, end) -> {
      Long size = sizes.get(pack);
      if (size == null) {
        add(Optional.empty(), "data/" + pack, "is missing");
      } else if (size < end) {
        add(
            Optional.empty(),
            "data/" + pack,
            "has " + size + " bytes, and blobs up to byte " + end);
      }
    });
  }

  private void tree(
      BlobReader blobs, BlobIndex index, KnownBackup backup, ContentId tree, String path)
      throws IOException {
    cancellation.check();
    if (!seen.add(tree)) {
      return;
    }
    List<Node> nodes;
    try {
      nodes = TreeReader.readAll(blobs.read(BlobType.TREE, tree), "tree " + tree.brief());
    } catch (DamagedBlobException | FormatException damaged) {
      add(Optional.of(backup.tags().run()), path, damaged.getMessage());
      return;
    }
    for (Node node : nodes) {
      String name = path.isEmpty() ? node.name().toString() : path + "/" + node.name();
      if (node.subtree().isPresent()) {
        tree(blobs, index, backup, node.subtree().get(), name);
      }
      if (node.content().isPresent()) {
        for (ContentId chunk : node.content().get()) {
          if (!index.contains(BlobType.DATA, chunk)) {
            add(
                Optional.of(backup.tags().run()),
                name,
                "chunk " + chunk.brief() + " is in no index");
          }
        }
      }
    }
  }

  private void add(Optional<RunId> run, String subject, String message) {
    if (problems.size() < MOST) {
      problems.add(problem(run, subject, message));
    }
  }

  private static RepositoryProblem problem(Optional<RunId> run, String subject, String message) {
    return new RepositoryProblem(ErrorCode.ARTIFACT_CORRUPT, run, subject, message);
  }
}
