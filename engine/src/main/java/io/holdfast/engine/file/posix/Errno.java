package io.holdfast.engine.file.posix;

import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;

/**
 * The error numbers of Linux, which x86_64 and aarch64 share, and what they mean to Holdfast.
 *
 * <p>Numbers that no code acts on keep the reason {@code OTHER}; the number is always in the
 * message.
 */
final class Errno {
  static final int EPERM = 1;
  static final int ENOENT = 2;
  static final int EINTR = 4;
  static final int ENXIO = 6;
  static final int E2BIG = 7;
  static final int EAGAIN = 11;
  static final int EACCES = 13;
  static final int EEXIST = 17;
  static final int ENOTDIR = 20;
  static final int EISDIR = 21;
  static final int EINVAL = 22;
  static final int ERANGE = 34;
  static final int ENOSYS = 38;
  static final int ENOTEMPTY = 39;
  static final int ELOOP = 40;
  static final int ENODATA = 61;
  static final int EOPNOTSUPP = 95;

  private Errno() {}

  static FileLayerException failure(String operation, FilePath path, int errno) {
    return new FileLayerException(operation, path, reason(errno), "errno " + errno);
  }

  static Reason reason(int errno) {
    return switch (errno) {
      case ENOENT -> Reason.NOT_FOUND;
      case EEXIST -> Reason.ALREADY_EXISTS;
      case EPERM, EACCES -> Reason.NOT_PERMITTED;
      case 28 /* ENOSPC */, 122 /* EDQUOT */ -> Reason.NO_SPACE;
      case 30 /* EROFS */ -> Reason.READ_ONLY;
      case ENOTDIR -> Reason.NOT_A_DIRECTORY;
      case EISDIR -> Reason.IS_A_DIRECTORY;
      // Said of a socket, and of a device that is not there, when somebody opens it.
      case ENXIO -> Reason.NOT_REGULAR;
      case ENOTEMPTY -> Reason.NOT_EMPTY;
      case ELOOP -> Reason.SYMLINK;
      case 18 /* EXDEV */ -> Reason.CROSS_DEVICE;
      case ENOSYS, EOPNOTSUPP -> Reason.NOT_SUPPORTED;
      case 36 /* ENAMETOOLONG */ -> Reason.TOO_LONG;
      case 27 /* EFBIG */ -> Reason.TOO_LARGE;
      case EAGAIN, 16 /* EBUSY */, 26 /* ETXTBSY */ -> Reason.BUSY;
      case 23 /* ENFILE */, 24 /* EMFILE */ -> Reason.TOO_MANY_OPEN;
      // Some file systems say that their own structures are damaged: EBADMSG (74), EUCLEAN (117).
      case 5 /* EIO */, 74, 117, 121 /* EREMOTEIO */ -> Reason.INPUT_OUTPUT;
      default -> Reason.OTHER;
    };
  }
}
