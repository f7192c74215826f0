package io.holdfast.vault.prune;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.format.Snapshot;
import io.holdfast.vault.format.SnapshotCodec;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The snapshots of a vault, whoever made them. */
public final class StoredSnapshots {
  private StoredSnapshots() {}

  /**
   * All that there are.
   *
   * @throws io.holdfast.vault.format.FormatException if one is damaged
   */
  public static Map<ContentId, Snapshot> read(Vault vault) throws IOException {
    return readNew(vault, new HashSet<>());
  }

  /**
   * Those that came since.
   *
   * @param known what was read before; is added to
   */
  static Map<ContentId, Snapshot> readNew(Vault vault, Set<ContentId> known) throws IOException {
    var read = new HashMap<ContentId, Snapshot>();
    for (Backend.Listed file : vault.backend().list(FileType.SNAPSHOT)) {
      if (known.add(file.id())) {
        try {
          byte[] json = vault.readDocument(FileType.SNAPSHOT, file.id());
          read.put(file.id(), SnapshotCodec.decode(json, "snapshots/" + file.id()));
        } catch (BackendException e) {
          if (e.reason() != BackendException.Reason.NOT_FOUND) {
            throw e;
          }
          // Deleted since it was listed.
          known.remove(file.id());
        }
      }
    }
    return read;
  }
}
