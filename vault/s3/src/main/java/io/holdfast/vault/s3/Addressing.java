package io.holdfast.vault.s3;

/** Where the name of a bucket stands in an address. */
public enum Addressing {
  /** {@link #VIRTUAL} at Amazon's where the bucket's name allows it, else {@link #PATH}. */
  AUTO,
  /** In the path: {@code https://host/bucket/key}. */
  PATH,
  /** In the name of the host: {@code https://bucket.host/key}. */
  VIRTUAL
}
