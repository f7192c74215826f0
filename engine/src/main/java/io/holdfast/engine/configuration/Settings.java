package io.holdfast.engine.configuration;

import io.holdfast.engine.file.FilePath;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One mapping of a configuration, read key by key. Problems (a wrong type, a value out of range, a
 * missing key) are collected with their place in the file and told all at once; the value then
 * returned is a harmless stand-in. Keys that nobody asked for are problems too.
 *
 * <p>Not thread-safe; used while binding only.
 */
public interface Settings {
  /** Where this mapping stands, as a dotted path: {@code components.app-db}. */
  String location();

  /** Whether the key is there. Asking makes it known. */
  boolean has(String key);

  /** A text that must be there. */
  String text(String key);

  Optional<String> optionalText(String key);

  /**
   * A path that must be there. A relative one is taken from the directory of the configuration
   * file; {@code ~/} is the user's home.
   */
  FilePath path(String key);

  Optional<FilePath> optionalPath(String key);

  /** A list of paths; a single one may stand without the list. Empty if the key is missing. */
  List<FilePath> paths(String key);

  /** A list of texts; a single one may stand without the list. Empty if the key is missing. */
  List<String> texts(String key);

  boolean flag(String key, boolean otherwise);

  /** A whole number within bounds, both included. */
  int number(String key, int otherwise, int least, int most);

  /** A positive length of time, such as {@code 30s}, {@code 10m}, {@code 6h}, {@code 2d}. */
  Duration duration(String key, Duration otherwise);

  /** One of the constants of an enum, written in lowercase with dashes or underscores. */
  <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise);

  /** A nested mapping; an empty one if the key is missing. */
  Settings section(String key);

  /** The names of the keys of this mapping, in the order of the file. */
  List<String> keys();

  /** Reports a problem with a key's value: what is wrong, and what is allowed. */
  void problem(String key, String found, String allowed);
}
