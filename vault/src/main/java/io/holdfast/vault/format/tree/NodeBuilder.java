package io.holdfast.vault.format.tree;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.Timestamp;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Node}: what is not said is empty, 0, or no time, as in a document that lacks it.
 * Not thread-safe.
 */
public final class NodeBuilder {
  private final NodeName name;
  private final NodeType type;
  private long mode;
  private Node.Times times = Node.Times.all(Timestamp.ZERO);
  private Node.Owner owner = new Node.Owner(0, 0, "", "");
  private Node.Inode inode = Node.Inode.NONE;
  private long size;
  private @Nullable LinkTarget linkTarget;
  private List<ExtendedAttribute> extendedAttributes = List.of();
  private List<GenericAttribute> genericAttributes = List.of();
  private long device;
  private @Nullable ContentIds content;
  private @Nullable ContentId subtree;
  private String error = "";

  public NodeBuilder(NodeName name, NodeType type) {
    this.name = name;
    this.type = type;
  }

  public NodeBuilder mode(long goMode) {
    this.mode = goMode;
    return this;
  }

  public NodeBuilder times(Node.Times times) {
    this.times = times;
    return this;
  }

  public NodeBuilder owner(Node.Owner owner) {
    this.owner = owner;
    return this;
  }

  public NodeBuilder inode(Node.Inode inode) {
    this.inode = inode;
    return this;
  }

  public NodeBuilder size(long bytes) {
    this.size = bytes;
    return this;
  }

  public NodeBuilder linkTarget(@Nullable LinkTarget linkTarget) {
    this.linkTarget = linkTarget;
    return this;
  }

  public NodeBuilder extendedAttributes(List<ExtendedAttribute> attributes) {
    this.extendedAttributes = attributes;
    return this;
  }

  public NodeBuilder genericAttributes(List<GenericAttribute> attributes) {
    this.genericAttributes = attributes;
    return this;
  }

  public NodeBuilder device(long number) {
    this.device = number;
    return this;
  }

  public NodeBuilder content(@Nullable ContentIds content) {
    this.content = content;
    return this;
  }

  public NodeBuilder subtree(@Nullable ContentId subtree) {
    this.subtree = subtree;
    return this;
  }

  public NodeBuilder error(String error) {
    this.error = error;
    return this;
  }

  /**
   * The node.
   *
   * @throws IllegalArgumentException as the constructors of {@link Node} do
   */
  public Node build() {
    return new Node(
        name,
        type,
        mode,
        times,
        owner,
        inode,
        size,
        Optional.ofNullable(linkTarget),
        extendedAttributes,
        genericAttributes,
        device,
        Optional.ofNullable(content),
        Optional.ofNullable(subtree),
        error);
  }
}
