package io.holdfast.vault.trial;

import io.holdfast.engine.component.Finding;
import io.holdfast.engine.component.Finding.Severity;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The files of a trial, which are removed in the end. By one thread. */
final class Scratch {
  private final Backend backend;
  private final SecureRandom random;
  private final List<FileId> mayBeThere = new ArrayList<>();

  Scratch(Backend backend, SecureRandom random) {
    this.backend = backend;
    this.random = random;
  }

  /**
   * A file.
   *
   * @param content random, so that nobody has the like
   */
  record File(FileId id, byte[] content) {
    ByteBuffer buffer() {
      return ByteBuffer.wrap(content).asReadOnlyBuffer();
    }
  }

  /** One that is not stored yet. */
  File file(int size) {
    byte[] content = new byte[size];
    random.nextBytes(content);
    FileId id = FileId.of(FileType.PACK, ContentId.of(content));
    mayBeThere.add(id);
    return new File(id, content);
  }

  /** The name of a file that nobody has stored. */
  FileId nowhere() {
    byte[] content = new byte[ContentId.LENGTH];
    random.nextBytes(content);
    return FileId.of(FileType.PACK, ContentId.of(content));
  }

  /** One that was stored. */
  File stored(int size) throws IOException {
    File file = file(size);
    backend.write(file.id(), file.buffer());
    return file;
  }

  /** Removes a file. */
  void remove(File file) throws IOException {
    backend.delete(file.id());
    mayBeThere.remove(file.id());
  }

  /** Removes all that may be there, and tells of what it could not. */
  Optional<Finding> left() {
    var left = new ArrayList<FileId>();
    String why = "";
    for (FileId id : mayBeThere) {
      try {
        backend.delete(id);
      } catch (IOException refused) {
        left.add(id);
        why = String.valueOf(refused.getMessage());
      }
    }
    mayBeThere.clear();
    return left.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Finding(
                Severity.WARNING,
                "leftovers",
                "files of this trial could not be removed: "
                    + left.stream().map(FileId::toString).collect(Collectors.joining(", "))
                    + " ("
                    + why
                    + ")",
                "They do no harm; remove them where the storage is, or let a prune do it."));
  }
}
