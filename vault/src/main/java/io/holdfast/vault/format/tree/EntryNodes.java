package io.holdfast.vault.format.tree;

import io.holdfast.engine.artifact.Metadata;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.file.AttributeName;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.FileTime;
import io.holdfast.engine.file.FileType;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.FormatException;
import io.holdfast.vault.format.Timestamp;
import io.holdfast.vault.format.json.Utf8;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The entries of the engine's trees as nodes, and back. No state; thread-safe.
 *
 * <p>What the engine knows and a node does not:
 *
 * <ul>
 *   <li>Whether a file is sparse. Who restores decides.
 *   <li>Which of several names of a file is the original: all of them are nodes with the content,
 *       the same {@link Node.Inode} and more than one link. {@link HardLinks} finds them again.
 *   <li>What {@link #losses} tells of.
 * </ul>
 *
 * <p>What a node knows and the engine does not: the time of last access is written as that of last
 * modification, as restic does, and so is that of the change of the inode where it is not known;
 * names of owners are left out. A device's number is the kernel's in both.
 */
public final class EntryNodes {
  private EntryNodes() {}

  /** What is lost of an entry. */
  public enum Loss {
    /** The year of its time has not four digits; see {@link Timestamp#nearest}. */
    TIME,
    /** The name of an extended attribute is no UTF-8. */
    ATTRIBUTE_NAME
  }

  /** What of an entry a node cannot keep. */
  public static Set<Loss> losses(TreeEntry entry) {
    Set<Loss> losses = EnumSet.noneOf(Loss.class);
    if (!Timestamp.isExact(entry.metadata().modified().seconds())) {
      losses.add(Loss.TIME);
    }
    for (AttributeName name : entry.metadata().attributes().keySet()) {
      if (!Utf8.isValid(name.toBytes())) {
        losses.add(Loss.ATTRIBUTE_NAME);
      }
    }
    return losses;
  }

  /**
   * The last name of a path.
   *
   * @throws IllegalArgumentException for the root, which has none
   */
  public static NodeName name(TreePath path) {
    byte[] bytes = path.toBytes();
    int start = bytes.length;
    while (start > 0 && bytes[start - 1] != '/') {
      start--;
    }
    return NodeName.owning(java.util.Arrays.copyOfRange(bytes, start, bytes.length));
  }

  /**
   * A directory.
   *
   * @param name its own, as the root of a tree has no path
   * @param subtree the id of its tree
   */
  public static Node directory(NodeName name, Metadata metadata, ContentId subtree) {
    return node(name, NodeType.DIRECTORY, metadata).subtree(subtree).build();
  }

  /**
   * A regular file.
   *
   * @param size bytes that were stored, whatever the entry expected
   * @param content its blobs
   * @param inode with more than one link, if other names of the file follow; otherwise {@link
   *     Node.Inode#NONE} will do
   */
  public static Node file(
      TreeEntry.RegularFile entry, long size, List<ContentId> content, Node.Inode inode) {
    return regular(entry, size, content).inode(inode).build();
  }

  /**
   * A regular file, with what tells later whether it has changed since.
   *
   * @param size bytes that were stored, whatever the entry expected
   * @param content its blobs
   * @param stat of the file as it was before it was read. The device of a file with one name is
   *     left out: its number may be another after each start of the machine
   */
  public static Node file(
      TreeEntry.RegularFile entry, long size, List<ContentId> content, FileStat stat) {
    FileTime modified = stat.modified();
    FileTime changed = stat.changed();
    Timestamp written = Timestamp.nearest(modified.seconds(), modified.nanos());
    return regular(entry, size, content)
        .inode(new Node.Inode(stat.inode(), stat.links() > 1 ? stat.device() : 0, stat.links()))
        .times(
            new Node.Times(written, written, Timestamp.nearest(changed.seconds(), changed.nanos())))
        .build();
  }

  private static NodeBuilder regular(
      TreeEntry.RegularFile entry, long size, List<ContentId> content) {
    return node(name(entry.path()), NodeType.FILE, entry.metadata())
        .size(size)
        .content(ContentIds.of(content));
  }

  /**
   * One more name of a file.
   *
   * @param original the node of the file that it names
   * @throws IllegalArgumentException if that is none with more than one link: nobody would find the
   *     two to be one
   */
  public static Node hardLink(TreeEntry.HardLink entry, Node original) {
    if (!HardLinks.isLinked(original)) {
      throw new IllegalArgumentException(
          original.name() + " has one name, and " + entry.path() + " would be another");
    }
    return node(name(entry.path()), NodeType.FILE, entry.metadata())
        .size(original.size())
        .content(original.content().orElse(null))
        .inode(original.inode())
        .build();
  }

  public static Node symlink(TreeEntry.Symlink entry) {
    return node(name(entry.path()), NodeType.SYMLINK, entry.metadata())
        .linkTarget(LinkTarget.of(entry.target()))
        .build();
  }

  /** A FIFO, socket or device. */
  public static Node special(TreeEntry.Special entry) {
    NodeType type =
        switch (entry.type()) {
          case FIFO -> NodeType.FIFO;
          case SOCKET -> NodeType.SOCKET;
          case CHARACTER_DEVICE -> NodeType.CHARACTER_DEVICE;
          case BLOCK_DEVICE -> NodeType.BLOCK_DEVICE;
          case REGULAR, DIRECTORY, SYMLINK ->
              throw new IllegalArgumentException(entry.path() + " is not special");
        };
    return node(name(entry.path()), type, entry.metadata()).device(entry.deviceNumber()).build();
  }

  private static NodeBuilder node(NodeName name, NodeType type, Metadata metadata) {
    FileTime modified = metadata.modified();
    return new NodeBuilder(name, type)
        .mode(GoMode.of(type, metadata.mode()))
        .times(Node.Times.all(Timestamp.nearest(modified.seconds(), modified.nanos())))
        .owner(new Node.Owner(metadata.uid(), metadata.gid(), "", ""))
        .extendedAttributes(
            metadata.attributes().entrySet().stream()
                .map(a -> new ExtendedAttribute(a.getKey(), Optional.of(a.getValue())))
                .toList());
  }

  /** What a node says besides its content. Of two attributes of one name, the latter counts. */
  public static Metadata metadata(Node node) {
    var attributes = new TreeMap<AttributeName, byte[]>();
    for (ExtendedAttribute attribute : node.extendedAttributes()) {
      attributes.put(attribute.name(), attribute.value().orElse(new byte[0]));
    }
    Timestamp modified = node.times().modified();
    return new Metadata(
        GoMode.unixMode(node.mode()),
        node.owner().uid(),
        node.owner().gid(),
        new FileTime(modified.seconds(), modified.nanos()),
        attributes);
  }

  /**
   * The entry that a node is by itself.
   *
   * @param path where it lies, ending with its name
   * @param sparse whether a file is to be restored with holes
   * @return empty if it is of a type that cannot be restored
   * @throws FormatException if it is a symbolic link to nowhere
   */
  public static Optional<TreeEntry> entry(Node node, TreePath path, boolean sparse)
      throws FormatException {
    Metadata metadata = metadata(node);
    return switch (node.type()) {
      case DIRECTORY -> Optional.of(new TreeEntry.Directory(path, metadata));
      case FILE -> Optional.of(new TreeEntry.RegularFile(path, metadata, node.size(), sparse));
      case SYMLINK -> Optional.of(new TreeEntry.Symlink(path, metadata, target(node, path)));
      case FIFO -> special(path, metadata, FileType.FIFO, 0);
      case SOCKET -> special(path, metadata, FileType.SOCKET, 0);
      case CHARACTER_DEVICE -> special(path, metadata, FileType.CHARACTER_DEVICE, node.device());
      case BLOCK_DEVICE -> special(path, metadata, FileType.BLOCK_DEVICE, node.device());
      case IRREGULAR, INVALID -> Optional.empty();
    };
  }

  private static byte[] target(Node node, TreePath path) throws FormatException {
    byte[] target = node.linkTarget().map(LinkTarget::toBytes).orElse(new byte[0]);
    if (target.length == 0) {
      throw new FormatException("symbolic link " + path, "it has no target");
    }
    return target;
  }

  private static Optional<TreeEntry> special(
      TreePath path, Metadata metadata, FileType type, long device) {
    return Optional.of(new TreeEntry.Special(path, metadata, type, device));
  }
}
