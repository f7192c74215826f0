package io.holdfast.vault.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Poly1305Test {
  private static final String ZEROS = "00000000000000000000000000000000";
  private static final String FFS = "ffffffffffffffffffffffffffffffff";

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  private static byte[] tag(byte[] r, byte[] pad, byte[] message) {
    var poly = new Poly1305(r);
    poly.start(pad);
    poly.update(message, 0, message.length);
    byte[] tag = new byte[Poly1305.TAG_BYTES];
    poly.finish(tag, 0);
    return tag;
  }

  private static byte[] bouncyCastle(byte[] r, byte[] pad, byte[] message) {
    var mac = new org.bouncycastle.crypto.macs.Poly1305();
    byte[] key = Arrays.copyOf(r, 32);
    System.arraycopy(pad, 0, key, 16, 16);
    mac.init(new KeyParameter(key));
    mac.update(message, 0, message.length);
    byte[] tag = new byte[16];
    mac.doFinal(tag, 0);
    return tag;
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("the vectors of RFC 8439 come out, those at the edges of the arithmetic among them")
  @CsvSource({
    "2.5.2,"
        + "85d6be7857556d337f4452fe42d506a8, 0103808afb0db2fd4abff6af4149f51b,"
        + "43727970746f6772617068696320466f72756d2052657365617263682047726f7570,"
        + "a8061dc1305136c6c22b8baf0c0127a9",
    "A.3 #1: all zeros," + ZEROS + "," + ZEROS + "," + ZEROS + ZEROS + ZEROS + ZEROS + "," + ZEROS,
    "A.3 #4,"
        + "1c9240a5eb55d38af333888604f6b5f0, 473917c1402b80099dca5cbc207075c0,"
        + "2754776173206272696c6c69672c20616e642074686520736c6974687920746f7665730a4469642067797265"
        + "20616e642067696d626c6520696e2074686520776162653a0a416c6c206d696d737920776572652074686520"
        + "626f726f676f7665732c0a416e6420746865206d6f6d65207261746873206f757467726162652e,"
        + "4541669a7eaaee61e708dc7cbcc5eb62",
    "A.3 #5: 2^130-2 is found to be 3,"
        + "02000000000000000000000000000000,"
        + ZEROS
        + ","
        + FFS
        + ",03000000000000000000000000000000",
    "A.3 #6: the pad is added modulo 2^128,"
        + "02000000000000000000000000000000,"
        + FFS
        + ",02000000000000000000000000000000,03000000000000000000000000000000",
    "A.3 #7: 2^128 is carried,"
        + "01000000000000000000000000000000,"
        + ZEROS
        + ","
        + FFS
        + "f0ffffffffffffffffffffffffffffff11000000000000000000000000000000,"
        + "05000000000000000000000000000000",
    "A.3 #8: the modulus itself is zero,"
        + "01000000000000000000000000000000,"
        + ZEROS
        + ","
        + FFS
        + "fbfefefefefefefefefefefefefefefe01010101010101010101010101010101,"
        + ZEROS,
    "A.3 #9: one below the modulus stays,"
        + "02000000000000000000000000000000,"
        + ZEROS
        + ",fdffffffffffffffffffffffffffffff,faffffffffffffffffffffffffffffff",
    "A.3 #10,"
        + "01000000000000000400000000000000,"
        + ZEROS
        + ",e33594d7505e43b900000000000000003394d7505e4379cd01000000000000000000000000000000"
        + "0000000000000000" // the third block
        + "01000000000000000000000000000000,14000000000000005500000000000000",
    "A.3 #11,"
        + "01000000000000000400000000000000,"
        + ZEROS
        + ",e33594d7505e43b900000000000000003394d7505e4379cd01000000000000000000000000000000"
        + "0000000000000000,13000000000000000000000000000000",
  })
  void vectors(String name, String r, String pad, String message, String tag) {
    assertThat(tag(hex(r), hex(pad), hex(message))).isEqualTo(hex(tag));
  }

  @Test
  @DisplayName("the vectors of RFC 8439 with nothing but a pad, and with none, come out")
  void longVectors() {
    byte[] message =
        ("Any submission to the IETF intended by the Contributor for publication as all or part of"
                + " an IETF Internet-Draft or RFC and any statement made within the context of an"
                + " IETF activity is considered an \"IETF Contribution\". Such statements include"
                + " oral statements in IETF sessions, as well as written and electronic"
                + " communications made at any time or place, which are addressed to")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] half = hex("36e5f6b5c5e06070f0efca96227a863e");
    assertThat(tag(hex(ZEROS), half, message)).isEqualTo(half);
    assertThat(tag(half, hex(ZEROS), message)).isEqualTo(hex("f3477e7cd95417af89a6b8794c310cf0"));
  }

  @Test
  @DisplayName("thousands of random messages have the tag that Bouncy Castle finds")
  void oracle() {
    var random = new SeededRandom(1);
    for (int i = 0; i < 5_000; i++) {
      byte[] r = random.bytes(16);
      byte[] pad = random.bytes(16);
      byte[] message = random.bytes(i % 700);
      assertThat(tag(r, pad, message)).isEqualTo(bouncyCastle(r, pad, message));
    }
    byte[] large = random.bytes(1_000_003);
    byte[] r = random.bytes(16);
    assertThat(tag(r, r, large)).isEqualTo(bouncyCastle(r, r, large));
  }

  @Test
  @DisplayName("messages and keys that are nearly all ones or all zeros carry as they must")
  void carries() {
    var random = new Random(2);
    byte[] extremes = {0, -1, 1, -2, (byte) 0x80, 0x7f, -4, 0x0f};
    for (int i = 0; i < 20_000; i++) {
      byte[] r = extreme(random, extremes, 16);
      byte[] pad = extreme(random, extremes, 16);
      byte[] message = extreme(random, extremes, random.nextInt(100));
      assertThat(tag(r, pad, message))
          .as(() -> HexFormat.of().formatHex(r) + " " + HexFormat.of().formatHex(message))
          .isEqualTo(bouncyCastle(r, pad, message));
    }
    byte[] ones = new byte[100_000];
    Arrays.fill(ones, (byte) -1);
    assertThat(tag(hex(FFS), hex(FFS), ones)).isEqualTo(bouncyCastle(hex(FFS), hex(FFS), ones));
  }

  private static byte[] extreme(Random random, byte[] extremes, int length) {
    byte[] bytes = new byte[length];
    int kinds = 1 + random.nextInt(extremes.length);
    for (int i = 0; i < length; i++) {
      bytes[i] = extremes[random.nextInt(kinds)];
    }
    return bytes;
  }

  @Test
  @DisplayName("however a message is cut into parts, its tag is the same")
  void slices() {
    var random = new SeededRandom(3);
    byte[] r = random.bytes(16);
    byte[] pad = random.bytes(16);
    var poly = new Poly1305(r);
    for (int length = 0; length <= 67; length++) {
      byte[] message = random.bytes(length);
      byte[] whole = tag(r, pad, message);
      for (int first = 0; first <= length; first++) {
        for (int second = first; second <= length; second++) {
          byte[] tag = new byte[20];
          poly.start(pad);
          poly.update(message, 0, first);
          poly.update(message, first, second - first);
          poly.update(message, second, length - second);
          poly.finish(tag, 3);
          assertThat(Arrays.copyOfRange(tag, 3, 19)).isEqualTo(whole);
        }
      }
    }
  }

  @Test
  @DisplayName("what of a message was begun is forgotten when the next one starts")
  void startsAnew() {
    var random = new SeededRandom(4);
    byte[] r = random.bytes(16);
    byte[] pad = random.bytes(16);
    byte[] message = random.bytes(40);
    var poly = new Poly1305(r);
    poly.start(random.bytes(16));
    poly.update(message, 0, 39);
    poly.start(pad);
    poly.update(message, 0, 40);
    byte[] tag = new byte[16];
    poly.finish(tag, 0);
    assertThat(tag).isEqualTo(tag(r, pad, message));
  }

  @Test
  @DisplayName("the bits of the key that must be clear are cleared, and no others")
  void masks() {
    byte[] r = hex(FFS);
    Poly1305.mask(r, 0);
    assertThat(r).isEqualTo(hex("ffffff0f fcffff0f fcffff0f fcffff0f"));
    assertThat(tag(hex(FFS), hex(ZEROS), hex("010203")))
        .isEqualTo(tag(r, hex(ZEROS), hex("010203")));
  }
}
