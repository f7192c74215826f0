package io.holdfast.testkit.handler;

import io.holdfast.engine.configuration.Settings;
import io.holdfast.engine.file.FilePath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Settings from a map of texts, as a handler's {@code source()} writes them: a list is its items
 * joined by line feeds. Paths are absolute. Problems are collected in {@link #problems}.
 */
public final class MapSettings implements Settings {
  private static final Pattern DURATION = Pattern.compile("([1-9][0-9]*)(ms|s|m|h|d)");

  private final Map<String, String> values;
  private final Set<String> asked = new HashSet<>();
  private final List<String> problems = new ArrayList<>();

  public MapSettings(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /** What was wrong, each as {@code key: found, allowed}; keys that nobody asked for included. */
  public List<String> problems() {
    var all = new ArrayList<>(problems);
    values.keySet().stream()
        .filter(key -> !asked.contains(key))
        .sorted()
        .forEach(key -> all.add(key + ": unknown key"));
    return all;
  }

  @Override
  public String location() {
    return "components.test";
  }

  @Override
  public boolean has(String key) {
    asked.add(key);
    return values.containsKey(key);
  }

  @Override
  public String text(String key) {
    return optionalText(key)
        .orElseGet(() -> {
          problem(key, "nothing", "a text");
          return "";
        });
  }

  @Override
  public Optional<String> optionalText(String key) {
    asked.add(key);
    return Optional.ofNullable(values.get(key));
  }

  @Override
  public FilePath path(String key) {
    return optionalPath(key)
        .orElseGet(() -> {
          problem(key, "nothing", "a path");
          return FilePath.of("/");
        });
  }

  @Override
  public Optional<FilePath> optionalPath(String key) {
    return optionalText(key).map(text -> toPath(key, text));
  }

  private FilePath toPath(String key, String text) {
    try {
      return FilePath.of(text);
    } catch (IllegalArgumentException e) {
      problem(key, text, "an absolute path");
      return FilePath.of("/");
    }
  }

  @Override
  public List<FilePath> paths(String key) {
    return texts(key).stream().map(text -> toPath(key, text)).toList();
  }

  @Override
  public List<String> texts(String key) {
    return optionalText(key).map(text -> text.lines().toList()).orElse(List.of());
  }

  @Override
  public boolean flag(String key, boolean otherwise) {
    return switch (optionalText(key).orElse("")) {
      case "" -> otherwise;
      case "true" -> true;
      case "false" -> false;
      case String other -> {
        problem(key, other, "true or false");
        yield otherwise;
      }
    };
  }

  @Override
  public int number(String key, int otherwise, int least, int most) {
    Optional<String> text = optionalText(key);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text.get());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, with the range.
    }
    problem(key, text.get(), "a whole number from " + least + " to " + most);
    return otherwise;
  }

  @Override
  public Duration duration(String key, Duration otherwise) {
    Optional<String> text = optionalText(key);
    if (text.isEmpty()) {
      return otherwise;
    }
    Matcher form = DURATION.matcher(text.get());
    if (!form.matches()) {
      problem(key, text.get(), "a length of time such as 30s");
      return otherwise;
    }
    long amount = Long.parseLong(form.group(1));
    return switch (form.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  @Override
  public <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) {
    Optional<String> text = optionalText(key);
    if (text.isEmpty()) {
      return otherwise;
    }
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(text.get().replace('-', '_'))) {
        return constant;
      }
    }
    problem(key, text.get(), List.of(type.getEnumConstants()).toString());
    return otherwise;
  }

  @Override
  public Settings section(String key) {
    asked.add(key);
    return new MapSettings(Map.of());
  }

  @Override
  public List<String> keys() {
    return values.keySet().stream().sorted().toList();
  }

  @Override
  public void problem(String key, String found, String allowed) {
    problems.add(key + ": found " + found + ", allowed " + allowed);
  }
}
