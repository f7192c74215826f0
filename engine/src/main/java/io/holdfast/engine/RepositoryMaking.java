package io.holdfast.engine;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.installation.Environment;
import io.holdfast.engine.installation.Installation;
import io.holdfast.engine.installation.PlaceChecks;
import io.holdfast.engine.installation.UsedRepositories;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.repository.layout.RepositoryLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Makes the repository of an installation: by itself where there never was one, and elsewhere only
 * for somebody who asks for it. A disk that is not mounted leaves an empty directory behind, and a
 * new repository there would hide that the backups are away.
 */
record RepositoryMaking(Environment environment, Installation installation) {
  private static final String GUIDANCE =
      ", and try again. If the backups are gone for good, 'holdfast repository init' makes a"
          + " new repository there.";

  /** For a run: makes it where this installation has had none before. */
  void begin() throws IOException {
    new PlaceChecks(environment.files()).check(installation);
    Repository repository = installation.repository();
    // What was merely named is nobody's, and remembers nothing.
    boolean used = !installation.components().isEmpty() && isUsed();
    if (used) {
      requireThere(repository);
      resume(repository);
    } else {
      repository.create();
      remember(repository);
    }
  }

  /**
   * For somebody who wants one at this very place.
   *
   * @return whether it was not there before
   */
  boolean anew() throws IOException {
    new PlaceChecks(environment.files()).check(installation);
    Repository repository = installation.repository();
    boolean made = repository.isMade();
    repository.create();
    remember(repository);
    return !made;
  }

  /** Whether there was one before. */
  boolean isUsed() throws IOException {
    return used().contains(installation.repository().location());
  }

  private UsedRepositories used() {
    return new UsedRepositories(environment.files(), installation.state());
  }

  private void remember(Repository repository) throws IOException {
    if (!installation.components().isEmpty()) {
      used().add(repository.location());
    }
  }

  private void requireThere(Repository repository) throws IOException {
    Optional<FilePath> place = repository.place();
    if (place.isPresent() && isEmpty(place.get())) {
      throw away(repository, "the storage is probably not mounted", "Mount it");
    }
  }

  private static void resume(Repository repository) throws IOException {
    try {
      repository.resume();
    } catch (HoldfastException failed) {
      if (repository.place().isEmpty() && failed.context().containsKey(Repository.NOTHING_THERE)) {
        throw away(
            repository, "it was removed, or its storage is not mounted there", "Bring it back");
      }
      throw failed;
    }
  }

  private static HoldfastException away(Repository repository, String why, String instead) {
    return new HoldfastException(
        ErrorCode.REPOSITORY_UNAVAILABLE,
        "there is nothing at "
            + repository.location()
            + ", where this installation keeps its backups: "
            + why,
        instead + GUIDANCE);
  }

  private boolean isEmpty(FilePath place) throws IOException {
    FileLayer files = environment.files();
    if (files.find(place).isEmpty()) {
      return true;
    }
    FilePath real = files.resolveLinks(place);
    return files.follow(real).isDirectory()
        && files.list(real).stream()
            .map(name -> new String(name, StandardCharsets.ISO_8859_1))
            .allMatch(name ->
                RepositoryLayout.isNothing(name)
                    || real.resolve(name).equals(installation.state()));
  }
}
