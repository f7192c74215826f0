package io.holdfast.engine.configuration;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.ReadableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Settings that were read, and the end of reading them: bind {@link #settings}, then call {@link
 * #done}, which tells everything that was wrong at once. Not thread-safe.
 */
public final class SettingsDocument {
  private final Problems problems;
  private final Value.Mapping root;
  private final PathRule paths;
  private final ValueSettings settings;
  private final boolean strict;

  private SettingsDocument(Problems problems, Value.Mapping root, PathRule paths, boolean strict) {
    this.problems = problems;
    this.root = root;
    this.paths = paths;
    this.settings = new ValueSettings("", root, problems, paths);
    this.strict = strict;
  }

  /**
   * Reads a configuration file: YAML 1.2 in UTF-8, one mapping, at most 1 MiB. Text that is not
   * YAML is told at once, since nothing else could be told rightly.
   *
   * @param file where it is; may be a symbolic link. Relative paths in it are taken from the
   *     directory of this name, not of the link's target
   * @param home what {@code ~} stands for, if the user has a home
   * @throws HoldfastException {@code CONFIGURATION_INVALID}
   */
  public static SettingsDocument read(FilePath file, FileLayer files, Optional<FilePath> home) {
    return yaml(file, content(file, files), home);
  }

  /** The same for text that was read already. */
  public static SettingsDocument yaml(FilePath file, byte[] content, Optional<FilePath> home) {
    var problems = new Problems(file.toString());
    Value.Mapping root = YamlText.read(content, problems).orElseThrow(problems::exception);
    var paths = new PathRule(Optional.of(file.parent()), home);
    return new SettingsDocument(problems, root, paths, true);
  }

  /**
   * Settings from names and values without places, such as those that a manifest keeps of a
   * component's source. Several texts stand one a line; paths are absolute. Keys that nobody asks
   * for are passed over: in a restore, what an older Holdfast does not know must not stand in the
   * way.
   *
   * @param origin where they come from, for people
   */
  public static SettingsDocument of(String origin, Map<String, String> values) {
    var entries = new LinkedHashMap<String, Value.Entry>();
    values.forEach((key, text) ->
        entries.put(
            key,
            new Value.Entry(
                Place.NOWHERE, new Value.Scalar(text, Value.Scalar.Form.LINES, Place.NOWHERE))));
    var problems = new Problems(origin);
    var root = new Value.Mapping(entries, Place.NOWHERE);
    var paths = new PathRule(Optional.empty(), Optional.empty());
    return new SettingsDocument(problems, root, paths, false);
  }

  /**
   * The same settings, to be read once more, but for one key of a mapping at the root, which has
   * another text, held to the same rules. Keys that nobody asks for are passed over.
   *
   * @param origin where that text comes from, for people
   */
  public SettingsDocument with(String origin, String section, String key, String text) {
    var inner = new LinkedHashMap<String, Value.Entry>();
    if (root.entries().get(section) instanceof Value.Entry(_, Value.Mapping mapping)) {
      inner.putAll(mapping.entries());
    }
    var value = new Value.Scalar(text, Value.Scalar.Form.ONE, Place.NOWHERE);
    inner.put(key, new Value.Entry(Place.NOWHERE, value));
    var outer = new LinkedHashMap<>(root.entries());
    outer.put(section, new Value.Entry(Place.NOWHERE, new Value.Mapping(inner, Place.NOWHERE)));
    return new SettingsDocument(
        new Problems(origin), new Value.Mapping(outer, Place.NOWHERE), paths, false);
  }

  /** The mapping at the root. */
  public Settings settings() {
    return settings;
  }

  /**
   * Ends reading.
   *
   * @throws HoldfastException {@code CONFIGURATION_INVALID} with all problems, unknown keys
   *     included, if there are any; its cause is {@link InvalidSettings}
   */
  public void done() {
    if (strict) {
      settings.reportUnknownKeys();
    }
    problems.throwIfAny();
  }

  /** What was wrong so far, without unknown keys, in the order of the file. */
  public List<Problem> problems() {
    return problems.all();
  }

  /** The dotted names of all keys that were asked for so far, in ascending order. */
  public Set<String> askedKeys() {
    var asked = new TreeSet<String>();
    settings.collectAsked(asked);
    return asked;
  }

  private static byte[] content(FilePath file, FileLayer files) {
    try (ReadableFile reader = files.open(files.resolveLinks(file))) {
      var buffer = ByteBuffer.allocate(YamlText.MOST_BYTES + 1);
      while (buffer.hasRemaining() && reader.read(buffer, buffer.position()) >= 0) {
        // Goes on until the end, or until it is clear that the file is too large.
      }
      return Arrays.copyOf(buffer.array(), buffer.position());
    } catch (IOException unreadable) {
      throw new HoldfastException(
              ErrorCode.CONFIGURATION_INVALID,
              "the configuration cannot be read: " + unreadable.getMessage(),
              "Name a readable YAML file with --config.",
              unreadable)
          .with("file", file.toString());
    }
  }
}
