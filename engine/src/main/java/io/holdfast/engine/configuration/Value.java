package io.holdfast.engine.configuration;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was written for a key, with its place; not yet understood. Immutable. */
sealed interface Value {
  Place place();

  /** How this is told in "found …"; never long, and without control characters. */
  String inWords();

  /**
   * A text, as it was written: what a number or a flag is, is for the one who asks.
   *
   * @param form how several texts would be written in it
   */
  record Scalar(String text, Form form, Place place) implements Value {
    /** What may be in a scalar. */
    enum Form {
      /** One text. */
      ONE,
      /** One text, or several, one a line. */
      LINES
    }

    @Override
    public String inWords() {
      return Problem.quoted(text);
    }
  }

  /** A key without a value. */
  record Nothing(Place place) implements Value {
    @Override
    public String inWords() {
      return "nothing";
    }
  }

  record Sequence(List<Value> items, Place place) implements Value {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String inWords() {
      return "a list";
    }
  }

  record Mapping(Map<String, Entry> entries, Place place) implements Value {
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    @Override
    public String inWords() {
      return "a mapping";
    }
  }

  /** One key of a mapping. */
  record Entry(Place key, Value value) {}
}
