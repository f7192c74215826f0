package io.holdfast.vault.backup;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.repository.layout.RepositoryLayout;
import io.holdfast.vault.VaultAccess;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Looks whether a vault may be made at a place: on top of something else it would hide that, or
 * make it unreadable.
 *
 * @param state this machine's part, which may lie there before the vault does
 */
record VaultPlace(Storage storage, FileLayer files, FilePath state) {
  /**
   * Refuses what is no vault and holds backups: a repository of another kind, or a vault that lost
   * its config.
   *
   * @throws HoldfastException {@code REPOSITORY_UNAVAILABLE}
   */
  void requireNoBackups(Backend backend) throws IOException {
    Optional<FilePath> place = storage.place();
    if (place.isPresent()) {
      requireDirectory(place.get());
    }
    if (place.isPresent()
        && files.find(place.get().resolve(RepositoryLayout.FORMAT_FILE)).isPresent()) {
      throw new HoldfastException(
          ErrorCode.REPOSITORY_UNAVAILABLE,
          storage.location()
              + " is a repository of kind directory: it holds "
              + RepositoryLayout.FORMAT_FILE,
          "Let the configuration say `repository: directory`, or take another place for the vault;"
              + " 'holdfast repository copy' brings the backups over.");
    }
    for (FileType type : List.of(FileType.SNAPSHOT, FileType.INDEX, FileType.PACK)) {
      // Somebody may be making it at this moment, and be at work already.
      if (holds(backend, type) && !VaultAccess.exists(backend)) {
        throw new HoldfastException(
            ErrorCode.REPOSITORY_UNAVAILABLE,
            "the vault at "
                + storage.location()
                + " has lost its file 'config', and holds "
                + type.word(),
            "Put 'config' back from a copy of the vault: without it nothing of it can be read. To begin"
                + " anew, move what is there away first.");
      }
    }
  }

  /**
   * Refuses a place that anything else has.
   *
   * @throws HoldfastException {@code REPOSITORY_UNAVAILABLE}
   */
  void requireFree(Backend backend) throws IOException {
    requireNoBackups(backend);
    if (storage.place().isPresent()) {
      requireEmpty(storage.place().get());
    }
  }

  private void requireDirectory(FilePath place) throws IOException {
    FilePath existing = place;
    while (files.find(existing).isEmpty() && existing.length() > 1) {
      existing = existing.parent();
    }
    if (!files.follow(existing).isDirectory()) {
      throw new HoldfastException(
          ErrorCode.REPOSITORY_UNAVAILABLE,
          "no vault can be at " + storage.location() + ": " + existing + " is no directory",
          "Let `path` name a directory, or nothing yet.");
    }
  }

  private void requireEmpty(FilePath place) throws IOException {
    if (files.find(place).isEmpty()) {
      return;
    }
    FilePath real = files.resolveLinks(place);
    Optional<byte[]> foreign =
        files.list(real).stream().filter(name -> isForeign(place, name)).findFirst();
    if (foreign.isPresent()) {
      throw new HoldfastException(
          ErrorCode.REPOSITORY_UNAVAILABLE,
          storage.location()
              + " is not empty and no vault: it holds "
              + FilePath.display(foreign.get()),
          "Let `path` name an empty directory, or one that does not exist; for an existing vault, make"
              + " sure that its file system is mounted.");
    }
  }

  private boolean isForeign(FilePath place, byte[] name) {
    String text = new String(name, StandardCharsets.ISO_8859_1);
    return !RepositoryLayout.isNothing(text)
        && !state.startsWith(place.resolve(name))
        && Arrays.stream(FileType.values()).map(FileType::word).noneMatch(text::equals);
  }

  private static boolean holds(Backend backend, FileType type) throws IOException {
    try {
      return !backend.list(type).isEmpty();
    } catch (BackendException e) {
      if (e.reason() == BackendException.Reason.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }
}
