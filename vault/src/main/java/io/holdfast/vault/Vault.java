package io.holdfast.vault;

import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.crypto.MasterKey;
import io.holdfast.vault.crypto.Opener;
import io.holdfast.vault.crypto.Sealer;
import io.holdfast.vault.format.BlobCompressor;
import io.holdfast.vault.format.BlobDecompressor;
import io.holdfast.vault.format.BlobType;
import io.holdfast.vault.format.Config;
import io.holdfast.vault.format.FormatException;
import io.holdfast.vault.format.IndexReader;
import io.holdfast.vault.format.IndexVisitor;
import io.holdfast.vault.format.UnpackedFile;
import io.holdfast.vault.index.BlobIndex;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A vault that was opened by its password: reads and writes its files as what they mean. Knows no
 * backups. Thread-safe; {@link #close} closes the backend.
 */
public final class Vault implements AutoCloseable {
  /** A document is JSON: an index of 8 MiB is the largest that the format asks for. */
  private static final int MOST_JSON = 256 << 20;

  private final Backend backend;
  private final MasterKey key;
  private final Config config;
  private final SecureRandom random;
  private final AtomicReference<ContentId> keyFile;

  Vault(Backend backend, MasterKey key, ContentId keyFile, Config config, SecureRandom random) {
    this(backend, key, new AtomicReference<>(keyFile), config, random);
  }

  private Vault(
      Backend backend,
      MasterKey key,
      AtomicReference<ContentId> keyFile,
      Config config,
      SecureRandom random) {
    this.backend = backend;
    this.key = key;
    this.keyFile = keyFile;
    this.config = config;
    this.random = random;
  }

  /** The key file that was opened by the password. */
  public ContentId keyFile() {
    return Objects.requireNonNull(keyFile.get());
  }

  /** Takes note that another password is in use now. */
  public void usesKeyFile(ContentId file) {
    keyFile.set(file);
  }

  public Config config() {
    return config;
  }

  public Backend backend() {
    return backend;
  }

  /**
   * The same vault, for work that can be cancelled, see {@link Backend#under}.
   *
   * @return not to be closed; this is
   */
  public Vault under(Cancellation cancellation) {
    return new Vault(backend.under(cancellation), key, keyFile, config, random);
  }

  /**
   * The same vault, for what has to be done even if the work was cancelled, see {@link
   * Backend#insistingUntil}.
   *
   * @return not to be closed; this is
   */
  public Vault insistingUntil(Cancellation cancellation) {
    return new Vault(backend.insistingUntil(cancellation), key, keyFile, config, random);
  }

  /** What seals everything in this vault. */
  public MasterKey key() {
    return key;
  }

  public SecureRandom random() {
    return random;
  }

  /**
   * Stores a file by its name, which is the SHA-256 of its content. One that is there already is
   * the same.
   */
  public void write(FileType type, ContentId id, ByteBuffer content) throws IOException {
    try {
      backend.write(FileId.of(type, id), content);
    } catch (BackendException e) {
      if (e.reason() != BackendException.Reason.ALREADY_EXISTS) {
        throw e;
      }
    }
  }

  /**
   * Stores a document: a snapshot, an index, a lock.
   *
   * @return its name
   */
  public ContentId writeDocument(FileType type, byte[] json) throws IOException {
    SealedDocument document = seal(json);
    write(type, document.id(), document.content());
    return document.id();
  }

  /**
   * A document as {@link #write} takes it.
   *
   * @param id its name, which is another each time that the same is sealed
   */
  public record SealedDocument(ContentId id, ByteBuffer content) {}

  /** Seals a document, for whoever has to know its name before it is stored. */
  public SealedDocument seal(byte[] json) {
    byte[] sealed;
    try (var compressor = new BlobCompressor(BlobCompressor.DEFAULT_LEVEL)) {
      sealed =
          new Sealer(key, random).seal(UnpackedFile.encode(json, config.version(), compressor));
    }
    return new SealedDocument(ContentId.of(sealed), ByteBuffer.wrap(sealed));
  }

  /**
   * The JSON of a document.
   *
   * @throws FormatException if it is damaged
   */
  public byte[] readDocument(FileType type, ContentId id) throws IOException {
    String what = type.word() + "/" + id;
    byte[] sealed = backend.readAll(FileId.of(type, id));
    if (!ContentId.of(sealed).equals(id)) {
      throw new FormatException(what, "its content has another SHA-256 than its name says");
    }
    try (var decompressor = new BlobDecompressor()) {
      return UnpackedFile.decode(new Opener(key).open(sealed), MOST_JSON, decompressor, what);
    } catch (io.holdfast.vault.crypto.BrokenSealException broken) {
      throw new FormatException(what, "its seal is broken", broken);
    }
  }

  /**
   * Reads all index files. List snapshots before, never after: what a snapshot that was listed
   * needs is in the indexes by then.
   *
   * @throws FormatException if one of them is damaged
   */
  public BlobIndex readIndex(Cancellation cancellation) throws IOException {
    while (true) {
      var index = new BlobIndex();
      boolean whole = true;
      for (Backend.Listed file : backend.list(FileType.INDEX)) {
        cancellation.check();
        whole = whole && readIndexIfThere(file.id(), index);
      }
      if (whole) {
        return index;
      }
    }
  }

  /**
   * Adds what one index file says.
   *
   * @return false if a prune has removed it since it was listed, and put others in its place: the
   *     list is to be taken again
   */
  public boolean readIndexIfThere(ContentId id, BlobIndex index) throws IOException {
    try {
      readIndex(id, index);
      return true;
    } catch (BackendException e) {
      if (e.reason() != BackendException.Reason.NOT_FOUND
          || backend.list(FileType.INDEX).stream().anyMatch(file -> file.id().equals(id))) {
        throw e;
      }
      return false;
    }
  }

  /** Adds what one index file says. */
  private void readIndex(ContentId id, BlobIndex index) throws IOException {
    IndexReader.read(
        readDocument(FileType.INDEX, id),
        FileType.INDEX.word() + "/" + id,
        new IndexVisitor() {
          @Override
          public void blob(
              ContentId pack,
              byte[] blob,
              BlobType type,
              long offset,
              long length,
              long uncompressedLength) {
            index.add(pack, blob, type, offset, length, uncompressedLength);
          }
        });
  }

  @Override
  public void close() throws IOException {
    key.destroy();
    backend.close();
  }
}
