package io.holdfast.vault.format.tree;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.Timestamp;
import java.util.List;
import java.util.Optional;

/**
 * One name in a directory, with all that restic keeps of it. A codec's record: that a file has
 * content and a directory a subtree is not looked at here, since a tree in which one node lacks it
 * must still give the others.
 *
 * @param name its name
 * @param type what it is
 * @param mode bits of Go's {@code fs.FileMode}, see {@link GoMode}; unsigned 32 bits
 * @param times its three times
 * @param owner whom it belongs to
 * @param inode which inode it was
 * @param size bytes; 0 for all but files
 * @param linkTarget of a symbolic link
 * @param extendedAttributes in the order of the document
 * @param genericAttributes in ascending order of name
 * @param device number of a device as the kernel gives it ({@code st_rdev}); unsigned 64 bits
 * @param content the blobs of a file; empty where the document has {@code null}
 * @param subtree the tree of a directory
 * @param error what restic could not read of it; empty if nothing
 */
public record Node(
    NodeName name,
    NodeType type,
    long mode,
    Times times,
    Owner owner,
    Inode inode,
    long size,
    Optional<LinkTarget> linkTarget,
    List<ExtendedAttribute> extendedAttributes,
    List<GenericAttribute> genericAttributes,
    long device,
    Optional<ContentIds> content,
    Optional<ContentId> subtree,
    String error) {
  /** The largest number of 32 bits. */
  static final long UINT32 = 0xffff_ffffL;

  public Node {
    extendedAttributes = List.copyOf(extendedAttributes);
    genericAttributes = List.copyOf(genericAttributes);
    if (mode < 0 || mode > UINT32) {
      throw new IllegalArgumentException("mode of " + name + " out of range: " + mode);
    }
    if (size < 0) {
      throw new IllegalArgumentException("negative size of " + name);
    }
    for (int i = 1; i < genericAttributes.size(); i++) {
      if (compare(genericAttributes.get(i - 1), genericAttributes.get(i)) >= 0) {
        throw new IllegalArgumentException("attributes of " + name + " are not in order");
      }
    }
  }

  private static int compare(GenericAttribute one, GenericAttribute other) {
    return GenericAttributes.BY_NAME.compare(one, other);
  }

  /**
   * Times of a node; one that a document lacks is {@link Timestamp#ZERO}.
   *
   * @param modified time of the last change of content
   * @param accessed time of the last reading, or, as restic does by default, that of the last
   *     change
   * @param changed time of the last change of the inode
   */
  public record Times(Timestamp modified, Timestamp accessed, Timestamp changed) {
    /** All three the same. */
    public static Times all(Timestamp time) {
      return new Times(time, time, time);
    }
  }

  /**
   * The owner of a node.
   *
   * @param uid user's number; unsigned 32 bits
   * @param gid group's number; unsigned 32 bits
   * @param user user's name; empty if not known
   * @param group group's name; empty if not known
   */
  public record Owner(long uid, long gid, String user, String group) {
    public Owner {
      if (uid < 0 || uid > UINT32 || gid < 0 || gid > UINT32) {
        throw new IllegalArgumentException("owner out of range: " + uid + ":" + gid);
      }
    }
  }

  /**
   * The inode of a node. Files with more than one link and the same number and device are one file.
   * All three are unsigned 64 bits, and 0 where they are not known.
   *
   * @param number its number on the device
   * @param device the device that holds it; restic plans to keep it for hard links alone
   * @param links how many names it has, within what was backed up or not
   */
  public record Inode(long number, long device, long links) {
    /** Of a node of which nothing is known, or has to be. */
    public static final Inode NONE = new Inode(0, 0, 0);
  }
}
