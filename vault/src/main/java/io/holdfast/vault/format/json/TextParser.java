package io.holdfast.vault.format.json;

/** Makes something of the bytes of a text. */
@FunctionalInterface
public interface TextParser<T> {
  /**
   * @param text holds the text among other bytes; not to be changed
   * @param from where it begins
   * @param to where it ends
   * @throws IllegalArgumentException if it cannot be made of this text; the message goes on after
   *     the name of the document
   */
  T parse(byte[] text, int from, int to);
}
