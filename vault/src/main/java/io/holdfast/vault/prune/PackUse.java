package io.holdfast.vault.prune;

import io.holdfast.vault.ContentId;

/**
 * How much of a pack is needed.
 *
 * @param pack which
 * @param size bytes of its file
 * @param needed bytes of blobs in it that something needs, sealed
 * @param unneeded bytes of the other blobs
 * @param hasTrees whether any of them is a tree
 */
record PackUse(ContentId pack, long size, long needed, long unneeded, boolean hasTrees) {
  boolean isUnneeded() {
    return needed == 0;
  }

  boolean isMixed() {
    return needed > 0 && unneeded > 0;
  }

  /** Which part of its blobs is not needed, 0 to 1. */
  double waste() {
    return (double) unneeded / Math.max(1, needed + unneeded);
  }
}
