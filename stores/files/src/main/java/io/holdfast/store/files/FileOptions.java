package io.holdfast.store.files;

import io.holdfast.engine.configuration.Settings;
import io.holdfast.engine.file.FilePath;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The settings of a component of kind {@code file}.
 *
 * @param paths the files, in ascending order, each once; at least one unless the settings have
 *     problems
 */
record FileOptions(List<FilePath> paths) {
  FileOptions {
    paths = List.copyOf(new TreeSet<>(paths));
  }

  /** Binds settings; problems go into them. */
  static FileOptions of(Settings settings) {
    if (settings.has("path") && settings.has("paths")) {
      settings.problem("paths", "both 'path' and 'paths'", "one of them");
    }
    if (!settings.has("paths")) {
      return new FileOptions(List.of(settings.path("path")));
    }
    List<FilePath> paths = settings.paths("paths");
    if (paths.isEmpty()) {
      settings.problem("paths", "no path", "at least one path");
    }
    return new FileOptions(paths);
  }

  /** The settings that a restore needs. */
  Map<String, String> toSource() {
    return paths.size() == 1
        ? Map.of("path", paths.getFirst().toString())
        : Map.of("paths", paths.stream().map(FilePath::toString).collect(Collectors.joining("\n")));
  }
}
