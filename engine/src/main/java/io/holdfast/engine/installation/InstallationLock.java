package io.holdfast.engine.installation;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayer.HeldLock;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One backup, restore or deletion at a time for one installation, in this process and across
 * processes.
 *
 * <p>The lock is the kernel's: it ends with the process that holds it, however that ends, so that
 * no pid is ever compared and no lock is ever stale. The file beside it only tells people who holds
 * it, and is believed by nobody.
 */
public final class InstallationLock {
  private static final int OWNER_LIMIT = 4096;

  private final FileLayer files;
  private final FilePath state;
  private final Optional<FilePath> shared;

  public InstallationLock(FileLayer files, FilePath state) {
    this(files, state, Optional.empty());
  }

  /**
   * @param shared the state directory inside the repository: locked as well if it is another one,
   *     since two configurations may name one repository and different states
   */
  public InstallationLock(FileLayer files, FilePath state, Optional<FilePath> shared) {
    this.files = files;
    this.state = state;
    this.shared = shared.filter(place -> !place.equals(state));
  }

  /**
   * Takes the lock.
   *
   * @param purpose what for, told to whoever finds it taken: {@code "a backup, pid 4711 on db1,
   *     since 2026-…"}
   * @throws HoldfastException {@code BUSY} at once if it is taken
   */
  public HeldLock acquire(String purpose) throws IOException {
    FileTrees.createDirectories(files, state, 0700);
    HeldLock lock =
        both()
            .orElseThrow(() ->
                new HoldfastException(
                    ErrorCode.BUSY,
                    "another operation of this installation is under way: " + owner(),
                    "Wait until it has ended, or cancel it, and try again."));
    try {
      FileTrees.replaceAtomically(
          files, ownerFile(), purpose.getBytes(StandardCharsets.UTF_8), 0600);
    } catch (IOException telling) {
      // A disk too full to say who holds the lock may still be one on which a deletion makes room.
    }
    return lock;
  }

  /** Takes the lock if it is free. */
  public Optional<HeldLock> tryAcquire() throws IOException {
    FileTrees.createDirectories(files, state, 0700);
    return both();
  }

  private Optional<HeldLock> both() throws IOException {
    Optional<HeldLock> own = files.tryLock(file());
    if (own.isEmpty() || shared.isEmpty()) {
      return own;
    }
    Optional<HeldLock> other;
    try {
      FileTrees.createDirectories(files, shared.get(), 0700);
      other = files.tryLock(shared.get().resolve("lock"));
    } catch (IOException | RuntimeException e) {
      // A process that goes on, such as a server, would hold it for ever.
      own.get().close();
      throw e;
    }
    if (other.isEmpty()) {
      own.get().close();
      return Optional.empty();
    }
    return Optional.of(() -> {
      try (HeldLock first = own.get()) {
        other.get().close();
      }
    });
  }

  /** Who holds the lock, as far as is known; for people only. */
  public String owner() {
    try {
      return FilePath.display(FileTrees.readAll(files, ownerFile(), OWNER_LIMIT));
    } catch (IOException unknown) {
      return "by an unknown process";
    }
  }

  private FilePath file() {
    return state.resolve("lock");
  }

  private FilePath ownerFile() {
    return state.resolve("lock.owner");
  }
}
