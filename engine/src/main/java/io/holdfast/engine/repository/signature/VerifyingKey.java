package io.holdfast.engine.repository.signature;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;

/**
 * An Ed25519 key that verifies (RFC 8032).
 *
 * @param key the public key
 * @param id SHA-256 of its X.509 form, 64 lowercase hex digits
 */
public record VerifyingKey(PublicKey key, String id) {
  private static final String ALGORITHM = "Ed25519";
  private static final int MOST_BYTES = 64 << 10;

  static VerifyingKey of(PublicKey key) {
    return new VerifyingKey(key, SigningKey.idOf(key));
  }

  /**
   * Reads a public key in PEM, as {@code openssl pkey -pubout} writes it.
   *
   * @param origin where it comes from, for messages
   * @throws HoldfastException {@code USAGE}
   */
  public static VerifyingKey parse(String pem, String origin) {
    try {
      byte[] der = Pem.decode(pem, "PUBLIC KEY", origin);
      return of(KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(der)));
    } catch (GeneralSecurityException | HoldfastException malformed) {
      throw new HoldfastException(
          ErrorCode.USAGE,
          origin + " is no Ed25519 public key",
          "Make it of the signing key with: openssl pkey -in signing.pem -pubout -out public.pem");
    }
  }

  /**
   * The same from a file.
   *
   * @throws HoldfastException {@code USAGE}
   */
  public static VerifyingKey read(FileLayer files, FilePath file) {
    try {
      byte[] pem = FileTrees.readAll(files, file, MOST_BYTES);
      return parse(new String(pem, StandardCharsets.ISO_8859_1), file.toString());
    } catch (IOException unreadable) {
      throw new HoldfastException(
          ErrorCode.USAGE,
          "the public key cannot be read: " + unreadable.getMessage(),
          "Name a file that can be read.",
          unreadable);
    }
  }

  /** Whether a signature is of this key and of these bytes. */
  boolean verifies(byte[] body, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance(ALGORITHM);
      verifier.initVerify(key);
      verifier.update(body);
      return verifier.verify(signature);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }
}
