package io.holdfast.engine.configuration;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML 1.2 into values with places.
 *
 * <p>It builds on the events of the parser, not on its nodes: composing nodes is recursive without
 * a bound, and expands aliases without a count, so that a file of a kilobyte could exhaust the
 * stack or the heap.
 */
final class YamlText {
  /** The largest file, in bytes. */
  static final int MOST_BYTES = 1 << 20;

  /** How deep lists and mappings may lie in one another. */
  static final int MOST_DEPTH = 32;

  /** How many values a file may have, with those that aliases repeat. */
  static final int MOST_VALUES = 100_000;

  private static final String YAML = "YAML 1.2";

  private final Problems problems;
  private final Map<Anchor, Value> anchors = new HashMap<>();
  private final Map<Value, Integer> sizes = new java.util.IdentityHashMap<>();
  private Iterator<Event> events = List.<Event>of().iterator();
  private int values;
  private int depth;

  private YamlText(Problems problems) {
    this.problems = problems;
  }

  /** The mapping at the root of the file; empty, with a problem, if there is none. */
  static Optional<Value.Mapping> read(byte[] content, Problems problems) {
    try {
      return new YamlText(problems).root(decode(content));
    } catch (Unreadable unreadable) {
      problems.add(unreadable.place, "", unreadable.found, unreadable.allowed);
    } catch (MarkedYamlEngineException malformed) {
      problems.add(place(malformed), "", syntax(malformed), YAML);
    } catch (ReaderException character) {
      problems.add(
          Place.NOWHERE,
          "",
          String.format("the control character U+%04X", character.getCodePoint()),
          "text without control characters");
    } catch (YamlEngineException other) {
      problems.add(Place.NOWHERE, "", String.valueOf(other.getMessage()), YAML);
    }
    return Optional.empty();
  }

