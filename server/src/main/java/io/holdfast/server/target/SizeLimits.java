package io.holdfast.server.target;

import io.holdfast.vault.backend.FileType;

/**
 * The largest file of each sort that is taken: far above what restic and Holdfast write, and far
 * below what a client who means harm could send. Packs are some 16 to 128 MiB, but one holds at
 * least one blob, and the tree of a directory with a million entries is some hundred MiB; lengths
 * in a pack have 32 bits.
 */
final class SizeLimits {
  private static final long MIB = 1L << 20;

  private SizeLimits() {}

  /** Bytes. */
  static long of(FileType type) {
    return switch (type) {
      case CONFIG, KEY, LOCK -> 16 * MIB;
      case SNAPSHOT -> 64 * MIB;
      case INDEX -> 1024 * MIB;
      case PACK -> 4096 * MIB;
    };
  }
}
