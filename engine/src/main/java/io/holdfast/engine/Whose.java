package io.holdfast.engine;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.installation.Installation;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.run.InstallationName;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whose backups are meant, in a repository that several installations share. */
final class Whose {
  private Whose() {}

  /**
   * Whose {@code latest} is meant. Where there is nothing but a repository, no configuration says
   * which installation is: then it is the one that has backups there.
   *
   * @return empty for the backups without a name
   * @throws HoldfastException {@code USAGE} if several have some, and nobody says which is meant
   */
  static Optional<InstallationName> latest(Installation installation, List<BackupEntry> entries) {
    if (installation.name().isPresent() || !installation.components().isEmpty()) {
      return installation.name();
    }
    List<Optional<InstallationName>> owners =
        entries.stream()
            .filter(BackupEntry.Readable.class::isInstance)
            .map(entry -> ((BackupEntry.Readable) entry).manifest().installation())
            .distinct()
            .toList();
    if (owners.size() > 1) {
      throw new HoldfastException(
          ErrorCode.USAGE,
          "'latest' of which installation? "
              + installation.repository().location()
              + " holds backups of "
              + owners.stream()
                  .map(owner -> owner.map(InstallationName::value).orElse("one without a name"))
                  .collect(Collectors.toCollection(TreeSet::new))
                  .stream()
                  .collect(Collectors.joining(", ")),
          "Name a backup by its id, or restore with --installation NAME; 'holdfast backup list'"
              + " shows which is whose.");
    }
    return owners.isEmpty() ? Optional.empty() : owners.getFirst();
  }

  /** The end of a sentence about backups of one of several installations. */
  static String of(Optional<InstallationName> own) {
    return own.map(name -> " and is of the installation " + name)
        .orElse(" and carries no name of an installation");
  }
}
