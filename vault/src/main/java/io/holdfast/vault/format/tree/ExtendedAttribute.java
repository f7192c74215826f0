package io.holdfast.vault.format.tree;

import io.holdfast.engine.file.AttributeName;
import java.util.Arrays;
import java.util.Optional;

/**
 * An extended attribute of a node.
 *
 * @param name its name. restic keeps it as text, so a byte that is no UTF-8 is lost; as read, it is
 *     0xff
 * @param value its value; empty where restic found none and wrote {@code null}, which restores as a
 *     value of no bytes. The array must not be changed
 */
public record ExtendedAttribute(AttributeName name, Optional<byte[]> value) {
  @Override
  public boolean equals(Object other) {
    return other instanceof ExtendedAttribute attribute
        && name.equals(attribute.name)
        && Arrays.equals(value.orElse(null), attribute.value.orElse(null));
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(value.orElse(null));
  }
}
