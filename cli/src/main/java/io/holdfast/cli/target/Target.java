package io.holdfast.cli.target;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.server.document.BackupCreateJson;
import io.holdfast.server.document.BackupJson;
import io.holdfast.server.document.BackupOrderJson;
import io.holdfast.server.document.BackupSummaryJson;
import io.holdfast.server.document.RepositoryCheckJson;
import io.holdfast.server.document.RestoreJson;
import io.holdfast.server.document.RestoreOrderJson;
import io.holdfast.server.document.ValidationJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An installation: its components, its repository, and what can be done with them. Used by one
 * command, on one thread.
 *
 * <p>A backup or a restore that begins and fails is a document with a status; an exception means
 * that nothing was begun. Whatever takes long is told to a {@link Watch} and ends when that is
 * cancelled.
 *
 * <p>Every method may throw {@link io.holdfast.engine.error.HoldfastException}, and where a server
 * stands between, {@link ServerException}.
 */
public interface Target extends AutoCloseable {
  /** Where backups are kept, as people read it. */
  String repository();

  /**
   * Ends what an interrupted run left behind, if that is for whoever opens the installation to do;
   * called first. Does not fail: what could not be ended is a warning.
   */
  void recover(Watch watch);

  /** Makes a backup. */
  BackupCreateJson backUp(BackupOrderJson order, Watch watch);

  /**
   * Published backups, newest first.
   *
   * @param limit at most so many; 0 for all
   */
  BackupListing list(int limit);

  /** Records of runs that published nothing, as {@link #list}. */
  BackupListing listFailed(int limit);

  /**
   * The run id that a run id, a backup id or {@code latest} stands for. That of a run id is itself,
   * whether or not there is such a backup.
   *
   * @param components what {@code latest} has to hold; empty for all that there is
   * @throws io.holdfast.engine.error.HoldfastException {@code USAGE} if the text is no identifier,
   *     {@code BACKUP_NOT_FOUND}
   */
  String resolve(String id, List<String> components);

  /** A published backup. */
  BackupJson show(String run);

  /** A published backup as lists show it, even if it is damaged; empty if there is none. */
  Optional<BackupSummaryJson> find(String run);

  /** Deletes a backup, or the record of a failed run. */
  void delete(String run);

  /** Reads every byte of a backup. */
  ValidationJson validate(String run, Watch watch);

  /**
   * Checks the repository.
   *
   * @param readData whether to read every byte of every backup
   */
  RepositoryCheckJson check(boolean readData, Watch watch);

  /** Restores, or shows what a restore would change. Consent is for whoever calls to see to. */
  RestoreJson restore(RestoreOrderJson order, Watch watch);

  /**
   * Looks at the signatures of the repository.
   *
   * @param publicKey a file with the key
   * @param atLeast the number of a signature that was seen before; 0 if none was
   */
  default SignatureReport signatures(String publicKey, long atLeast, Watch watch) {
    throw new HoldfastException(
        ErrorCode.USAGE,
        "signatures are not looked at through a server, which is what they are there to check",
        "Run it where the repository is, with --repository or a configuration.");
  }

  /** Snapshots of other programs in the same repository. */
  default ForeignTarget foreign() {
    return ForeignTarget.NONE;
  }

  /** The components of the configuration. */
  ComponentListing components();

  /** The places that components of the configuration have on the machine, by their names. */
  Map<String, List<String>> places();

  @Override
  void close();
}
