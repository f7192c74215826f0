package io.holdfast.engine.configuration;

import io.holdfast.engine.file.FilePath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Settings over values that were read. */
final class ValueSettings implements Settings {
  private static final String STAND_IN = "unset";
  private static final FilePath STAND_IN_PATH = FilePath.of("/unset");

  private final String location;
  private final Value.Mapping mapping;
  private final @Nullable Problems problems;
  private final PathRule paths;
  private final Set<String> asked = new TreeSet<>();
  private final Map<String, ValueSettings> sections = new LinkedHashMap<>();

  /**
   * @param location the dotted name of the mapping; empty for the root
   * @param problems where problems go; null if they follow from one that was told already
   */
  ValueSettings(
      String location, Value.Mapping mapping, @Nullable Problems problems, PathRule paths) {
    this.location = location;
    this.mapping = mapping;
    this.problems = problems;
    this.paths = paths;
  }

  @Override
  public String location() {
    return location;
  }

  @Override
  public boolean has(String key) {
    asked.add(key);
    return mapping.entries().containsKey(key);
  }

  @Override
  public String text(String key) {
    return required(key, "a text", this::asText, STAND_IN);
  }

  @Override
  public Optional<String> optionalText(String key) {
    return optional(key, "a text", this::asText);
  }

  @Override
  public FilePath path(String key) {
    return required(key, paths.inWords(), this::asPath, STAND_IN_PATH);
  }

  @Override
  public Optional<FilePath> optionalPath(String key) {
    return optional(key, paths.inWords(), this::asPath);
  }

  @Override
  public List<FilePath> paths(String key) {
    return list(key, paths.inWords(), this::asPath);
  }

  @Override
  public List<String> texts(String key) {
    return list(key, "a text", this::asText);
  }

  @Override
  public boolean flag(String key, boolean otherwise) {
    return optional(key, "true or false", ValueSettings::asFlag).orElse(otherwise);
  }

  @Override
  public int number(String key, int otherwise, int least, int most) {
    String allowed = "a whole number from " + least + " to " + most;
    return optional(
            key,
            allowed,
            value -> asNumber(value).filter(number -> number >= least && number <= most))
        .orElse((long) otherwise)
        .intValue();
  }

  @Override
  public Duration duration(String key, Duration otherwise) {
    return optional(key, DurationText.IN_WORDS, value -> scalar(value).flatMap(DurationText::parse))
        .orElse(otherwise);
  }

