package io.holdfast.vault.format.tree;

/**
 * The bits of Go's {@code fs.FileMode}, which are what a node's mode is made of: the nine
 * permissions lie where Unix has them, all else does not. Go fixes these values for ever.
 */
public final class GoMode {
  public static final long DIRECTORY = 1L << 31;
  public static final long SYMLINK = 1L << 27;
  public static final long DEVICE = 1L << 26;
  public static final long FIFO = 1L << 25;
  public static final long SOCKET = 1L << 24;
  public static final long SETUID = 1L << 23;
  public static final long SETGID = 1L << 22;

  /** Stands beside {@link #DEVICE}. */
  public static final long CHARACTER_DEVICE = 1L << 21;

  public static final long STICKY = 1L << 20;
  public static final long IRREGULAR = 1L << 19;

  private static final int UNIX_SETUID = 04000;
  private static final int UNIX_SETGID = 02000;
  private static final int UNIX_STICKY = 01000;
  private static final int PERMISSIONS = 0777;

  private GoMode() {}

  /**
   * The mode of a node.
   *
   * @param unixMode the twelve bits of Unix, 0 to 07777
   */
  public static long of(NodeType type, int unixMode) {
    if ((unixMode & ~07777) != 0) {
      throw new IllegalArgumentException("mode out of range: " + Integer.toOctalString(unixMode));
    }
    return type.modeBits()
        | (unixMode & PERMISSIONS)
        | ((unixMode & UNIX_SETUID) != 0 ? SETUID : 0)
        | ((unixMode & UNIX_SETGID) != 0 ? SETGID : 0)
        | ((unixMode & UNIX_STICKY) != 0 ? STICKY : 0);
  }

  /** The twelve bits of Unix in a mode; what else it has is left out. */
  public static int unixMode(long mode) {
    return (int) (mode & PERMISSIONS)
        | ((mode & SETUID) != 0 ? UNIX_SETUID : 0)
        | ((mode & SETGID) != 0 ? UNIX_SETGID : 0)
        | ((mode & STICKY) != 0 ? UNIX_STICKY : 0);
  }
}
