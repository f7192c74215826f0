package io.holdfast.vault.backend.rest;

import io.avaje.json.JsonReader;
import io.avaje.json.stream.JsonStream;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.backend.Backend.Listed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list of files, version 2 of the protocol: an array of objects with {@code name} and
 * {@code size}. Other keys may come one day and mean nothing here.
 */
final class Listing {
  /** How that version is asked for, and told. */
  static final String TYPE = "application/vnd.x.restic.rest.v2";

  private static final JsonStream JSON = JsonStream.builder().build();

  private Listing() {}

  /**
   * @throws IllegalArgumentException if it is none
   */
  static List<Listed> parse(byte[] body) {
    try (JsonReader json = JSON.reader(body)) {
      var files = new ArrayList<Listed>();
      expect(json, JsonReader.Token.BEGIN_ARRAY);
      json.beginArray();
      while (json.hasNextElement()) {
        Listed file = file(json);
        if (file != null) {
          files.add(file);
        }
      }
      json.endArray();
      return files;
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (RuntimeException malformed) {
      throw new IllegalArgumentException("no list of files", malformed);
    }
  }

  /** One file; null if it is not named like one of a vault. */
  private static @Nullable Listed file(JsonReader json) {
    String name = null;
    long size = -1;
    expect(json, JsonReader.Token.BEGIN_OBJECT);
    json.beginObject();
    while (json.hasNextField()) {
      switch (json.nextField()) {
        case "name" -> {
          expect(json, JsonReader.Token.STRING);
          name = json.readString();
        }
        case "size" -> {
          expect(json, JsonReader.Token.NUMBER);
          size = json.readLong();
        }
        default -> json.skipValue();
      }
    }
    json.endObject();
    if (name == null || size < 0) {
      throw new IllegalArgumentException("a file in the list has no name, or no size");
    }
    return ContentId.isName(name) ? new Listed(ContentId.parse(name), size) : null;
  }

  private static void expect(JsonReader json, JsonReader.Token token) {
    if (json.currentToken() != token) {
      throw new IllegalArgumentException("no list of files: " + token + " expected");
    }
  }
}
