package io.holdfast.engine.file;

/**
 * What the kernel says of an inode.
 *
 * @param type what it is
 * @param mode the twelve permission bits, 0 to 07777
 * @param uid owner's number, unsigned 32 bits
 * @param gid group's number, unsigned 32 bits
 * @param size bytes; for a symlink the length of its target
 * @param allocated bytes allocated on disk, in units of 512; less than {@code size} for a sparse
 *     file. Changes of its own when the kernel writes back, so two equal contents need not have
 *     equal {@code FileStat}s: to find out whether a file changed, compare inode, size and times
 * @param modified time of the last change of content
 * @param changed time of the last change of content or metadata; cannot be set by programs
 * @param device the device that holds the inode
 * @param inode the number of the inode on its device
 * @param links how many names it has
 * @param deviceNumber major and minor of a device node in the kernel's encoding; 0 otherwise
 */
public record FileStat(
    FileType type,
    int mode,
    long uid,
    long gid,
    long size,
    long allocated,
    FileTime modified,
    FileTime changed,
    long device,
    long inode,
    long links,
    long deviceNumber) {

  public boolean isDirectory() {
    return type == FileType.DIRECTORY;
  }

  public boolean isRegular() {
    return type == FileType.REGULAR;
  }

  public boolean isSymlink() {
    return type == FileType.SYMLINK;
  }

  /** Whether both describe the same inode. */
  public boolean isSameFile(FileStat other) {
    return device == other.device && inode == other.inode;
  }
}
