package io.holdfast.vault.backend;

import io.holdfast.vault.backend.BackendException.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A vault in memory, for tests. Several share one {@link Storage}. */
public class MemoryBackend implements Backend {
  private final Storage storage;
  private volatile boolean closed;

  /** What several backends keep together. */
  public static final class Storage {
    private final Map<FileId, byte[]> files = new ConcurrentHashMap<>();

    /** A copy that nobody else changes. */
    public Storage copy() {
      var copy = new Storage();
      files.forEach((file, content) -> copy.files.put(file, content.clone()));
      return copy;
    }

    /** Everything that is stored; live, for damage. */
    public Map<FileId, byte[]> files() {
      return files;
    }
  }

  /** On a storage of its own. */
  public MemoryBackend() {
    this(new Storage());
  }

  public MemoryBackend(Storage storage) {
    this.storage = storage;
  }

  @Override
  public String location() {
    return "memory";
  }

  @Override
  public void create() throws IOException {
    begin("create");
  }

  @Override
  public void write(FileId file, ByteBuffer content) throws IOException {
    begin("write");
    byte[] bytes = new byte[content.remaining()];
    content.duplicate().get(bytes);
    if (storage.files.putIfAbsent(file, bytes) != null) {
      throw new BackendException("write", file.toString(), Reason.ALREADY_EXISTS, "");
    }
  }

  @Override
  public void read(FileId file, long offset, ByteBuffer target) throws IOException {
    begin("read");
    if (offset < 0) {
      throw new IllegalArgumentException("negative offset: " + offset);
    }
    byte[] bytes = find("read", file);
    if (bytes.length - offset < target.remaining()) {
      throw new BackendException("read", file.toString(), Reason.TOO_SHORT, "");
    }
    target.put(bytes, (int) offset, target.remaining());
  }

  @Override
  public long size(FileId file) throws IOException {
    begin("size");
    return find("size", file).length;
  }

  @Override
  public List<Listed> list(FileType type) throws IOException {
    if (type == FileType.CONFIG) {
      throw new IllegalArgumentException("there is no list of the config");
    }
    begin("list");
    return storage.files.entrySet().stream()
        .filter(file -> file.getKey().type() == type)
        .map(file -> new Listed(file.getKey().id().orElseThrow(), file.getValue().length))
        .toList();
  }

  @Override
  public void delete(FileId file) throws IOException {
    begin("delete");
    storage.files.remove(file);
  }

  @Override
  public void close() {
    closed = true;
  }

  private byte[] find(String operation, FileId file) throws BackendException {
    byte[] bytes = storage.files.get(file);
    if (bytes == null) {
      throw new BackendException(operation, file.toString(), Reason.NOT_FOUND, "");
    }
    return bytes;
  }

  private void begin(String operation) throws IOException {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException(operation + ": interrupted");
    }
  }
}
