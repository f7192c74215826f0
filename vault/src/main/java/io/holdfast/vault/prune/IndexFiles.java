package io.holdfast.vault.prune;

import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.format.BlobType;
import io.holdfast.vault.format.IndexReader;
import io.holdfast.vault.format.IndexVisitor;
import io.holdfast.vault.index.BlobIndex;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The index files of a vault, and which packs each of them names. Not thread-safe. */
final class IndexFiles {
  private final Vault vault;
  private final BlobIndex index = new BlobIndex();
  private final Map<ContentId, Set<ContentId>> packs = new HashMap<>();
  private final Map<ContentId, Long> sizes = new HashMap<>();
  private final Set<ContentId> ever = new HashSet<>();

  IndexFiles(Vault vault) {
    this.vault = vault;
  }

  /** Reads the files that came since this was called last. */
  void refresh(Cancellation cancellation) throws IOException {
    while (!readNew(cancellation)) {
      // A prune beside one that only looks put others in the place of what was listed.
    }
  }

  private boolean readNew(Cancellation cancellation) throws IOException {
    for (Backend.Listed file : vault.backend().list(FileType.INDEX)) {
      if (!packs.containsKey(file.id())) {
        cancellation.check();
        try {
          packs.put(file.id(), read(file.id()));
        } catch (BackendException e) {
          if (e.reason() == BackendException.Reason.NOT_FOUND && !isListed(file.id())) {
            return false;
          }
          throw e;
        }
        sizes.put(file.id(), file.size());
      }
    }
    return true;
  }

  private boolean isListed(ContentId file) throws IOException {
    return vault.backend().list(FileType.INDEX).stream()
        .anyMatch(listed -> listed.id().equals(file));
  }

  private Set<ContentId> read(ContentId file) throws IOException {
    var named = new HashSet<ContentId>();
    IndexReader.read(
        vault.readDocument(FileType.INDEX, file),
        FileType.INDEX.word() + "/" + file,
        new IndexVisitor() {
          @Override
          public void pack(ContentId pack) {
            named.add(pack);
          }

          @Override
          public void blob(
              ContentId pack, byte[] blob, BlobType type, long at, long length, long content) {
            index.add(pack, blob, type, at, length, content);
          }
        });
    ever.addAll(named);
    return named;
  }

  /** What all of them say, those that were removed since too. */
  BlobIndex index() {
    return index;
  }

  Set<ContentId> files() {
    return Set.copyOf(packs.keySet());
  }

  /** Bytes of a file. */
  long size(ContentId file) {
    return sizes.getOrDefault(file, 0L);
  }

  /** The packs that a file names. */
  Set<ContentId> packs(ContentId file) {
    return packs.getOrDefault(file, Set.of());
  }

  /** Takes note that a file is gone. */
  void forget(ContentId file) {
    packs.remove(file);
    sizes.remove(file);
  }

  /** Takes note of files that were written to name these packs, of which the index knows. */
  void add(Collection<ContentId> written, Set<ContentId> named) {
    written.forEach(file -> packs.put(file, named));
    ever.addAll(named);
  }

  /** The packs that any file named at any time since this was made. */
  Set<ContentId> everNamed() {
    return Set.copyOf(ever);
  }

  /** The packs that some file names. */
  Set<ContentId> named() {
    var all = new HashSet<ContentId>();
    packs.values().forEach(all::addAll);
    return all;
  }
}
