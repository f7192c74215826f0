package io.holdfast.vault.crypto;

import io.avaje.json.JsonEofException;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonReader.Token;
import io.avaje.json.stream.BufferRecycleStrategy;
import io.avaje.json.stream.JsonStream;
import io.holdfast.engine.manifest.StrictJson;
import java.util.Base64;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Reads the JSON of keys as restic does: keys that nobody knows are passed over, and all else that
 * is not as it should be is an error, an {@link IllegalArgumentException} or one of the library's.
 */
final class KeyJson {
  /** Nothing is recycled: the buffers hold keys. */
  static final JsonStream STREAM =
      JsonStream.builder()
          .serializeEmpty(true)
          .bufferRecycling(BufferRecycleStrategy.NO_RECYCLING)
          .build();

  /** Deeper than anything that a key file of the future will hold. */
  private static final int DEEPEST = 16;

  private KeyJson() {}

  /** Reads a document that is one object and nothing after it. */
  static void document(byte[] json, Consumer<JsonReader> content) {
    try (JsonReader reader = STREAM.reader(json)) {
      content.accept(reader);
      if (!isAtEnd(reader)) {
        throw new IllegalArgumentException("something follows the end of the document");
      }
    }
  }

  private static boolean isAtEnd(JsonReader reader) {
    try {
      reader.hasNextField();
      return false;
    } catch (JsonEofException end) {
      return true;
    }
  }

  /**
   * Reads an object.
   *
   * @param field reads the value of a key that it knows and answers true, or answers false
   */
  static void object(JsonReader json, Predicate<String> field) {
    StrictJson.object(
        json,
        key -> {
          if (!field.test(key)) {
            passOver(json, DEEPEST);
          }
          return true;
        });
  }

  /** A text; the empty one where there is null. */
  static String optionalText(JsonReader json) {
    return json.isNullValue() ? "" : StrictJson.text(json);
  }

  /** A whole number. The library's own would take 2 to the power of 64 for zero. */
  static long number(JsonReader json) {
    if (json.currentToken() != Token.NUMBER) {
      throw new IllegalArgumentException("a number was expected " + json.location());
    }
    return json.readDecimal().longValueExact();
  }

  /** Bytes in base64. */
  static byte[] binary(JsonReader json) {
    return Base64.getDecoder().decode(StrictJson.text(json));
  }

  /** The library would recurse as deep as somebody writes brackets. */
  private static void passOver(JsonReader json, int deepest) {
    if (deepest == 0) {
      throw new IllegalArgumentException("nested too deep " + json.location());
    }
    Token token = json.currentToken();
    if (token == Token.BEGIN_OBJECT) {
      json.beginObject();
      while (json.hasNextField()) {
        json.nextField();
        passOver(json, deepest - 1);
      }
      json.endObject();
    } else if (token == Token.BEGIN_ARRAY) {
      json.beginArray();
      while (json.hasNextElement()) {
        passOver(json, deepest - 1);
      }
      json.endArray();
    } else {
      json.skipValue();
    }
  }
}