  @Override
  public <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) {
    var words = new LinkedHashMap<String, E>();
    for (E constant : type.getEnumConstants()) {
      words.put(constant.name().toLowerCase(Locale.ROOT), constant);
    }
    String written = value(key).flatMap(ValueSettings::scalar).orElse("");
    return optional(
            key,
            Likeness.oneOf(written, words.keySet()),
            value ->
                scalar(value)
                    .flatMap(text -> Optional.ofNullable(words.get(text.replace('-', '_')))))
        .orElse(otherwise);
  }

  @Override
  public Settings section(String key) {
    ValueSettings section = sections.get(key);
    if (section == null) {
      section = newSection(key);
      sections.put(key, section);
    }
    return section;
  }

  private ValueSettings newSection(String key) {
    asked.add(key);
    Value value = value(key).orElse(new Value.Nothing(mapping.place()));
    return switch (value) {
      case Value.Mapping inner -> new ValueSettings(dotted(key), inner, problems, paths);
      case Value.Nothing nothing ->
          new ValueSettings(
              dotted(key), new Value.Mapping(Map.of(), nothing.place()), problems, paths);
      case Value.Scalar _, Value.Sequence _ -> {
        problem(key, value.inWords(), "a mapping of keys to values");
        yield new ValueSettings(
            dotted(key), new Value.Mapping(Map.of(), value.place()), null, paths);
      }
    };
  }

  @Override
  public List<String> keys() {
    return List.copyOf(mapping.entries().keySet());
  }

  @Override
  public void problem(String key, String found, String allowed) {
    asked.add(key);
    Value.Entry entry = mapping.entries().get(key);
    report(entry == null ? mapping.place() : entry.value().place(), key, found, allowed);
  }

  /** Reports the keys that nobody asked for, here and in the sections that were asked for. */
  void reportUnknownKeys() {
    mapping
        .entries()
        .forEach((key, entry) -> {
          if (!asked.contains(key)) {
            report(entry.key(), key, "an unknown key", Likeness.oneOf(key, asked));
          }
        });
    sections.values().forEach(ValueSettings::reportUnknownKeys);
  }

  /** The dotted names of all keys that were asked for, here and below. */
  void collectAsked(Set<String> into) {
    asked.forEach(key -> into.add(dotted(key)));
    sections.values().forEach(section -> section.collectAsked(into));
  }

  private <T> T required(
      String key, String allowed, Function<Value, Optional<T>> reading, T standIn) {
    if (!has(key)) {
      problem(key, "nothing", allowed);
      return standIn;
    }
    return optional(key, allowed, reading).orElse(standIn);
  }

  private <T> Optional<T> optional(
      String key, String allowed, Function<Value, Optional<T>> reading) {
    Optional<Value> value = value(key);
    Optional<T> read = value.flatMap(reading);
    if (value.isPresent() && read.isEmpty()) {
      problem(key, value.get().inWords(), allowed);
    }
    return read;
  }

  private <T> List<T> list(String key, String allowed, Function<Value, Optional<T>> reading) {
    List<Value> items =
        value(key)
            .map(value ->
                switch (value) {
                  case Value.Sequence sequence -> sequence.items();
                  case Value.Scalar scalar -> lines(scalar);
                  default -> List.of(value);
                })
            .orElse(List.of());
    var read = new ArrayList<T>(items.size());
    for (Value item : items) {
      Optional<T> one = reading.apply(item);
      one.ifPresent(read::add);
      if (one.isEmpty()) {
        report(item.place(), key, item.inWords(), allowed + ", or a list of such");
      }
    }
    return List.copyOf(read);
  }

  private static List<Value> lines(Value.Scalar scalar) {
    if (scalar.form() == Value.Scalar.Form.ONE) {
      return List.of(scalar);
    }
    return scalar.text().isEmpty()
        ? List.of()
        : Arrays.stream(scalar.text().split("\n", -1))
            .map(line -> new Value.Scalar(line, Value.Scalar.Form.ONE, scalar.place()))
            .map(Value.class::cast)
            .toList();
  }

  private Optional<Value> value(String key) {
    asked.add(key);
    return Optional.ofNullable(mapping.entries().get(key)).map(Value.Entry::value);
  }

  private Optional<String> asText(Value value) {
    return scalar(value).filter(text -> !text.isEmpty());
  }

  private Optional<FilePath> asPath(Value value) {
    try {
      return scalar(value).map(paths::resolve);
    } catch (IllegalArgumentException _) {
      // The caller tells what was found and what is allowed, which says more.
      return Optional.empty();
    }
  }

  private static Optional<Boolean> asFlag(Value value) {
    return scalar(value)
        .filter(text -> text.equals("true") || text.equals("false"))
        .map(Boolean::valueOf);
  }

  private static Optional<Long> asNumber(Value value) {
    return scalar(value).filter(text -> text.matches("-?[0-9]{1,18}")).map(Long::valueOf);
  }

  private static Optional<String> scalar(Value value) {
    return value instanceof Value.Scalar scalar ? Optional.of(scalar.text()) : Optional.empty();
  }

  private String dotted(String key) {
    return location.isEmpty() ? key : location + "." + key;
  }

  private void report(Place place, String key, String found, String allowed) {
    if (problems != null) {
      problems.add(place, dotted(key), found, allowed);
    }
  }
}
