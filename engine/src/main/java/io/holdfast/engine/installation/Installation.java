package io.holdfast.engine.installation;

import io.holdfast.engine.component.Component;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.retention.RetentionPolicy;
import io.holdfast.engine.run.InstallationName;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is protected and where its backups go: a configuration that has been read and bound.
 *
 * @param name tells its backups from those of others in the same repository; empty for one whose
 *     backups are those without a name
 * @param repository where backups are kept
 * @param state directory of the installation's own state: lock, sequence, journals of restores;
 *     local to this machine
 * @param components what is protected, in the order of their names
 * @param compression how backups are stored unless the request says otherwise
 * @param retention which backups to keep
 * @param timeout how long a whole run may take; positive
 * @param parallelism how many components are transferred at once, 1 or more
 * @param automation what a server does by itself
 */
public record Installation(
    Optional<InstallationName> name,
    Repository repository,
    FilePath state,
    List<Component> components,
    Compression compression,
    RetentionPolicy retention,
    Duration timeout,
    int parallelism,
    Automation automation) {

  /** How long a run may take when nothing is configured. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofHours(12);

  public Installation {
    components = components.stream().sorted(Comparator.comparing(Component::name)).toList();
    if (!timeout.isPositive() || parallelism < 1) {
      throw new IllegalArgumentException(
          "timeout and parallelism must be positive: " + timeout + ", " + parallelism);
    }
  }

  /** The same, with its backups kept elsewhere; its own state stays where it is. */
  public Installation withRepository(Repository elsewhere) {
    return new Installation(
        name,
        elsewhere,
        state,
        components,
        compression,
        retention,
        timeout,
        parallelism,
        automation);
  }

  /** The same, with its backups stored and kept by other rules. */
  public Installation withPolicy(Compression stored, RetentionPolicy kept) {
    return new Installation(
        name, repository, state, components, stored, kept, timeout, parallelism, automation);
  }

  /** The same, with the backups of this name as its own. */
  public Installation named(InstallationName other) {
    return new Installation(
        Optional.of(other),
        repository,
        state,
        components,
        compression,
        retention,
        timeout,
        parallelism,
        automation);
  }

  /** Whether a backup is one of its own: those of other names are none of its business. */
  public boolean owns(Manifest backup) {
    return backup.installation().equals(name);
  }

  public Optional<Component> component(ComponentName name) {
    return components.stream().filter(c -> c.name().equals(name)).findFirst();
  }
}
