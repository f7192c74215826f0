package io.holdfast.engine.repository.signature;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.repository.transfer.Sha256;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;

/** An Ed25519 key that signs (RFC 8032). Never shown in any form. Thread-safe. */
final class SigningKey {
  private static final String ALGORITHM = "Ed25519";

  private final PrivateKey key;
  private final VerifyingKey verifying;

  private SigningKey(PrivateKey key, VerifyingKey verifying) {
    this.key = key;
    this.verifying = verifying;
  }

  /**
   * Reads a private key in PKCS#8, in PEM, as {@code openssl genpkey -algorithm ed25519} writes it.
   *
   * @param origin where it comes from, for messages
   * @throws HoldfastException {@code CONFIGURATION_INVALID}
   */
  static SigningKey parse(String pem, String origin) {
    byte[] der = Pem.decode(pem, "PRIVATE KEY", origin);
    try {
      PrivateKey key =
          KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(der));
      return new SigningKey(key, VerifyingKey.of(publicKey((EdECPrivateKey) key)));
    } catch (GeneralSecurityException | IllegalArgumentException malformed) {
      // The cause might quote the key.
      throw new HoldfastException(
          ErrorCode.CONFIGURATION_INVALID,
          origin + " is no Ed25519 private key",
          "Make one with: openssl genpkey -algorithm ed25519 -out signing.pem");
    } finally {
      Arrays.fill(der, (byte) 0);
    }
  }

  /**
   * The public key that goes with a private one. The platform computes it only while it makes a
   * pair, of bytes that it asks its source of randomness for, which are the private key.
   */
  private static PublicKey publicKey(EdECPrivateKey key) throws GeneralSecurityException {
    byte[] seed = key.getBytes().orElseThrow(() -> new IllegalArgumentException("no bytes"));
    var generator = KeyPairGenerator.getInstance(ALGORITHM);
    generator.initialize(NamedParameterSpec.ED25519, new Fixed(seed));
    return generator.generateKeyPair().getPublic();
  }

  /** The public key that goes with it. */
  VerifyingKey verifying() {
    return verifying;
  }

  /** Names the public key. */
  String id() {
    return verifying.id();
  }

  boolean verifies(byte[] body, byte[] signature) {
    return verifying.verifies(body, signature);
  }

  byte[] sign(byte[] body) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(key);
      signature.update(body);
      return signature.sign();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** No randomness at all. */
  private static final class Fixed extends SecureRandom {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial")
    private final byte[] bytes;

    Fixed(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    @Override
    public void nextBytes(byte[] target) {
      System.arraycopy(bytes, 0, target, 0, target.length);
    }
  }

  @Override
  public String toString() {
    return "signing key " + id();
  }

  /** The name of a public key. */
  static String idOf(PublicKey key) {
    return Sha256.hex(Sha256.of(key.getEncoded()));
  }
}
