package io.holdfast.cli.local;

import io.holdfast.cli.terminal.Surroundings;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the configuration: the first that is there, of the places where one may be. */
public final class ConfigurationFile {
  private static final String EXAMPLE =
      """
      Write a file such as this to one of these places, or name one with --config:

        backup:
          path: /var/backups/platform
        components:
          app-db:
            kind: sqlite
            path: /srv/app/app.db
          uploads:
            kind: directory
            path: /srv/app/uploads

      docs/configuration.md describes every key.\
      """;

  private final Surroundings surroundings;
  private final FileLayer files;

  public ConfigurationFile(Surroundings surroundings, FileLayer files) {
    this.surroundings = surroundings;
    this.files = files;
  }

  /**
   * The configuration to use. One that was named is not looked for: if it cannot be read, reading
   * it says so.
   *
   * @param named by an option
   * @throws HoldfastException {@code CONFIGURATION_INVALID} if there is none
   */
  public FilePath find(Optional<String> named) throws IOException {
    Optional<String> chosen = named.or(() -> surroundings.variable("HOLDFAST_CONFIG"));
    if (chosen.isPresent()) {
      return Paths.resolve(chosen.get(), surroundings);
    }
    List<FilePath> places = places();
    for (FilePath place : places) {
      if (files.find(place).isPresent()) {
        return place;
      }
    }
    throw new HoldfastException(
        ErrorCode.CONFIGURATION_INVALID,
        "there is no configuration; looked for "
            + places.stream().map(FilePath::toString).collect(Collectors.joining(", "))
            + " (and $HOLDFAST_CONFIG is not set)",
        EXAMPLE);
  }

  private List<FilePath> places() {
    var places = new ArrayList<FilePath>();
    places.add(surroundings.directory().resolve("holdfast.yaml"));
    surroundings
        .variable("XDG_CONFIG_HOME")
        .filter(path -> path.startsWith("/"))
        .map(FilePath::of)
        .or(() -> surroundings.home().map(home -> home.resolve(".config")))
        .ifPresent(path -> places.add(path.resolve("holdfast/holdfast.yaml")));
    places.add(FilePath.of("/etc/holdfast/holdfast.yaml"));
    return places;
  }
}
