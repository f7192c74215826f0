package io.holdfast.vault.backup;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.repository.RepositoryKeys;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultAccess;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.crypto.KeyFile;
import io.holdfast.vault.crypto.KeyFileException;
import io.holdfast.vault.lock.LockOwner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The passwords of a vault: a key file each. Nothing but these files tells them apart; each opens
 * all that there is.
 *
 * @param owner who adds them
 */
record VaultKeys(Opening<Vault> vault, VaultErrors errors, Clock clock, LockOwner owner)
    implements RepositoryKeys {
  @Override
  public List<Key> list() throws IOException {
    return errors.translate(() -> {
      Vault opened = vault.open();
      var keys = new ArrayList<Key>();
      for (Backend.Listed file : opened.backend().list(FileType.KEY)) {
        origin(opened, file)
            .map(origin ->
                new Key(
                    file.id().toString(),
                    file.id().equals(opened.keyFile()),
                    origin.username(),
                    origin.hostname(),
                    origin.created()))
            .ifPresent(keys::add);
      }
      keys.sort(
          Comparator.comparing((Key key) -> key.created().orElse(Instant.MIN))
              .thenComparing(Key::id));
      return List.copyOf(keys);
    });
  }

  /** Empty if it was removed since it was listed. */
  private static Optional<KeyFile.Origin> origin(Vault opened, Backend.Listed file)
      throws IOException {
    try {
      return Optional.of(
          KeyFile.parse(opened.backend().readAll(FileId.of(FileType.KEY, file.id()))).origin());
    } catch (KeyFileException unusable) {
      // It is shown, so that it can be removed.
      return Optional.of(new KeyFile.Origin("", "", Optional.empty()));
    } catch (BackendException e) {
      if (e.reason() != BackendException.Reason.NOT_FOUND) {
        throw e;
      }
      return Optional.empty();
    }
  }

  @Override
  public String add(byte[] password) throws IOException {
    return errors.translate(() -> write(vault.open(), password).toString());
  }

  private ContentId write(Vault opened, byte[] password) throws IOException {
    var origin = new KeyFile.Origin(owner.hostname(), owner.username(), clock.instant());
    return VaultAccess.addPassword(opened, password, origin);
  }

  @Override
  public String remove(String id) throws IOException {
    return errors.translate(() -> {
      Vault opened = vault.open();
      List<ContentId> all =
          opened.backend().list(FileType.KEY).stream().map(Backend.Listed::id).toList();
      List<ContentId> meant =
          all.stream().filter(key -> !id.isEmpty() && key.toString().startsWith(id)).toList();
      if (meant.size() != 1) {
        throw refusal(
            (meant.isEmpty() ? "no key" : "more than one key") + " of the vault begins with " + id,
            "'holdfast repository key list' shows the ids.");
      }
      ContentId key = meant.getFirst();
      if (all.size() == 1) {
        throw refusal(
            "key " + key.brief() + " is the only one of the vault",
            "Without it nobody can open the vault. Add another password first.");
      }
      if (key.equals(opened.keyFile())) {
        throw refusal(
            "key " + key.brief() + " is the one in use",
            "Configure another of the vault's passwords first, or put a new one in its place with"
                + " 'holdfast repository key passwd'.");
      }
      delete(opened, key, opened.keyFile());
      return key.toString();
    });
  }

  /**
   * Removes a key file, and puts back the other one if somebody removed that at the same time. Of
   * several who remove each other's, the last one finds his own gone: so one is left.
   */
  private static void delete(Vault opened, ContentId gone, ContentId kept) throws IOException {
    FileId file = FileId.of(FileType.KEY, kept);
    byte[] json;
    try {
      json = opened.backend().readAll(file);
    } catch (BackendException e) {
      if (e.reason() != BackendException.Reason.NOT_FOUND) {
        throw e;
      }
      throw new HoldfastException(
          ErrorCode.BUSY,
          "key " + kept.brief() + ", which is in use, was removed by somebody else",
          "Configure another of the vault's passwords first.");
    }
    opened.backend().delete(FileId.of(FileType.KEY, gone));
    if (!opened.backend().exists(file)) {
      opened.write(FileType.KEY, kept, ByteBuffer.wrap(json));
      throw new HoldfastException(
          ErrorCode.BUSY,
          "key "
              + kept.brief()
              + ", which is in use, was removed by somebody else at the same time,"
              + " and was put back",
          "'holdfast repository key list' shows which keys there are now. Let one person at a time"
              + " change them.");
    }
  }

  private static HoldfastException refusal(String why, String guidance) {
    return new HoldfastException(ErrorCode.USAGE, why, guidance);
  }

  /**
   * The new key is there, and was opened, before the old one goes. Where none can go, none is made.
   */
  @Override
  public String change(byte[] password) throws IOException {
    return errors.translate(() -> {
      Vault opened = vault.open();
      ContentId before = opened.keyFile();
      requireDeletable(opened, before);
      ContentId key = write(opened, password);
      opened.usesKeyFile(key);
      try {
        delete(opened, before, key);
      } catch (BackendException failure) {
        throw halfDone(before, key, failure);
      }
      return key.toString();
    });
  }

  /** Asks for the removal of a key that is not there: an append-only storage refuses that too. */
  private static void requireDeletable(Vault opened, ContentId before) throws IOException {
    byte[] nobodys = new byte[ContentId.LENGTH];
    opened.random().nextBytes(nobodys);
    try {
      opened.backend().delete(FileId.of(FileType.KEY, ContentId.of(nobodys)));
    } catch (BackendException e) {
      if (e.reason() != BackendException.Reason.FORBIDDEN
          && e.reason() != BackendException.Reason.UNSUPPORTED) {
        throw e;
      }
      throw new HoldfastException(
          ErrorCode.REPOSITORY_UNWRITABLE,
          "the password was not changed: the storage lets no key be deleted, so the old one, "
              + before.brief()
              + ", would go on opening the vault",
          "Add the new password with 'holdfast repository key add', put it where the configuration"
              + " reads it, and remove the old one from where files may be deleted: 'holdfast"
              + " repository key remove "
              + before.brief()
              + "'.",
          e);
    }
  }

  private static HoldfastException halfDone(
      ContentId before, ContentId key, BackendException failure) {
    return new HoldfastException(
        ErrorCode.REPOSITORY_UNWRITABLE,
        "two passwords open the vault now: the new one, of key "
            + key.brief()
            + ", and the old one, of key "
            + before.brief()
            + ", which could not be removed: "
            + failure.getMessage(),
        "Put the new password where the configuration reads it, then remove the old one: 'holdfast"
            + " repository key remove "
            + before.brief()
            + "'.",
        failure);
  }
}
