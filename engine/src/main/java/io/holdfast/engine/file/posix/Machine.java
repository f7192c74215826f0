package io.holdfast.engine.file.posix;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;

/**
 * What differs between the processors that Linux runs on: a few flags of {@code open} and the
 * numbers of the system calls that not every C library has a function for.
 */
enum Machine {
  X86_64(0x10000, 0x20000, 217, 259, 316, 332),
  AARCH64(0x4000, 0x8000, 61, 33, 276, 291);

  /** {@code fchmodat2}, which came after all processors had agreed on one numbering. */
  static final int SYS_FCHMODAT2 = 452;

  final int directory;
  final int noFollow;
  final int getdents64;
  final int mknodat;
  final int renameat2;
  final int statx;

  Machine(int directory, int noFollow, int getdents64, int mknodat, int renameat2, int statx) {
    this.directory = directory;
    this.noFollow = noFollow;
    this.getdents64 = getdents64;
    this.mknodat = mknodat;
    this.renameat2 = renameat2;
    this.statx = statx;
  }

  /**
   * @param os the system property {@code os.name}
   * @param arch the system property {@code os.arch}
   * @throws HoldfastException {@code PLATFORM_UNSUPPORTED} for anything but Linux on these
   *     processors
   */
  static Machine of(String os, String arch) {
    if (!os.equals("Linux")) {
      throw new HoldfastException(
          ErrorCode.PLATFORM_UNSUPPORTED,
          "Holdfast reads and writes files on Linux only, and this is " + os,
          "Run Holdfast on Linux, for instance in a container.");
    }
    return switch (arch) {
      case "amd64", "x86_64" -> X86_64;
      case "aarch64", "arm64" -> AARCH64;
      default ->
          throw new HoldfastException(
              ErrorCode.PLATFORM_UNSUPPORTED,
              "Holdfast knows Linux on x86_64 and aarch64, and this is " + arch,
              "Run Holdfast with a JDK for one of these processors.");
    };
  }
}
