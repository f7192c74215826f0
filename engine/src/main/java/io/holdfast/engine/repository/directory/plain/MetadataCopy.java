package io.holdfast.engine.repository.directory.plain;

import io.holdfast.engine.artifact.Metadata;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.WritableFile;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/**
 * Gives copies in a plain backup the metadata of their originals, as far as this process and the
 * file system of the repository allow. What they refuse is no failure: the listing has the truth,
 * the copy is for those who restore with {@code cp -a}. Thread-safe.
 */
final class MetadataCopy {
  private static final int SET_ID = 06000;
  private static final int SPECIAL_BITS = 07000;
  private static final int OWNER_READS_AND_WRITES = 0600;
  private static final int OWNER_ENTERS = 0700;

  private static final Set<Reason> REFUSALS =
      EnumSet.of(Reason.NOT_PERMITTED, Reason.NOT_SUPPORTED, Reason.OTHER);

  /** A file system may have room for less than its neighbour in the attributes of one file. */
  private static final Set<Reason> ATTRIBUTE_REFUSALS =
      EnumSet.of(
          Reason.NOT_PERMITTED,
          Reason.NOT_SUPPORTED,
          Reason.OTHER,
          Reason.NO_SPACE,
          Reason.TOO_LARGE,
          Reason.TOO_LONG);

  private final FileLayer files;
  private final long ownUid;
  private final long ownGid;

  /**
   * @param own a directory that this process has just made
   */
  MetadataCopy(FileLayer files, FileStat own) {
    this.files = files;
    this.ownUid = own.uid();
    this.ownGid = own.gid();
  }

  /** The mode to create a file with; {@link #complete} gives it the rest. */
  static int initialFileMode(Metadata metadata) {
    return (metadata.mode() | OWNER_READS_AND_WRITES) & ~SPECIAL_BITS;
  }

  /** The mode to create a directory with. */
  static int initialDirectoryMode(Metadata metadata) {
    return (metadata.mode() | OWNER_ENTERS) & ~SPECIAL_BITS;
  }

  /** Owner, mode, attributes and time of a file, after its content. */
  void complete(WritableFile file, Metadata metadata) throws IOException {
    boolean owned = isOwn(metadata);
    if (!owned) {
      owned = allowed(REFUSALS, () -> file.setOwner(metadata.uid(), metadata.gid()));
    }
    int mode = mode(metadata, OWNER_READS_AND_WRITES, owned);
    if (mode != initialFileMode(metadata)) {
      allowed(REFUSALS, () -> file.setMode(mode));
    }
    for (var attribute : metadata.attributes().entrySet()) {
      allowed(
          ATTRIBUTE_REFUSALS,
          () -> file.setAttribute(attribute.getKey().toBytes(), attribute.getValue()));
    }
    allowed(REFUSALS, () -> file.setModified(metadata.modified()));
  }

  /** Owner, mode and attributes of a directory, before it has content. */
  void beginDirectory(FilePath path, Metadata metadata) throws IOException {
    boolean owned = owner(path, metadata);
    int mode = mode(metadata, OWNER_ENTERS, owned);
    if (mode != initialDirectoryMode(metadata)) {
      allowed(REFUSALS, () -> files.setMode(path, mode));
    }
    attributes(path, metadata);
  }

  /** Everything of a symbolic link, FIFO, socket or device. */
  void complete(FilePath path, Metadata metadata) throws IOException {
    owner(path, metadata);
    attributes(path, metadata);
    modified(path, metadata);
  }

  /** The time of a directory, after all its content. */
  void modified(FilePath path, Metadata metadata) throws IOException {
    allowed(REFUSALS, () -> files.setModified(path, metadata.modified()));
  }

  /** Runs what may be refused; answers whether it was not. */
  static boolean allowed(Operation operation) throws IOException {
    return allowed(REFUSALS, operation);
  }

  private boolean owner(FilePath path, Metadata metadata) throws IOException {
    return isOwn(metadata)
        || allowed(REFUSALS, () -> files.setOwner(path, metadata.uid(), metadata.gid()));
  }

  private void attributes(FilePath path, Metadata metadata) throws IOException {
    for (var attribute : metadata.attributes().entrySet()) {
      allowed(
          ATTRIBUTE_REFUSALS,
          () -> files.setAttribute(path, attribute.getKey().toBytes(), attribute.getValue()));
    }
  }

  private boolean isOwn(Metadata metadata) {
    return metadata.uid() == ownUid && metadata.gid() == ownGid;
  }

  /** A set-id bit for the wrong owner would hand out that owner's rights. */
  private static int mode(Metadata metadata, int owner, boolean owned) {
    int mode = metadata.mode() | owner;
    return owned ? mode : mode & ~SET_ID;
  }

  private static boolean allowed(Set<Reason> refusals, Operation operation) throws IOException {
    try {
      operation.run();
      return true;
    } catch (FileLayerException failure) {
      if (!refusals.contains(failure.reason())) {
        throw failure;
      }
      return false;
    }
  }

  @FunctionalInterface
  interface Operation {
    void run() throws IOException;
  }
}
