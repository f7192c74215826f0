package io.holdfast.vault.format.tree;

import io.holdfast.vault.format.FormatException;
import io.holdfast.vault.format.json.JsonCompactor;
import io.holdfast.vault.format.json.JsonReader;
import io.holdfast.vault.format.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** A map of names to any JSON: in Go's order, and each value as Go writes a value that is JSON. */
final class GenericAttributes {
  /** By the bytes of the name, as Go sorts the keys of a map. */
  static final Comparator<GenericAttribute> BY_NAME =
      (one, other) -> Arrays.compareUnsigned(bytes(one), bytes(other));

  private GenericAttributes() {}

  private static byte[] bytes(GenericAttribute attribute) {
    return attribute.name().getBytes(StandardCharsets.UTF_8);
  }

  static void write(JsonWriter json, List<GenericAttribute> attributes) {
    json.beginObject();
    for (GenericAttribute attribute : attributes) {
      json.anyName(attribute.name()).raw(attribute.json());
    }
    json.endObject();
  }

  static List<GenericAttribute> read(JsonReader json) throws FormatException {
    var attributes = new ArrayList<GenericAttribute>();
    json.beginObject();
    while (json.nextKey()) {
      String name = json.key();
      attributes.add(new GenericAttribute(name, JsonCompactor.compact(json.raw())));
    }
    attributes.sort(BY_NAME);
    for (int i = 1; i < attributes.size(); i++) {
      if (attributes.get(i).name().equals(attributes.get(i - 1).name())) {
        throw json.wrong("key \"" + attributes.get(i).name() + "\" stands twice");
      }
    }
    return attributes;
  }
}
