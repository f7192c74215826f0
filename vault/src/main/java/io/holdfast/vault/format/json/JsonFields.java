package io.holdfast.vault.format.json;

import io.holdfast.vault.format.FormatException;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the fields of one object.
 *
 * <p>As in Go, a key that is not known is passed over with its value, and {@code null} is the same
 * as no key at all. Otherwise than in Go, a known key that stands twice is refused, since two
 * readers might each believe another one; and keys must match in case.
 */
public final class JsonFields {
  private final JsonReader json;
  private final JsonKeys known;
  private long seen;

  JsonFields(JsonReader json, JsonKeys known) throws FormatException {
    this.json = json;
    this.known = known;
    json.beginObject();
  }

  /**
   * The next known key; its value is to be read before this is called again.
   *
   * @return null when the object has ended
   */
  public @Nullable String next() throws FormatException {
    while (json.nextKey()) {
      int index = json.findKey(known);
      if (index < 0) {
        json.skip();
        continue;
      }
      if ((seen & (1L << index)) != 0) {
        throw json.wrong("key \"" + known.name(index) + "\" stands twice");
      }
      seen |= 1L << index;
      if (!json.readNull()) {
        return known.name(index);
      }
    }
    return null;
  }
}
