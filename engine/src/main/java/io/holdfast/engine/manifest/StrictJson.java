package io.holdfast.engine.manifest;

import io.avaje.json.JsonReader;
import io.avaje.json.JsonReader.Token;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Reads JSON without the leniency of its library: no unknown keys, no key twice, no null for a
 * number, no number for a text.
 *
 * <p>Nothing is ever skipped and nothing recurses but what the caller asks for, so that the depth
 * of what is read is the depth of the format. Whatever is wrong is an {@link
 * IllegalArgumentException} that says what.
 */
public final class StrictJson {
  private StrictJson() {}

  /**
   * Reads an object.
   *
   * @param field reads the value of a key and answers true, or answers false if there is no such
   *     key
   */
  public static void object(JsonReader json, Predicate<String> field) {
    expect(json, Token.BEGIN_OBJECT, "an object");
    json.beginObject();
    var seen = new HashSet<String>();
    while (json.hasNextField()) {
      String name = json.nextField();
      if (!seen.add(name)) {
        throw new IllegalArgumentException("key \"" + name + "\" stands twice");
      }
      if (!field.test(name)) {
        throw new IllegalArgumentException("unknown key \"" + name + "\"");
      }
    }
    json.endObject();
  }

  /** Reads an array. */
  public static <T> List<T> array(JsonReader json, Supplier<T> element) {
    expect(json, Token.BEGIN_ARRAY, "an array");
    var all = new ArrayList<T>();
    json.beginArray();
    while (json.hasNextElement()) {
      all.add(element.get());
    }
    json.endArray();
    return all;
  }

  public static String text(JsonReader json) {
    expect(json, Token.STRING, "a text");
    return json.readString();
  }

  public static long number(JsonReader json) {
    expect(json, Token.NUMBER, "a number");
    return json.readLong();
  }

  public static boolean flag(JsonReader json) {
    expect(json, Token.BOOLEAN, "true or false");
    return json.readBoolean();
  }

  private static void expect(JsonReader json, Token token, String words) {
    Token found = json.currentToken();
    if (found != token) {
      throw new IllegalArgumentException(words + " was expected " + json.location());
    }
  }
}
