package io.holdfast.vault.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.stream.IntStream;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SealerTest {
  private static final int SLICE = SliceCipher.SLICE;

  private final SeededRandom random = new SeededRandom(1);
  private final MasterKey key = MasterKey.random(random);
  private final Sealer sealer = new Sealer(key, random);
  private final Opener opener = new Opener(key);

  static IntStream lengths() {
    return IntStream.concat(
        IntStream.range(0, 70),
        IntStream.of(SLICE, 2 * SLICE, 5 * SLICE, 1 << 20)
            .flatMap(length -> IntStream.rangeClosed(length - 1, length + 1)));
  }

  @ParameterizedTest
  @MethodSource("lengths")
  @DisplayName("what is sealed is what the JDK and Bouncy Castle make of it, and opens again")
  void sealsAsSpecified(int length) throws Exception {
    byte[] plain = random.bytes(length);
    byte[] sealed = sealer.seal(plain);
    assertThat(sealed).hasSize(length + 32).isEqualTo(reference(plain, sealed));
    assertThat(opener.open(sealed)).isEqualTo(plain);
  }

  /** The same seal with the same IV, made by others and at one go. */
  private byte[] reference(byte[] plain, byte[] sealed) throws Exception {
    return reference(plain, Arrays.copyOf(sealed, 16), key);
  }

  private static byte[] reference(byte[] plain, byte[] iv, MasterKey key) throws Exception {
    Cipher aes = Cipher.getInstance("AES/CTR/NoPadding");
    aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key.encrypt(), "AES"), new IvParameterSpec(iv));
    byte[] ciphertext = aes.doFinal(plain);
    byte[] macKey = Arrays.copyOf(key.macR(), 32);
    System.arraycopy(key.macK(), 0, macKey, 16, 16);
    var poly = new Poly1305(AESEngine.newInstance());
    poly.init(new ParametersWithIV(new KeyParameter(macKey), iv));
    poly.update(ciphertext, 0, ciphertext.length);
    byte[] result = Arrays.copyOf(iv, 16 + ciphertext.length + 16);
    System.arraycopy(ciphertext, 0, result, 16, ciphertext.length);
    poly.doFinal(result, 16 + ciphertext.length);
    return result;
  }

  @Test
  @DisplayName("a counter that runs over goes on at zero")
  void counterWraps() throws Exception {
    byte[] ones = new byte[16];
    Arrays.fill(ones, (byte) -1);
    byte[] plain = random.bytes(3 * SLICE + 5);
    assertThat(opener.open(reference(plain, ones, key))).isEqualTo(plain);
    assertThat(new Sealer(key, yielding((byte) -1)).seal(plain))
        .isEqualTo(reference(plain, ones, key));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 17, SLICE, SLICE + 1, 100_000})
  @DisplayName("parts of arrays are sealed and opened, and nothing beside them is touched")
  void partsOfArrays(int length) throws BrokenSealException {
    byte[] source = random.bytes(length + 20);
    byte[] sealed = new byte[length + 32 + 10];
    Arrays.fill(sealed, (byte) 7);
    assertThat(sealer.seal(source, 13, length, sealed, 4)).isEqualTo(length + 32);
    assertThat(Arrays.copyOf(sealed, 4)).containsOnly(7);
    assertThat(Arrays.copyOfRange(sealed, 4 + length + 32, sealed.length)).containsOnly(7);

    byte[] plain = new byte[length + 9];
    Arrays.fill(plain, (byte) 9);
    assertThat(opener.open(sealed, 4, length + 32, plain, 2)).isEqualTo(length);
    assertThat(Arrays.copyOfRange(plain, 2, 2 + length))
        .isEqualTo(Arrays.copyOfRange(source, 13, 13 + length));
    assertThat(Arrays.copyOf(plain, 2)).containsOnly(9);
    assertThat(Arrays.copyOfRange(plain, 2 + length, plain.length)).containsOnly(9);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, SLICE - 1, SLICE, SLICE + 1, 100_000})
  @DisplayName("in place is possible where the ciphertext falls on the plain text")
  void inPlace(int length) throws Exception {
    byte[] array = random.bytes(5 + length + 32);
    byte[] plain = Arrays.copyOfRange(array, 5 + 16, 5 + 16 + length);
    sealer.seal(array, 5 + 16, length, array, 5);
    byte[] sealed = Arrays.copyOfRange(array, 5, array.length);
    assertThat(sealed).isEqualTo(reference(plain, sealed));
    assertThat(opener.open(array, 5, length + 32, array, 5 + 16)).isEqualTo(length);
    assertThat(Arrays.copyOfRange(array, 5 + 16, 5 + 16 + length)).isEqualTo(plain);
  }

  @Test
  @DisplayName("where the target would overwrite what is still to be read, nothing is done")
  void overlap() {
    byte[] array = random.bytes(200);
    byte[] before = array.clone();
    assertThatIllegalArgumentException().isThrownBy(() -> sealer.seal(array, 10, 50, array, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> sealer.seal(array, 0, 50, array, 49));
    assertThatIllegalArgumentException().isThrownBy(() -> opener.open(array, 0, 82, array, 81));
    assertThatIllegalArgumentException().isThrownBy(() -> opener.open(array, 20, 82, array, 0));
    assertThat(array).isEqualTo(before);
    assertThat(sealer.seal(array, 0, 50, array, 50)).as("just behind it").isEqualTo(82);
    assertThat(sealer.seal(array, 82, 50, array, 0)).as("just before it").isEqualTo(82);
  }

  @Test
  @DisplayName("every bit counts: flip any one, and nothing opens")
  void flippedBits() {
    byte[] sealed = sealer.seal(random.bytes(45));
    for (int bit = 0; bit < 8 * sealed.length; bit++) {
      byte[] flipped = sealed.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertBroken(flipped);
    }
  }

  @Test
  @DisplayName("whatever is cut off, added or moved, nothing opens")
  void truncated() {
    byte[] sealed = sealer.seal(random.bytes(45));
    for (int length = 0; length < sealed.length; length++) {
      assertBroken(Arrays.copyOf(sealed, length));
      assertBroken(Arrays.copyOfRange(sealed, sealed.length - length, sealed.length));
    }
    assertBroken(Arrays.copyOf(sealed, sealed.length + 1));
    assertBroken(Arrays.copyOf(sealed, sealed.length + 16));
    byte[] swapped = sealer.seal(random.bytes(45));
    System.arraycopy(sealed, 0, swapped, 0, 16);
    assertBroken(swapped);
  }

  private void assertBroken(byte[] sealed) {
    byte[] target = new byte[100];
    assertThatExceptionOfType(BrokenSealException.class)
        .isThrownBy(() -> opener.open(sealed, 0, sealed.length, target, 0))
        .withMessage("the seal does not match");
    assertThat(target).as("nothing was written").containsOnly(0);
  }

  @Test
  @DisplayName("no other key opens it, be it different in one part alone")
  void otherKeys() {
    byte[] sealed = sealer.seal(random.bytes(45));
    byte[] secret = new byte[MasterKey.BYTES];
    System.arraycopy(key.encrypt(), 0, secret, 0, 32);
    System.arraycopy(key.macK(), 0, secret, 32, 16);
    System.arraycopy(key.macR(), 0, secret, 48, 16);
    for (int i : new int[] {32, 47, 48, 63}) {
      byte[] other = secret.clone();
      other[i] ^= 1;
      var stranger = new Opener(new MasterKey(other));
      assertThatExceptionOfType(BrokenSealException.class).isThrownBy(() -> stranger.open(sealed));
    }
  }

  @Test
  @DisplayName("an opener goes on after a seal that was broken")
  void goesOn() throws BrokenSealException {
    byte[] plain = random.bytes(100);
    byte[] sealed = sealer.seal(plain);
    assertBroken(Arrays.copyOf(sealed, 131));
    assertThat(opener.open(sealed)).isEqualTo(plain);
  }

  @Test
  @DisplayName("each seal has its own IV, from the source of randomness")
  void freshIvs() {
    var ivs = new HashSet<String>();
    for (int i = 0; i < 1_000; i++) {
      byte[] sealed = sealer.seal(new byte[0]);
      ivs.add(Arrays.toString(Arrays.copyOf(sealed, 16)));
    }
    assertThat(ivs).hasSize(1_000);
  }

  @Test
  @DisplayName("an IV of zeros is neither written nor taken, as other programs do not either")
  void zeroIv() throws Exception {
    var broken = new Sealer(key, yielding((byte) 0));
    assertThatIllegalStateException().isThrownBy(() -> broken.seal(new byte[1]));
    assertBroken(reference(random.bytes(20), new byte[16], key));
  }

  @Test
  @DisplayName("without room nothing is done")
  void noRoom() {
    byte[] plain = new byte[20];
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> sealer.seal(plain, 0, 20, new byte[51], 0));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> sealer.seal(plain, 1, 20, new byte[60], 0));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> sealer.seal(plain, 0, -1, new byte[60], 0));
    byte[] sealed = sealer.seal(plain);
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> opener.open(sealed, 0, 52, new byte[19], 0));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> opener.open(sealed, 1, 52, new byte[20], 0));
  }

  private static SecureRandom yielding(byte value) {
    return new SecureRandom() {
      private static final long serialVersionUID = 1L;

      @Override
      public void nextBytes(byte[] bytes) {
        Arrays.fill(bytes, value);
      }
    };
  }
}
