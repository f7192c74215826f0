package io.holdfast.engine.repository.layout;

import io.holdfast.engine.file.FilePath;
import java.util.Set;

/**
 * Where what lies in a repository. Pure arithmetic.
 *
 * @param root the directory of the repository
 */
public record RepositoryLayout(FilePath root) {
  /** Mode of every directory that belongs to the repository itself. */
  public static final int DIRECTORY_MODE = 0700;

  /** Mode of every file that belongs to the repository itself. */
  public static final int FILE_MODE = 0600;

  /** The file that says that a directory is a repository, and of what version. */
  public static final String FORMAT_FILE = "holdfast.json";

  /** What the engine keeps beside the backups: locks, sequence, journals. */
  public static final String STATE = ".state";

  /** What a file system, and the engine before there is a repository, put into a directory. */
  private static final Set<String> NO_CONTENT = Set.of(STATE, "lost+found");

  /** How the names begin of what is there for a moment; of a process that was killed some stay. */
  private static final String MOMENTARY = ".holdfast-";

  /** Whether a directory that holds this name besides is as good as empty. */
  public static boolean isNothing(String name) {
    return NO_CONTENT.contains(name) || name.startsWith(MOMENTARY);
  }

  public FilePath formatFile() {
    return root.resolve(FORMAT_FILE);
  }

  /** Backups under way; what lies here when none is was interrupted. */
  public FilePath running() {
    return root.resolve(".running");
  }

  /** Published backups. */
  public FilePath completed() {
    return root.resolve("completed");
  }

  /** Records of runs that did not publish. */
  public FilePath failed() {
    return root.resolve("failed");
  }

  /** Backups that are no more, and whose files are being removed. */
  public FilePath deleting() {
    return root.resolve(".deleting");
  }

  public FilePath running(BackupName name) {
    return running().resolve(name.stem());
  }

  public FilePath completed(BackupName name) {
    return completed().resolve(name.toString());
  }

  public FilePath failed(BackupName name) {
    return failed().resolve(name.stem());
  }
}
