package io.holdfast.vault.format.tree;

import io.holdfast.vault.format.FormatException;
import io.holdfast.vault.format.json.JsonReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the nodes of a tree one by one, so that a directory of a million names needs no more memory
 * than its blob.
 *
 * <p>The nodes come in ascending order of their names' bytes, and each name once: a tree for which
 * that does not hold is refused at the node where it shows, since of two nodes of one name nobody
 * could tell which is meant. Keys beside {@code nodes} are passed over, as restic does. Not
 * thread-safe.
 */
public final class TreeReader {
  private final JsonReader json;
  private final NodeReader nodes;
  private State state = State.BEFORE;
  private @Nullable NodeName last;

  private enum State {
    BEFORE,
    WITHIN,
    AFTER
  }

  /**
   * @param tree the blob; must not be changed while it is read
   * @param what which tree it is, for messages
   */
  public TreeReader(byte[] tree, String what) {
    this.json = new JsonReader(tree, what);
    this.nodes = new NodeReader(json);
  }

  /** All nodes of a tree. */
  public static List<Node> readAll(byte[] tree, String what) throws FormatException {
    var reader = new TreeReader(tree, what);
    var all = new ArrayList<Node>();
    for (Node node = reader.next(); node != null; node = reader.next()) {
      all.add(node);
    }
    return all;
  }

  /**
   * The next node, or null after the last; then all of the blob was found to be well formed.
   *
   * @throws FormatException if it is not; no more is to be read after that
   */
  public @Nullable Node next() throws FormatException {
    if (state == State.BEFORE) {
      begin();
    }
    if (state == State.AFTER) {
      return null;
    }
    if (!json.nextElement()) {
      finish();
      return null;
    }
    Node node = nodes.read();
    if (last != null && last.compareTo(node.name()) >= 0) {
      throw json.wrong("node \"" + node.name() + "\" comes after \"" + last + "\", and ends");
    }
    last = node.name();
    return node;
  }

  private void begin() throws FormatException {
    json.beginObject();
    while (json.nextKey()) {
      if (!json.key().equals("nodes")) {
        json.skip();
      } else if (json.readNull()) {
        finish();
        return;
      } else {
        json.beginArray();
        state = State.WITHIN;
        return;
      }
    }
    throw json.wrong("a tree without nodes ends");
  }

  private void finish() throws FormatException {
    while (json.nextKey()) {
      if (json.key().equals("nodes")) {
        throw json.wrong("key \"nodes\" stands twice");
      }
      json.skip();
    }
    json.end();
    state = State.AFTER;
  }
}
