package io.holdfast.vault.format.tree;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a node is, in the words of restic. */
public enum NodeType {
  FILE("file", 0),
  DIRECTORY("dir", GoMode.DIRECTORY),
  SYMLINK("symlink", GoMode.SYMLINK),
  BLOCK_DEVICE("dev", GoMode.DEVICE),
  CHARACTER_DEVICE("chardev", GoMode.DEVICE | GoMode.CHARACTER_DEVICE),
  FIFO("fifo", GoMode.FIFO),
  SOCKET("socket", GoMode.SOCKET),
  /** What Go had no name for, such as a reparse point of Windows. Cannot be restored. */
  IRREGULAR("irregular", GoMode.IRREGULAR),
  /** What a node has that could not be looked at; see {@link Node#error}. Cannot be restored. */
  INVALID("", 0);

  private static final NodeType[] ALL = values();

  private final String word;
  private final byte[] bytes;
  private final long modeBits;

  NodeType(String word, long modeBits) {
    this.word = word;
    this.bytes = word.getBytes(StandardCharsets.US_ASCII);
    this.modeBits = modeBits;
  }

  /** The word in JSON. */
  public String word() {
    return word;
  }

  /** The bits for the type in {@link Node#mode}. */
  public long modeBits() {
    return modeBits;
  }

  static NodeType parse(byte[] text, int from, int to) {
    for (NodeType type : ALL) {
      if (Arrays.equals(type.bytes, 0, type.bytes.length, text, from, to)) {
        return type;
      }
    }
    throw new IllegalArgumentException(
        "there is no node of type \""
            + new String(text, from, to - from, StandardCharsets.UTF_8)
            + "\"");
  }
}
