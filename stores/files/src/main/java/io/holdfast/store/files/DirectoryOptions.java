package io.holdfast.store.files;

import io.holdfast.engine.configuration.Settings;
import io.holdfast.engine.file.FilePath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The settings of a component of kind {@code directory}.
 *
 * @param path the directory, or a link to it
 * @param selection what of it is protected
 * @param oneFileSystem whether what is mounted below it is left out
 * @param pause how its application is held while it is read
 */
record DirectoryOptions(FilePath path, Selection selection, boolean oneFileSystem, Pause pause) {
  private static final Duration PAUSE_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

  /** Binds settings; problems go into them. */
  static DirectoryOptions of(Settings settings) {
    FilePath path = settings.path("path");
    var selection = new Selection(patterns(settings, "include"), patterns(settings, "exclude"));
    boolean oneFileSystem = settings.flag("one_file_system", false);
    Duration timeout = settings.duration("pause_timeout", PAUSE_TIMEOUT);
    Optional<SourceCommand> pause = command(settings, "pause", timeout);
    Optional<SourceCommand> resume = command(settings, "resume", timeout);
    if (pause.isPresent() && resume.isEmpty()) {
      settings.problem(
          "pause",
          "a pause without a resume",
          "a 'resume' command too, so that the application is let go again");
    }
    return new DirectoryOptions(
        path, selection, oneFileSystem, new Pause(pause, resume, RETRY_DELAY));
  }

  private static List<GlobPattern> patterns(Settings settings, String key) {
    var patterns = new ArrayList<GlobPattern>();
    for (String text : settings.texts(key)) {
      try {
        patterns.add(GlobPattern.parse(text));
      } catch (IllegalArgumentException e) {
        settings.problem(
            key,
            "'" + text + "', " + e.getMessage(),
            "patterns such as *.tmp, cache/ or /data/**/lock");
      }
    }
    return patterns;
  }

  private static Optional<SourceCommand> command(Settings settings, String key, Duration timeout) {
    List<String> arguments = settings.texts(key);
    if (arguments.isEmpty()) {
      return Optional.empty();
    }
    if (arguments.getFirst().isBlank()) {
      settings.problem(key, "an empty program", "a list of a program and its arguments");
      return Optional.empty();
    }
    return Optional.of(new SourceCommand(key, arguments, timeout));
  }

  /**
   * The settings that a restore needs. Commands stay out: a restore does not run them, and their
   * arguments may hold what is nobody else's business.
   */
  Map<String, String> toSource() {
    var source = new LinkedHashMap<String, String>();
    source.put("path", path.toString());
    putPatterns(source, "include", selection.include());
    putPatterns(source, "exclude", selection.exclude());
    if (oneFileSystem) {
      source.put("one_file_system", "true");
    }
    return source;
  }

  private static void putPatterns(
      Map<String, String> source, String key, List<GlobPattern> patterns) {
    if (!patterns.isEmpty()) {
      source.put(
          key, patterns.stream().map(GlobPattern::toString).collect(Collectors.joining("\n")));
    }
  }
}
