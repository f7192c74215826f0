package io.holdfast.engine.installation;

import io.holdfast.engine.component.Component;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Refuses installations whose parts lie inside one another, judged by where symbolic links really
 * lead: a repository inside a component would back up itself and be swapped away by a restore; a
 * component inside another would be restored twice, to two instants. Tells of other places whether
 * they would be mixed up with a part of an installation.
 */
public final class PlaceChecks {
  private final FileLayer files;

  public PlaceChecks(FileLayer files) {
    this.files = files;
  }

  /**
   * Checks all components against each other and against the installation's own places.
   *
   * @throws HoldfastException {@code CONFIGURATION_INVALID} that tells every conflict
   */
  public void check(Installation installation) throws IOException {
    List<String> problems = new ArrayList<>();
    List<FilePath> own = new ArrayList<>();
    own.add(installation.state());
    installation.repository().place().ifPresent(own::add);
    for (Component component : installation.components()) {
      for (FilePath place : component.handler().places()) {
        FilePath real = real(place);
        for (FilePath path : own) {
          FilePath taken = real(path);
          if (taken.startsWith(real)) {
            problems.add(
                path
                    + " holds the backups and lies inside component "
                    + component.name()
                    + " ("
                    + place
                    + ")");
          } else if (real.startsWith(taken)) {
            problems.add(
                "component "
                    + component.name()
                    + " ("
                    + place
                    + ") lies inside the place of the backups, "
                    + path);
          }
        }
        for (Component other : installation.components()) {
          if (!other.name().equals(component.name())) {
            nested(component, place, other, problems);
          }
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new HoldfastException(
          ErrorCode.CONFIGURATION_INVALID,
          String.join("\n", problems.stream().distinct().toList()),
          "Keep the repository outside of all components, and let an outer component exclude an inner one.");
    }
  }

  /**
   * What a place would be mixed up with: a part of the installation that it lies in, or that lies
   * in it.
   *
   * @param place need not exist
   * @return as in "lies in the repository, /var/backups"; empty if it is apart from all of it
   */
  public Optional<String> overlap(Installation installation, FilePath place) throws IOException {
    FilePath real = real(place);
    Optional<FilePath> repository = installation.repository().place();
    if (repository.isPresent()) {
      Optional<String> told = overlap(real, repository.get(), "the repository, ");
      if (told.isPresent()) {
        return told;
      }
    }
    Optional<String> told = overlap(real, installation.state(), "the state directory, ");
    if (told.isPresent()) {
      return told;
    }
    for (Component component : installation.components()) {
      for (FilePath path : component.handler().places()) {
        told = overlap(real, path, "component " + component.name() + ", ");
        if (told.isPresent()) {
          return told;
        }
      }
    }
    return Optional.empty();
  }

  /** Whether a place is another or lies below it; neither need exist. */
  public boolean isWithin(FilePath place, FilePath around) throws IOException {
    return real(place).startsWith(real(around));
  }

  private Optional<String> overlap(FilePath real, FilePath part, String what) throws IOException {
    FilePath taken = real(part);
    if (real.startsWith(taken)) {
      return Optional.of((real.equals(taken) ? "is " : "lies in ") + what + part);
    }
    return taken.startsWith(real) ? Optional.of("holds " + what + part) : Optional.empty();
  }

  private void nested(Component outer, FilePath place, Component inner, List<String> problems)
      throws IOException {
    FilePath realOuter = real(place);
    for (FilePath path : inner.handler().places()) {
      FilePath realInner = real(path);
      // Equal places are told once, by the component whose name comes first.
      boolean told = realInner.equals(realOuter) && inner.name().compareTo(outer.name()) < 0;
      if (!told
          && realInner.startsWith(realOuter)
          && covers(outer, place, path, realOuter, realInner)) {
        problems.add(
            "component "
                + inner.name()
                + " ("
                + path
                + ") lies inside component "
                + outer.name()
                + " ("
                + place
                + ")");
      }
    }
  }

  private static boolean covers(
      Component outer, FilePath place, FilePath path, FilePath realOuter, FilePath realInner) {
    if (path.startsWith(place)) {
      return outer.handler().covers(path);
    }
    // Reached through a link: ask about the same path as seen from the outer component's own name
    // for itself.
    return realInner.equals(realOuter)
        || outer.handler().covers(place.resolve(realInner.bytesBelow(realOuter)));
  }

  /** Where a path really leads; of one that does not exist, where it would lie. */
  private FilePath real(FilePath path) throws IOException {
    List<byte[]> missing = new ArrayList<>();
    FilePath at = path;
    while (files.find(at).isEmpty() && at.length() > 1) {
      missing.add(at.name());
      at = at.parent();
    }
    FilePath real;
    try {
      real = files.resolveLinks(at);
    } catch (IOException dangling) {
      // A link that leads nowhere, or a parent that may not be searched: judged by its name.
      real = at;
    }
    for (byte[] name : missing.reversed()) {
      real =
          switch (FilePath.display(name)) {
            case "." -> real;
            case ".." -> real.parent();
            default -> real.resolve(name);
          };
    }
    return real;
  }
}
