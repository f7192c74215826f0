package io.holdfast.engine.installation;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.repository.transfer.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Remembers at which places this installation has had a repository: where one of them is empty now,
 * its storage is away, and no new repository is made there by itself. A file for each place in
 * {@code repositories} below the state directory, named after the place, which it holds. Losing
 * them costs that knowledge and nothing else. Thread-safe.
 */
public final class UsedRepositories {
  private static final int NAME_LENGTH = 16;

  private final FileLayer files;
  private final FilePath directory;

  /**
   * Touches nothing.
   *
   * @param state the state directory, which need not be there
   */
  public UsedRepositories(FileLayer files, FilePath state) {
    this.files = files;
    this.directory = state.resolve("repositories");
  }

  /**
   * Whether there was a repository before.
   *
   * @param location as {@link io.holdfast.engine.repository.Repository#location} tells it
   */
  public boolean contains(String location) throws IOException {
    return files.find(file(location)).isPresent();
  }

  /** Notes that there is one. */
  public void add(String location) throws IOException {
    if (!contains(location)) {
      FileTrees.createDirectories(files, directory, 0700);
      try {
        FileTrees.replaceAtomically(
            files, file(location), (location + "\n").getBytes(StandardCharsets.UTF_8), 0600);
      } catch (FileLayerException failure) {
        // A command and a server may note the same at once, and stumble over each other.
        if (!contains(location)) {
          throw failure;
        }
      }
    }
  }

  /** The place itself may be too long for a name, and holds slashes. */
  private FilePath file(String location) {
    byte[] digest = Sha256.of(location.getBytes(StandardCharsets.UTF_8));
    return directory.resolve(Sha256.hex(digest).substring(0, NAME_LENGTH));
  }
}
