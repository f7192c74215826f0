package io.holdfast.vault.crypto;

import io.holdfast.engine.repository.transfer.Workers;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/**
 * scrypt, which makes a key of a password so that who guesses passwords needs memory and time for
 * each guess. Its lanes are mixed on several processors where memory allows it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7914">RFC 7914</a>
 */
final class Scrypt {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int HASH = 32;

  /** Ints of a block of Salsa20. */
  private static final int BLOCK = 16;

  /** Of all lanes that are mixed at once. */
  private static final long MOST_MEMORY = 64L << 20;

  private final ScryptParameters parameters;

  /** Bytes of a lane. */
  private final int lane;

  Scrypt(ScryptParameters parameters) {
    this.parameters = parameters;
    this.lane = 128 * parameters.r();
  }

  /**
   * @param length bytes of the key, 1 or more
   */
  byte[] derive(byte[] password, byte[] salt, int length) {
    byte[] lanes = stretch(password, salt, parameters.p() * lane);
    mix(lanes);
    byte[] key = stretch(password, lanes, length);
    Arrays.fill(lanes, (byte) 0);
    return key;
  }

  private void mix(byte[] lanes) {
    int together = Math.clamp(MOST_MEMORY / ((long) lane * parameters.n()), 1, parameters.p());
    if (together == 1) {
      mixEvery(lanes, 0, 1);
      return;
    }
    try (var workers = Workers.start("key")) {
      int step = Math.min(together, workers.threads());
      List<Future<Boolean>> parts = new ArrayList<>();
      for (int first = 0; first < step; first++) {
        int from = first;
        parts.add(
            workers.submit(() -> {
              mixEvery(lanes, from, step);
              return true;
            }));
      }
      for (Future<Boolean> part : parts) {
        Workers.await(part);
      }
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Mixes every so manieth lane, with one table. */
  private void mixEvery(byte[] lanes, int first, int step) {
    int[] table = new int[parameters.n() * lane / Integer.BYTES];
    int[] block = new int[lane / Integer.BYTES];
    int[] other = new int[block.length];
    for (int i = first; i < parameters.p(); i += step) {
      mix(lanes, i * lane, block, other, table);
    }
    Arrays.fill(table, 0);
    Arrays.fill(block, 0);
    Arrays.fill(other, 0);
  }

  /** scryptROMix of RFC 7914. */
  private void mix(byte[] lanes, int at, int[] first, int[] second, int[] table) {
    int size = first.length;
    int[] block = first;
    int[] next = second;
    for (int i = 0; i < size; i++) {
      block[i] = (int) INTS.get(lanes, at + i * Integer.BYTES);
    }
    for (int i = 0; i < parameters.n(); i++) {
      System.arraycopy(block, 0, table, i * size, size);
      mixBlocks(block, next);
      int[] swap = block;
      block = next;
      next = swap;
    }
    int mask = parameters.n() - 1;
    for (int i = 0; i < parameters.n(); i++) {
      int row = (block[size - BLOCK] & mask) * size;
      for (int k = 0; k < size; k++) {
        block[k] ^= table[row + k];
      }
      mixBlocks(block, next);
      int[] swap = block;
      block = next;
      next = swap;
    }
    for (int i = 0; i < size; i++) {
      INTS.set(lanes, at + i * Integer.BYTES, block[i]);
    }
  }

  /** scryptBlockMix of RFC 7914: blocks of even number first, then those of odd number. */
  private static void mixBlocks(int[] from, int[] to) {
    int blocks = from.length / BLOCK;
    int before = from.length - BLOCK;
    int[] previous = from;
    for (int i = 0; i < blocks; i++) {
      int target = (i / 2 + (i % 2) * (blocks / 2)) * BLOCK;
      salsa(previous, before, from, i * BLOCK, to, target);
      previous = to;
      before = target;
    }
  }

  /** Salsa20/8 of one block xor another, both left as they are. */
  private static void salsa(int[] a, int aAt, int[] b, int bAt, int[] to, int at) {
    int s0 = a[aAt] ^ b[bAt];
    int s1 = a[aAt + 1] ^ b[bAt + 1];
    int s2 = a[aAt + 2] ^ b[bAt + 2];
    int s3 = a[aAt + 3] ^ b[bAt + 3];
    int s4 = a[aAt + 4] ^ b[bAt + 4];
    int s5 = a[aAt + 5] ^ b[bAt + 5];
    int s6 = a[aAt + 6] ^ b[bAt + 6];
    int s7 = a[aAt + 7] ^ b[bAt + 7];
    int s8 = a[aAt + 8] ^ b[bAt + 8];
    int s9 = a[aAt + 9] ^ b[bAt + 9];
    int s10 = a[aAt + 10] ^ b[bAt + 10];
    int s11 = a[aAt + 11] ^ b[bAt + 11];
    int s12 = a[aAt + 12] ^ b[bAt + 12];
    int s13 = a[aAt + 13] ^ b[bAt + 13];
    int s14 = a[aAt + 14] ^ b[bAt + 14];
    int s15 = a[aAt + 15] ^ b[bAt + 15];
    int x0 = s0;
    int x1 = s1;
    int x2 = s2;
    int x3 = s3;
    int x4 = s4;
    int x5 = s5;
    int x6 = s6;
    int x7 = s7;
    int x8 = s8;
    int x9 = s9;
    int x10 = s10;
    int x11 = s11;
    int x12 = s12;
    int x13 = s13;
    int x14 = s14;
    int x15 = s15;
    for (int round = 0; round < 8; round += 2) {
      x4 ^= Integer.rotateLeft(x0 + x12, 7);
      x8 ^= Integer.rotateLeft(x4 + x0, 9);
      x12 ^= Integer.rotateLeft(x8 + x4, 13);
      x0 ^= Integer.rotateLeft(x12 + x8, 18);
      x9 ^= Integer.rotateLeft(x5 + x1, 7);
      x13 ^= Integer.rotateLeft(x9 + x5, 9);
      x1 ^= Integer.rotateLeft(x13 + x9, 13);
      x5 ^= Integer.rotateLeft(x1 + x13, 18);
      x14 ^= Integer.rotateLeft(x10 + x6, 7);
      x2 ^= Integer.rotateLeft(x14 + x10, 9);
      x6 ^= Integer.rotateLeft(x2 + x14, 13);
      x10 ^= Integer.rotateLeft(x6 + x2, 18);
      x3 ^= Integer.rotateLeft(x15 + x11, 7);
      x7 ^= Integer.rotateLeft(x3 + x15, 9);
      x11 ^= Integer.rotateLeft(x7 + x3, 13);
      x15 ^= Integer.rotateLeft(x11 + x7, 18);
      x1 ^= Integer.rotateLeft(x0 + x3, 7);
      x2 ^= Integer.rotateLeft(x1 + x0, 9);
      x3 ^= Integer.rotateLeft(x2 + x1, 13);
      x0 ^= Integer.rotateLeft(x3 + x2, 18);
      x6 ^= Integer.rotateLeft(x5 + x4, 7);
      x7 ^= Integer.rotateLeft(x6 + x5, 9);
      x4 ^= Integer.rotateLeft(x7 + x6, 13);
      x5 ^= Integer.rotateLeft(x4 + x7, 18);
      x11 ^= Integer.rotateLeft(x10 + x9, 7);
      x8 ^= Integer.rotateLeft(x11 + x10, 9);
      x9 ^= Integer.rotateLeft(x8 + x11, 13);
      x10 ^= Integer.rotateLeft(x9 + x8, 18);
      x12 ^= Integer.rotateLeft(x15 + x14, 7);
      x13 ^= Integer.rotateLeft(x12 + x15, 9);
      x14 ^= Integer.rotateLeft(x13 + x12, 13);
      x15 ^= Integer.rotateLeft(x14 + x13, 18);
    }
    to[at] = s0 + x0;
    to[at + 1] = s1 + x1;
    to[at + 2] = s2 + x2;
    to[at + 3] = s3 + x3;
    to[at + 4] = s4 + x4;
    to[at + 5] = s5 + x5;
    to[at + 6] = s6 + x6;
    to[at + 7] = s7 + x7;
    to[at + 8] = s8 + x8;
    to[at + 9] = s9 + x9;
    to[at + 10] = s10 + x10;
    to[at + 11] = s11 + x11;
    to[at + 12] = s12 + x12;
    to[at + 13] = s13 + x13;
    to[at + 14] = s14 + x14;
    to[at + 15] = s15 + x15;
  }

  /** PBKDF2 of RFC 8018 with HMAC-SHA-256, one round. */
  private static byte[] stretch(byte[] password, byte[] salt, int length) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      // HMAC fills a key up with zeros, so that none at all is one of zeros.
      mac.init(new SecretKeySpec(password.length == 0 ? new byte[1] : password, "HmacSHA256"));
      byte[] out = new byte[(length + HASH - 1) / HASH * HASH];
      for (int i = 0; i < out.length / HASH; i++) {
        mac.update(salt);
        int number = i + 1;
        mac.update((byte) (number >>> 24));
        mac.update((byte) (number >>> 16));
        mac.update((byte) (number >>> 8));
        mac.update((byte) number);
        mac.doFinal(out, i * HASH);
      }
      byte[] key = Arrays.copyOf(out, length);
      Arrays.fill(out, (byte) 0);
      return key;
    } catch (NoSuchAlgorithmException | InvalidKeyException | ShortBufferException impossible) {
      throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
    }
  }
}
