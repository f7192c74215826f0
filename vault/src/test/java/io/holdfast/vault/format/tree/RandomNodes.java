package io.holdfast.vault.format.tree;

import io.holdfast.engine.file.AttributeName;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.Timestamp;
import io.holdfast.vault.format.json.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/** Nodes with anything in them that there can be. */
public final class RandomNodes {
  private final Random random;

  public RandomNodes(Random random) {
    this.random = random;
  }

  /** Nodes of a tree, in order. */
  public List<Node> nodes(int count) {
    var names = new TreeSet<NodeName>();
    while (names.size() < count) {
      names.add(name());
    }
    return names.stream().map(this::node).toList();
  }

  private NodeName name() {
    while (true) {
      byte[] bytes = bytes(1 + random.nextInt(random.nextInt(10) == 0 ? 255 : 12));
      try {
        return NodeName.of(bytes);
      } catch (IllegalArgumentException noName) {
        // The next one will do.
      }
    }
  }

  private Node node(NodeName name) {
    NodeType type = NodeType.values()[random.nextInt(NodeType.values().length)];
    return new NodeBuilder(name, type)
        .mode(GoMode.of(type, random.nextInt(010000)))
        .times(new Node.Times(time(), time(), time()))
        .owner(new Node.Owner(uint32(), uint32(), maybe(text()), maybe(text())))
        .inode(new Node.Inode(uint64(), uint64(), uint64()))
        .size(uint64() >>> 1)
        .linkTarget(random.nextInt(3) > 0 ? null : LinkTarget.of(bytes(1 + random.nextInt(20))))
        .extendedAttributes(extended())
        .genericAttributes(generic())
        .device(uint64())
        .content(random.nextBoolean() ? null : ids())
        .subtree(random.nextBoolean() ? null : id())
        .error(maybe(text()))
        .build();
  }

  private Timestamp time() {
    int offset = random.nextInt(-1439, 1440);
    long seconds = random.nextLong(-62_167_219_200L, 253_402_300_800L);
    return new Timestamp(
        seconds - offset * 60L, random.nextInt(4) == 0 ? 0 : random.nextInt(1_000_000_000), offset);
  }

  private long uint32() {
    return random.nextInt(3) == 0 ? 0 : random.nextLong(1L << 32);
  }

  private long uint64() {
    return random.nextInt(3) == 0 ? 0 : random.nextLong() >>> random.nextInt(64);
  }

  private String maybe(String text) {
    return random.nextInt(3) > 0 ? "" : text;
  }

  private List<ExtendedAttribute> extended() {
    var attributes = new ArrayList<ExtendedAttribute>();
    for (int i = random.nextInt(4) - 1; i > 0; i--) {
      attributes.add(
          new ExtendedAttribute(
              new AttributeName(text().getBytes(StandardCharsets.UTF_8)),
              random.nextInt(4) == 0 ? Optional.empty() : Optional.of(bytes(random.nextInt(40)))));
    }
    return attributes;
  }

  private List<GenericAttribute> generic() {
    var attributes = new TreeMap<String, byte[]>();
    for (int i = random.nextInt(4) - 2; i > 0; i--) {
      attributes.put("windows." + i, "{\"a\":[1,null,\"x y\"]}".getBytes(StandardCharsets.UTF_8));
    }
    return attributes.entrySet().stream()
        .map(a -> new GenericAttribute(a.getKey(), a.getValue()))
        .toList();
  }

  private ContentIds ids() {
    var ids = new ArrayList<ContentId>();
    for (int i = random.nextInt(20); i > 0; i--) {
      ids.add(id());
    }
    return ContentIds.of(ids);
  }

  private ContentId id() {
    return ContentId.fromBytes(plainBytes(ContentId.LENGTH), 0);
  }

  private String text() {
    var text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      int c = random.nextInt(random.nextBoolean() ? 0x80 : 0x11_0000);
      text.appendCodePoint(Utf8.isSurrogate(c) ? '<' : c);
    }
    return text.toString();
  }

  /** Now text, now not, now in between. */
  private byte[] bytes(int length) {
    byte[] bytes = plainBytes(length);
    int kind = random.nextInt(4);
    for (int i = 0; i < length && kind > 0; i++) {
      bytes[i] =
          switch (kind) {
            case 1 -> (byte) ('a' + (bytes[i] & 0x0f));
            case 2 -> (byte) "\\\"\n\u0001<&x~".charAt(bytes[i] & 7);
            default -> (byte) (i % 2 == 0 ? 0xc2 + (bytes[i] & 0x1f) : 0x80 | (bytes[i] & 0x3f));
          };
    }
    return bytes;
  }

  private byte[] plainBytes(int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
