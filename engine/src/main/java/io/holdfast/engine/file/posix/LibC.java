package io.holdfast.engine.file.posix;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The functions of the C library, and nothing above them. Each answers what C answers, except that
 * a failure is the negated error number, as the kernel itself has it. Interrupted calls are
 * repeated.
 *
 * <p>All go through one method handle of six 64-bit integers. Linking a handle costs some 10 ms in
 * a cold JVM, and a handle for each of the functions would cost a short command more than its work.
 * One shape fits all because, on both processors, the first six integer or pointer arguments travel
 * in registers, variadic or not; a function does not look at registers beyond its own arguments,
 * nor at the upper half of one that carries an {@code int}. For the same reason an {@code int}
 * answer has an undefined upper half, which {@link #callInt} drops.
 *
 * <p>Whatever an address points to must stay alive until the call returns: see {@link CallMemory}.
 */
final class LibC {
  static final int AT_FDCWD = -100;
  static final int AT_SYMLINK_NOFOLLOW = 0x100;
  static final int AT_EMPTY_PATH = 0x1000;
  static final int RENAME_NOREPLACE = 1;
  static final int SEEK_DATA = 3;
  static final int SEEK_HOLE = 4;
  static final int LOCK_EX_NB = 2 | 4;
  static final int F_SETFL = 4;

  /** First use of this class is where a process pays for linking. */
  private static final Linker LINKER = Linker.nativeLinker();

  private static final MethodHandle CALL =
      LINKER.downcallHandle(
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
          Linker.Option.captureCallState("errno"));

  // Addresses cost microseconds each, so there is nothing to gain from finding them later.
  private static final MemorySegment CHMOD = find("chmod");
  private static final MemorySegment CLOSE = find("close");
  private static final MemorySegment FCHMOD = find("fchmod");
  private static final MemorySegment FCHOWN = find("fchown");
  private static final MemorySegment FCNTL = find("fcntl");
  private static final MemorySegment FLOCK = find("flock");
  private static final MemorySegment FSETXATTR = find("fsetxattr");
  private static final MemorySegment FSTATVFS = find("fstatvfs");
  private static final MemorySegment FSYNC = find("fsync");
  private static final MemorySegment FTRUNCATE = find("ftruncate");
  private static final MemorySegment FUTIMENS = find("futimens");
  private static final MemorySegment LCHOWN = find("lchown");
  private static final MemorySegment LGETXATTR = find("lgetxattr");
  private static final MemorySegment LINKAT = find("linkat");
  private static final MemorySegment LLISTXATTR = find("llistxattr");
  private static final MemorySegment LSEEK = find("lseek");
  private static final MemorySegment LSETXATTR = find("lsetxattr");
  private static final MemorySegment MKDIR = find("mkdir");
  private static final MemorySegment OPEN = find("open");
  private static final MemorySegment PREAD = find("pread");
  private static final MemorySegment PWRITE = find("pwrite");
  private static final MemorySegment READLINK = find("readlink");
  private static final MemorySegment REALPATH = find("realpath");
  private static final MemorySegment RENAME = find("rename");
  private static final MemorySegment RMDIR = find("rmdir");
  private static final MemorySegment SYMLINK = find("symlink");
  private static final MemorySegment SYNCFS = find("syncfs");
  private static final MemorySegment SYSCALL = find("syscall");
  private static final MemorySegment UNLINK = find("unlink");
  private static final MemorySegment UTIMENSAT = find("utimensat");

  private LibC() {}

  static int chmod(CallMemory m, long path, int mode) {
    return callInt(m, CHMOD, path, mode, 0, 0, 0, 0);
  }

  /** Never repeated: after an interruption the descriptor is closed all the same. */
  static int close(CallMemory m, int fd) {
    int result = (int) call(m, CLOSE, fd, 0, 0, 0, 0, 0);
    return result == -1 && m.errno() != Errno.EINTR ? -m.errno() : 0;
  }

  static int fchmod(CallMemory m, int fd, int mode) {
    return callInt(m, FCHMOD, fd, mode, 0, 0, 0, 0);
  }

  static int fchown(CallMemory m, int fd, long uid, long gid) {
    return callInt(m, FCHOWN, fd, uid, gid, 0, 0, 0);
  }

  static int fcntl(CallMemory m, int fd, int command, long argument) {
    return callInt(m, FCNTL, fd, command, argument, 0, 0, 0);
  }

  static int flock(CallMemory m, int fd, int operation) {
    return callInt(m, FLOCK, fd, operation, 0, 0, 0, 0);
  }

  static int fsetxattr(CallMemory m, int fd, long name, long value, long size) {
    return callInt(m, FSETXATTR, fd, name, value, size, 0, 0);
  }

  static int fstatvfs(CallMemory m, int fd, long result) {
    return callInt(m, FSTATVFS, fd, result, 0, 0, 0, 0);
  }

  static int fsync(CallMemory m, int fd) {
    return callInt(m, FSYNC, fd, 0, 0, 0, 0, 0);
  }

  static int ftruncate(CallMemory m, int fd, long size) {
    return callInt(m, FTRUNCATE, fd, size, 0, 0, 0, 0);
  }

  static int futimens(CallMemory m, int fd, long times) {
    return callInt(m, FUTIMENS, fd, times, 0, 0, 0, 0);
  }

  static int lchown(CallMemory m, long path, long uid, long gid) {
    return callInt(m, LCHOWN, path, uid, gid, 0, 0, 0);
  }

  static long lgetxattr(CallMemory m, long path, long name, long value, long size) {
    return callLong(m, LGETXATTR, path, name, value, size, 0, 0);
  }

  /** Without flags, so that a symbolic link is linked and not followed. */
  static int link(CallMemory m, long existing, long path) {
    return callInt(m, LINKAT, AT_FDCWD, existing, AT_FDCWD, path, 0, 0);
  }

  static long llistxattr(CallMemory m, long path, long names, long size) {
    return callLong(m, LLISTXATTR, path, names, size, 0, 0, 0);
  }

  static long lseek(CallMemory m, int fd, long offset, int whence) {
    return callLong(m, LSEEK, fd, offset, whence, 0, 0, 0);
  }

  static int lsetxattr(CallMemory m, long path, long name, long value, long size) {
    return callInt(m, LSETXATTR, path, name, value, size, 0, 0);
  }

  static int mkdir(CallMemory m, long path, int mode) {
    return callInt(m, MKDIR, path, mode, 0, 0, 0, 0);
  }

  static int open(CallMemory m, long path, int flags, int mode) {
    return callInt(m, OPEN, path, flags, mode, 0, 0, 0);
  }

  static long pread(CallMemory m, int fd, long buffer, long size, long position) {
    return callLong(m, PREAD, fd, buffer, size, position, 0, 0);
  }

  static long pwrite(CallMemory m, int fd, long buffer, long size, long position) {
    return callLong(m, PWRITE, fd, buffer, size, position, 0, 0);
  }

  static long readlink(CallMemory m, long path, long buffer, long size) {
    return callLong(m, READLINK, path, buffer, size, 0, 0, 0);
  }

  /**
   * @param resolved room for 4096 bytes
   * @return 0, or the negated error number
   */
  static int realpath(CallMemory m, long path, long resolved) {
    while (true) {
      if (call(m, REALPATH, path, resolved, 0, 0, 0, 0) != 0) {
        return 0;
      }
      if (m.errno() != Errno.EINTR) {
        return -m.errno();
      }
    }
  }

  static int rename(CallMemory m, long from, long to) {
    return callInt(m, RENAME, from, to, 0, 0, 0, 0);
  }

  static int rmdir(CallMemory m, long path) {
    return callInt(m, RMDIR, path, 0, 0, 0, 0, 0);
  }

  static int symlink(CallMemory m, long target, long path) {
    return callInt(m, SYMLINK, target, path, 0, 0, 0, 0);
  }

  static int syncfs(CallMemory m, int fd) {
    return callInt(m, SYNCFS, fd, 0, 0, 0, 0, 0);
  }

  static int unlink(CallMemory m, long path) {
    return callInt(m, UNLINK, path, 0, 0, 0, 0, 0);
  }

  static int utimensat(CallMemory m, long path, long times, int flags) {
    return callInt(m, UTIMENSAT, AT_FDCWD, path, times, flags, 0, 0);
  }

  /** A system call by its number, for what some C library has no function for. */
  static long syscall(CallMemory m, int number, long a, long b, long c, long d, long e) {
    return callLong(m, SYSCALL, number, a, b, c, d, e);
  }

  private static int callInt(
      CallMemory m, MemorySegment function, long a, long b, long c, long d, long e, long f) {
    while (true) {
      int result = (int) call(m, function, a, b, c, d, e, f);
      if (result != -1) {
        return result;
      }
      if (m.errno() != Errno.EINTR) {
        return -m.errno();
      }
    }
  }

  private static long callLong(
      CallMemory m, MemorySegment function, long a, long b, long c, long d, long e, long f) {
    while (true) {
      long result = call(m, function, a, b, c, d, e, f);
      if (result != -1) {
        return result;
      }
      if (m.errno() != Errno.EINTR) {
        return -m.errno();
      }
    }
  }

  private static long call(
      CallMemory m, MemorySegment function, long a, long b, long c, long d, long e, long f) {
    try {
      return (long) CALL.invokeExact(function, m.errnoSegment(), a, b, c, d, e, f);
    } catch (RuntimeException | Error alreadyTold) {
      throw alreadyTold;
    } catch (Throwable impossible) {
      throw new AssertionError("a call into C has no checked exceptions", impossible);
    }
  }

  private static MemorySegment find(String name) {
    return LINKER
        .defaultLookup()
        .find(name)
        .orElseThrow(() -> new UnsatisfiedLinkError("the C library has no function " + name));
  }
}
