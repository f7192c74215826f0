package io.holdfast.vault;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.chunk.Polynomial;
import io.holdfast.vault.crypto.BrokenSealException;
import io.holdfast.vault.crypto.KeyFile;
import io.holdfast.vault.crypto.KeyFileException;
import io.holdfast.vault.crypto.MasterKey;
import io.holdfast.vault.crypto.Opener;
import io.holdfast.vault.crypto.ScryptParameters;
import io.holdfast.vault.crypto.Sealer;
import io.holdfast.vault.format.Config;
import io.holdfast.vault.format.FormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Makes vaults, and opens them by a password. Order of making: the key, then the config, whose
 * appearance is what makes it a vault.
 */
public final class VaultAccess {
  private static final int ID_BYTES = 32;

  private VaultAccess() {}

  /** Whether there is a vault. */
  public static boolean exists(Backend backend) throws IOException {
    try {
      backend.size(FileId.CONFIG);
      return true;
    } catch (BackendException e) {
      if (e.reason() == BackendException.Reason.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Makes a vault.
   *
   * @param password not kept
   * @throws BackendException {@code ALREADY_EXISTS} if there is one; of several who make one at
   *     once, one succeeds, and the others leave nothing behind
   */
  public static Vault create(
      Backend backend,
      byte[] password,
      ScryptParameters scrypt,
      KeyFile.Origin origin,
      SecureRandom random)
      throws IOException {
    if (exists(backend)) {
      throw new BackendException("create", "the vault", BackendException.Reason.ALREADY_EXISTS, "");
    }
    backend.create();
    MasterKey master = MasterKey.random(random);
    FileId key = addKey(backend, master, password, scrypt, origin, random);
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    var config =
        new Config(Config.NEWEST, HexFormat.of().formatHex(id), Polynomial.random(random).bits());
    byte[] sealed = new Sealer(master, random).seal(config.encode());
    try {
      backend.write(FileId.CONFIG, ByteBuffer.wrap(sealed));
    } catch (IOException failure) {
      requireMade(backend, sealed, key, failure);
    }
    return new Vault(backend, master, key.id().orElseThrow(), config, random);
  }

  /**
   * Goes on if a config that could not be written was written all the same: a request whose answer
   * was lost and that was made again. Removes the key if it belongs to no vault, and only then.
   */
  private static void requireMade(Backend backend, byte[] sealed, FileId key, IOException failure)
      throws IOException {
    boolean made;
    try {
      made = isConfig(backend, sealed);
      if (!made) {
        backend.delete(key);
      }
    } catch (IOException | RuntimeException unknown) {
      failure.addSuppressed(unknown);
      throw failure;
    }
    // Else it may not be durable, which only the storage knows; the vault opens if it is.
    if (!(made
        && failure instanceof BackendException refused
        && refused.reason() == BackendException.Reason.ALREADY_EXISTS)) {
      throw failure;
    }
  }

  private static boolean isConfig(Backend backend, byte[] sealed) throws IOException {
    try {
      return Arrays.equals(backend.readAll(FileId.CONFIG), sealed);
    } catch (BackendException e) {
      if (e.reason() == BackendException.Reason.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Adds a password to a vault. It was opened by it once when this returns.
   *
   * @param password not kept
   * @return the name of its key file
   */
  public static ContentId addPassword(Vault vault, byte[] password, KeyFile.Origin origin)
      throws IOException {
    FileId file =
        addKey(
            vault.backend(),
            vault.key(),
            password,
            ScryptParameters.DEFAULT,
            origin,
            vault.random());
    ContentId id = file.id().orElseThrow();
    Optional<MasterKey> opened = KeyFile.parse(vault.backend().readAll(file)).open(password);
    if (opened.isEmpty()) {
      vault.backend().delete(file);
      throw new FormatException(
          file.toString(), "it does not open with the password it was made of");
    }
    opened.get().destroy();
    return id;
  }

  private static FileId addKey(
      Backend backend,
      MasterKey master,
      byte[] password,
      ScryptParameters scrypt,
      KeyFile.Origin origin,
      SecureRandom random)
      throws IOException {
    byte[] json = KeyFile.create(master, password, scrypt, origin, random).toJson();
    FileId file = FileId.of(FileType.KEY, ContentId.of(json));
    backend.write(file, ByteBuffer.wrap(json));
    return file;
  }

  /**
   * Opens a vault. Tries every key file, since nothing tells which one a password belongs to; each
   * takes about half a second.
   *
   * @param password not kept
   * @return empty if no key file yields to the password
   * @throws BackendException {@code NOT_FOUND} if there is no vault
   * @throws io.holdfast.vault.format.UnsupportedVersionException if it is of a version to come
   */
  public static Optional<Vault> open(Backend backend, byte[] password, SecureRandom random)
      throws IOException {
    byte[] sealed = backend.readAll(FileId.CONFIG);
    for (Backend.Listed file : backend.list(FileType.KEY)) {
      Optional<MasterKey> master = master(backend, file, password);
      if (master.isPresent()) {
        byte[] config;
        try {
          config = new Opener(master.get()).open(sealed);
        } catch (BrokenSealException ofAnotherVault) {
          // Of one who made the vault at the same time, and lost.
          continue;
        }
        return Optional.of(
            new Vault(backend, master.get(), file.id(), Config.decode(config), random));
      }
    }
    return Optional.empty();
  }

  /**
   * Whether what is there now is the very vault that was opened: it may have been taken away since,
   * or another one been put in its place, whose key is another.
   */
  public static boolean isStill(Vault vault) throws IOException {
    try {
      byte[] sealed = vault.backend().readAll(FileId.CONFIG);
      return Config.decode(new Opener(vault.key()).open(sealed)).equals(vault.config());
    } catch (BrokenSealException | FormatException other) {
      return false;
    } catch (BackendException e) {
      if (e.reason() == BackendException.Reason.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  private static Optional<MasterKey> master(Backend backend, Backend.Listed file, byte[] password)
      throws IOException {
    if (file.size() > KeyFile.MOST_BYTES) {
      return Optional.empty();
    }
    try {
      return KeyFile.parse(backend.readAll(FileId.of(FileType.KEY, file.id()))).open(password);
    } catch (KeyFileException unusable) {
      // Another key file may serve; `check` tells of this one.
      return Optional.empty();
    } catch (BackendException e) {
      if (e.reason() == BackendException.Reason.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
