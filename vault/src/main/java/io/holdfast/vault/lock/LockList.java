package io.holdfast.vault.lock;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.format.FormatException;
import io.holdfast.vault.format.LockFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The locks of a vault at one moment.
 *
 * @param held in any order
 * @param unreadable files that are no locks, or damaged
 */
public record LockList(List<HeldLock> held, List<ContentId> unreadable) {
  public LockList {
    held = List.copyOf(held);
    unreadable = List.copyOf(unreadable);
  }

  /** Who is at work, as far as can be read. */
  public Set<HeldLock.Holder> holders() {
    return held.stream().map(HeldLock::holder).collect(Collectors.toSet());
  }

  /**
   * Reads them. One that is put anew while the storage lists may show neither in its old form nor
   * in its new one, so this lists until two lists agree: nobody puts his lock anew that often.
   */
  static LockList read(Vault vault) throws IOException {
    Set<ContentId> ids = ids(vault);
    while (true) {
      LockList read = read(vault, ids);
      Set<ContentId> again = ids(vault);
      if (again.equals(ids)) {
        return read;
      }
      ids = again;
    }
  }

  /**
   * Reads those of one list, which may lack one that is put anew meanwhile: enough to tell somebody
   * early that he will be refused, and not to tell him that he will not.
   */
  static LockList glance(Vault vault) throws IOException {
    return read(vault, ids(vault));
  }

  private static Set<ContentId> ids(Vault vault) throws IOException {
    return vault.backend().list(FileType.LOCK).stream()
        .map(Backend.Listed::id)
        .collect(Collectors.toSet());
  }

  private static LockList read(Vault vault, Set<ContentId> ids) throws IOException {
    var held = new ArrayList<HeldLock>();
    var unreadable = new ArrayList<ContentId>();
    for (ContentId id : ids) {
      try {
        byte[] json = vault.readDocument(FileType.LOCK, id);
        held.add(new HeldLock(id, LockFile.decode(json, "locks/" + id)));
      } catch (FormatException damaged) {
        unreadable.add(id);
      } catch (BackendException e) {
        if (e.reason() != BackendException.Reason.NOT_FOUND) {
          throw e;
        }
        // Given back since it was listed.
      }
    }
    return new LockList(held, unreadable);
  }
}
