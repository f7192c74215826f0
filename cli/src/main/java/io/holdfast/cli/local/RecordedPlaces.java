package io.holdfast.cli.local;

import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.installation.Kinds;
import java.util.List;
import java.util.Map;

/** Where a component lies, by what was written down of it. Looks at nothing but that. */
public final class RecordedPlaces {
  private RecordedPlaces() {}

  /**
   * The places of a component on whatever machine it is on.
   *
   * @param source what {@link io.holdfast.engine.component.ComponentHandler#source} said
   * @return what its kind says; what it was written down with, if that kind is not known here; at
   *     worst nothing
   */
  public static List<String> of(String name, String kind, Map<String, String> source) {
    try {
      return Kinds.onPath()
          .recorded("the server", new ComponentName(name), kind, source, PosixFileLayer.create())
          .places()
          .stream()
          .map(FilePath::toString)
          .toList();
    } catch (HoldfastException | IllegalArgumentException unknown) {
      String paths = source.getOrDefault("paths", source.getOrDefault("path", ""));
      return paths.lines().toList();
    }
  }
}
