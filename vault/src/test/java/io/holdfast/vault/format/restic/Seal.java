package io.holdfast.vault.format.restic;

import io.holdfast.vault.format.json.JsonFields;
import io.holdfast.vault.format.json.JsonKeys;
import io.holdfast.vault.format.json.JsonReader;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/**
 * Opens and seals as restic does, by other libraries than the vault's own: nonce, AES, Poly1305.
 */
final class Seal {
  private static final int BLOCK = 16;
  private static final JsonKeys KEYS = JsonKeys.of("mac", "encrypt");
  private static final JsonKeys MAC_KEYS = JsonKeys.of("k", "r");

  private final byte[] encrypt;
  private final byte[] authenticate;
  private final Random nonces = new Random(1);

  private Seal(byte[] encrypt, byte[] authenticate) {
    this.encrypt = encrypt;
    this.authenticate = authenticate;
  }

  /** The keys that {@code restic cat masterkey} prints. */
  static Seal of(byte[] masterKey) throws IOException {
    var json = new JsonReader(masterKey, "master key");
    JsonFields fields = json.fields(KEYS);
    var encrypt = new byte[0];
    var authenticate = new byte[2 * BLOCK];
    for (String key = fields.next(); key != null; key = fields.next()) {
      if (key.equals("encrypt")) {
        encrypt = json.base64();
        continue;
      }
      JsonFields mac = json.fields(MAC_KEYS);
      for (String part = mac.next(); part != null; part = mac.next()) {
        System.arraycopy(json.base64(), 0, authenticate, part.equals("r") ? 0 : BLOCK, BLOCK);
      }
    }
    return new Seal(encrypt, authenticate);
  }

  byte[] open(byte[] sealed) {
    byte[] nonce = Arrays.copyOf(sealed, BLOCK);
    byte[] encrypted = Arrays.copyOfRange(sealed, BLOCK, sealed.length - BLOCK);
    byte[] code = Arrays.copyOfRange(sealed, sealed.length - BLOCK, sealed.length);
    if (!MessageDigest.isEqual(code, code(nonce, encrypted))) {
      throw new AssertionError("the seal is broken");
    }
    return cipher(nonce, encrypted);
  }

  byte[] close(byte[] content) {
    var nonce = new byte[BLOCK];
    nonces.nextBytes(nonce);
    byte[] encrypted = cipher(nonce, content);
    byte[] sealed = Arrays.copyOf(nonce, BLOCK + encrypted.length + BLOCK);
    System.arraycopy(encrypted, 0, sealed, BLOCK, encrypted.length);
    System.arraycopy(code(nonce, encrypted), 0, sealed, BLOCK + encrypted.length, BLOCK);
    return sealed;
  }

  private byte[] cipher(byte[] nonce, byte[] bytes) {
    try {
      var cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(encrypt, "AES"), new IvParameterSpec(nonce));
      return cipher.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private byte[] code(byte[] nonce, byte[] encrypted) {
    var mac = new Poly1305(AESEngine.newInstance());
    mac.init(new ParametersWithIV(new KeyParameter(authenticate), nonce));
    mac.update(encrypted, 0, encrypted.length);
    var code = new byte[BLOCK];
    mac.doFinal(code, 0);
    return code;
  }
}