  private static String decode(byte[] content) throws Unreadable {
    if (content.length > MOST_BYTES) {
      throw new Unreadable(
          Place.NOWHERE, content.length + " bytes", "at most " + MOST_BYTES + " bytes");
    }
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(content))
              .toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException malformed) {
      throw new Unreadable(Place.NOWHERE, "bytes that are not UTF-8", "text in UTF-8");
    }
  }

  private Optional<Value.Mapping> root(String text) throws Unreadable {
    events = new Parse(LoadSettings.builder().build()).parseString(text).iterator();
    Value.Mapping root = null;
    while (events.hasNext()) {
      Event event = events.next();
      if (event instanceof DocumentStartEvent) {
        if (root != null) {
          throw new Unreadable(place(event), "a second document", "one document in a file");
        }
        Value value = value(events.next());
        switch (value) {
          case Value.Mapping mapping -> root = mapping;
          case Value.Nothing nothing -> root = new Value.Mapping(Map.of(), nothing.place());
          case Value.Scalar _, Value.Sequence _ ->
              throw new Unreadable(value.place(), value.inWords(), "a mapping of keys to values");
        }
      } else if (event instanceof DocumentEndEvent) {
        anchors.clear();
      }
    }
    return Optional.of(root == null ? new Value.Mapping(Map.of(), new Place(1, 1)) : root);
  }

  private Value value(Event event) throws Unreadable {
    count(event, 1);
    if (event instanceof AliasEvent alias) {
      return repeat(alias);
    }
    int before = values;
    Value value =
        switch (event) {
          case ScalarEvent scalar -> scalar(scalar);
          case SequenceStartEvent sequence -> sequence(sequence);
          case MappingStartEvent mapping -> mapping(mapping);
          default -> throw new Unreadable(place(event), event.toString(), YAML);
        };
    if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
      anchors.put(node.getAnchor().get(), value);
      sizes.put(value, values - before);
    }
    return value;
  }

  private Value repeat(AliasEvent alias) throws Unreadable {
    Anchor anchor = alias.getAlias();
    Value value = anchors.get(anchor);
    if (value == null) {
      throw new Unreadable(
          place(alias),
          "the alias *" + anchor.getValue(),
          "an alias of an anchor that stands, whole, before it; a text that begins with * goes in"
              + " quotes");
    }
    count(alias, sizes.getOrDefault(value, 0));
    return value;
  }

  private Value scalar(ScalarEvent event) throws Unreadable {
    if (event.getTag().isPresent()
        && !event.getTag().get().startsWith("tag:yaml.org,2002:")
        && !event.getTag().get().equals("!")) {
      throw new Unreadable(place(event), "the tag " + event.getTag().get(), "values without tags");
    }
    String text = event.getValue();
    boolean plain = event.getScalarStyle() == ScalarStyle.PLAIN;
    boolean isNothing =
        plain && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
    return isNothing
        ? new Value.Nothing(place(event))
        : new Value.Scalar(text, Value.Scalar.Form.ONE, place(event));
  }

  private Value sequence(SequenceStartEvent start) throws Unreadable {
    deeper(start);
    var items = new java.util.ArrayList<Value>();
    for (Event event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) {
      items.add(value(event));
    }
    depth--;
    return new Value.Sequence(items, place(start));
  }

  private Value mapping(MappingStartEvent start) throws Unreadable {
    deeper(start);
    var entries = new LinkedHashMap<String, Value.Entry>();
    for (Event event = events.next(); !(event instanceof MappingEndEvent); event = events.next()) {
      Place place = place(event);
      Value key = value(event);
      Value value = value(events.next());
      if (!(key instanceof Value.Scalar name)) {
        problems.add(place, "", key.inWords() + " as a key", "a text as a key");
        continue;
      }
      Value.Entry earlier = entries.putIfAbsent(name.text(), new Value.Entry(place, value));
      if (earlier != null) {
        problems.add(
            place,
            "",
            "the key " + name.inWords() + " again, as in line " + earlier.key().line(),
            "each key once");
      }
    }
    depth--;
    return new Value.Mapping(entries, place(start));
  }

  private void deeper(Event event) throws Unreadable {
    if (++depth > MOST_DEPTH) {
      throw new Unreadable(
          place(event),
          "lists and mappings nested more than " + MOST_DEPTH + " deep",
          "at most " + MOST_DEPTH);
    }
  }

  private void count(Event event, int more) throws Unreadable {
    values += more;
    if (values > MOST_VALUES) {
      throw new Unreadable(
          place(event),
          "more than " + MOST_VALUES + " values, with those that aliases repeat",
          "at most " + MOST_VALUES);
    }
  }

  private static Place place(Event event) {
    return event
        .getStartMark()
        .map(mark -> new Place(mark.getLine() + 1, mark.getColumn() + 1))
        .orElse(Place.NOWHERE);
  }

  private static Place place(MarkedYamlEngineException malformed) {
    return malformed
        .getProblemMark()
        .or(malformed::getContextMark)
        .map(mark -> new Place(mark.getLine() + 1, mark.getColumn() + 1))
        .orElse(Place.NOWHERE);
  }

  /** The parser's own words, without its habit to blame every character on indentation. */
  private static String syntax(MarkedYamlEngineException malformed) {
    String problem = String.valueOf(malformed.getProblem());
    if (problem.contains("\\t(TAB)")) {
      return "a tab where only spaces may indent";
    }
    String words =
        problem
            .replaceFirst("[. ]*\\(Do not use .* for indentation\\)", "")
            .replaceFirst("^found ", "");
    String context = malformed.getContext();
    String full = context == null || context.isEmpty() ? words : words + " " + context;
    boolean quoting = problem.contains("cannot start any token") || full.contains("an alias");
    String hint = quoting ? "; a text that begins with a special character goes in quotes" : "";
    return "what is not YAML (" + full.strip() + hint + ")";
  }

  /** Ends reading; what comes after would only be told wrongly. */
  private static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Place place;
    private final String found;
    private final String allowed;

    Unreadable(Place place, String found, String allowed) {
      super(found);
      this.place = place;
      this.found = found;
      this.allowed = allowed;
    }
  }
}
