package io.holdfast.engine.manifest;

import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.run.BackupId;
import io.holdfast.engine.run.InstallationName;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.engine.run.Trigger;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a backup holds, when, why, by what, and its checksums: {@code manifest.json}.
 *
 * @param runId the run that made it
 * @param backupId its random name
 * @param status how the run stands
 * @param trigger why the run started
 * @param safetyFor the restore run that this is the safety backup of, if it is one
 * @param requested names of the components that were asked for; empty for a full backup
 * @param startedAt when the run started, by the clock of the source
 * @param finishedAt when it ended; empty while it runs
 * @param receivedAt when the repository completed it, by the repository's own clock; what retention
 *     goes by
 * @param installation the installation whose backup it is; empty if it was given no name
 * @param host name of the machine
 * @param softwareVersion version of Holdfast
 * @param compression how it is stored: {@code none}, {@code gzip}, {@code zstd}
 * @param components what it holds, in the order of their names
 * @param failure why the run as a whole failed; empty if it did not, or if its components say it
 */
public record Manifest(
    RunId runId,
    BackupId backupId,
    RunStatus status,
    Trigger trigger,
    Optional<RunId> safetyFor,
    List<ComponentName> requested,
    Instant startedAt,
    Optional<Instant> finishedAt,
    Optional<Instant> receivedAt,
    Optional<InstallationName> installation,
    String host,
    String softwareVersion,
    String compression,
    List<ComponentRecord> components,
    Optional<ComponentRecord.Failure> failure) {

  /**
   * The newest version of the format that this software reads. It is written where an installation
   * is named, which readers of version 1 must not pass over, since their retention would count the
   * backup as their own; otherwise version 1 is.
   */
  public static final int FORMAT_VERSION = 2;

  /** The version of the format that knows no installations. */
  static final int WITHOUT_INSTALLATION = 1;

  /** The name of the file. */
  public static final String FILE_NAME = "manifest.json";

  public Manifest {
    requested = List.copyOf(requested);
    components = List.copyOf(components);
    var names = new java.util.HashSet<ComponentName>();
    for (ComponentRecord component : components) {
      if (!names.add(component.name())) {
        throw new IllegalArgumentException(
            "component " + component.name() + " stands twice in the manifest of " + runId);
      }
    }
  }

  /** Bytes of content of all artifacts, uncompressed. */
  public long sizeBytes() {
    return components.stream().mapToLong(ComponentRecord::sizeBytes).sum();
  }

  public Optional<ComponentRecord> component(ComponentName name) {
    return components.stream().filter(c -> c.name().equals(name)).findFirst();
  }

  /**
   * Why nothing was published: the run's own failure, else that of the component to blame. A
   * component that was only cancelled because another failed is not, nor is an optional one where a
   * critical one failed; one that is absent did not fail.
   */
  public Optional<ComponentRecord.Failure> cause() {
    return failure.or(() ->
        components.stream()
            .filter(c -> c.failure().isPresent() && c.status() != ComponentStatus.ABSENT)
            .min(
                Comparator.comparing((ComponentRecord c) -> c.status() == ComponentStatus.CANCELLED)
                    .thenComparing(c -> !c.critical()))
            .flatMap(ComponentRecord::failure));
  }

  /** The version of the format that this manifest has. */
  int formatVersion() {
    return installation.isPresent() ? FORMAT_VERSION : WITHOUT_INSTALLATION;
  }

  /** Whether all components of the installation were asked for. */
  public boolean isFull() {
    return requested.isEmpty();
  }

  /** Whether this is the backup of live state that a restore took first. */
  public boolean isSafetyBackup() {
    return safetyFor.isPresent();
  }
}
