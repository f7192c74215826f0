package io.holdfast.vault.s3;

import io.holdfast.vault.ContentId;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Digests of bodies, in hexadecimal. */
final class Sha256 {
  /** Of nothing. */
  static final String EMPTY = hex(new byte[0]);

  private Sha256() {}

  static String hex(byte[] bytes) {
    return ContentId.of(bytes).toString();
  }

  /** Of what lies between position and limit, which stay. */
  static String hex(ByteBuffer bytes) {
    var digest = ContentId.sha256();
    digest.update(bytes.duplicate());
    return HexFormat.of().formatHex(digest.digest());
  }
}
