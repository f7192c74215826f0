package io.holdfast.vault.format.tree;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What restic knows of a file on one system only, such as {@code windows.creation_time}; since
 * 0.17. Kept as it is.
 *
 * @param name the system and the attribute
 * @param json the value, as JSON without white space; must not be changed
 */
public record GenericAttribute(String name, byte[] json) {
  @Override
  public boolean equals(Object other) {
    return other instanceof GenericAttribute attribute
        && name.equals(attribute.name)
        && Arrays.equals(json, attribute.json);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(json);
  }

  @Override
  public String toString() {
    return name + "=" + new String(json, StandardCharsets.UTF_8);
  }
}
