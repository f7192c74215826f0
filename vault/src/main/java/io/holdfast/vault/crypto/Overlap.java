package io.holdfast.vault.crypto;

/** Where the source and the target of a cipher lie to each other. */
final class Overlap {
  private Overlap() {}

  /**
   * @param exact whether each byte falls on the one that it is made of, which does no harm
   * @throws IllegalArgumentException if something would be overwritten before it was read
   */
  @SuppressWarnings("ReferenceEquality") // one array, not two with the same content
  static void check(
      byte[] source,
      int offset,
      int length,
      byte[] target,
      int targetOffset,
      int targetLength,
      boolean exact) {
    if (source == target
        && !exact
        && offset < targetOffset + targetLength
        && targetOffset < offset + length) {
      throw new IllegalArgumentException("the target overlaps the source");
    }
  }
}
