package io.holdfast.vault.format.tree;

import io.holdfast.vault.format.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes a tree: {@code {"nodes":[...]}} and a newline, byte for byte as restic does, so that the
 * SHA-256 of a directory that did not change is the same, whoever writes it. Not thread-safe.
 *
 * <p>That holds for restic 0.14 to 0.19 in all but a few cases, in which they differ among
 * themselves: characters of Unicode 14 and 15 ({@link GoQuote}), backspace and form feed in targets
 * of links ({@link JsonWriter}), and targets that are not text ({@link LinkTarget}). There this
 * writes as the newest does.
 */
public final class TreeWriter {
  private final JsonWriter json;
  private @Nullable NodeName last;
  private int count;

  /**
   * @param expectedNodes how many nodes will come, as far as is known
   */
  public TreeWriter(int expectedNodes) {
    this.json = new JsonWriter((int) Math.min(512L * Math.max(expectedNodes, 1), 1 << 20));
    json.beginObject().name("nodes").beginArray();
  }

  /**
   * Adds a node.
   *
   * @throws IllegalArgumentException if its name is not greater than that of the node before, byte
   *     by byte
   * @throws IllegalStateException if the tree grows beyond 2 GiB
   */
  public TreeWriter add(Node node) {
    if (last != null && last.compareTo(node.name()) >= 0) {
      throw new IllegalArgumentException(
          "node \"" + node.name() + "\" must not come after \"" + last + "\"");
    }
    NodeWriter.write(json, node);
    last = node.name();
    count++;
    return this;
  }

  /** How many nodes there are. */
  public int count() {
    return count;
  }

  /** The blob. Nothing may be added after that. */
  public byte[] finish() {
    return json.endArray().endObject().toLine();
  }
}
