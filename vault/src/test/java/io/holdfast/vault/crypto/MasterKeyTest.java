package io.holdfast.vault.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterKeyTest {
  /** As the design document of the format shows it, with the keys in another order. */
  private static final String JSON =
      """
      {
        "mac": {
          "k": "evFWd9wWlndL9jc501268g==",
          "r": "E9eEDnSJZgqwTOkDtOp+Dw=="
        },
        "encrypt": "UQCqa0lKZ94PygPxMRqkePTZnHRYh1k1pX2k2lM2v3Q="
      }
      """;

  private static final String COMPACT = JSON.replaceAll("\\s", "");

  private static MasterKey read(String json) {
    return MasterKey.fromJson(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String write(MasterKey key) {
    return new String(key.toJson(), StandardCharsets.UTF_8);
  }

  @Test
  @DisplayName("the JSON of the format is read and written")
  void json() {
    assertThat(write(read(JSON))).isEqualTo(COMPACT);
    var random = MasterKey.random(new SeededRandom(1));
    assertThat(write(read(write(random)))).isEqualTo(write(random));
  }

  @Test
  @DisplayName("keys that nobody knows are passed over, at any place and with any value")
  void unknownKeys() {
    String extra = "\"x\":{\"a\":[1,{\"b\":null},\"}\",[]],\"c\":{}},\"y\":-1.5e3,\"z\":true,";
    assertThat(write(read(COMPACT.replace("\"mac\"", extra + "\"mac\"")))).isEqualTo(COMPACT);
    assertThat(write(read(COMPACT.replace("\"k\"", extra + "\"k\"")))).isEqualTo(COMPACT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "1",
        "{}",
        "{",
        "{\"mac\":{}}",
        "{\"mac\":[],\"encrypt\":\"UQCqa0lKZ94PygPxMRqkePTZnHRYh1k1pX2k2lM2v3Q=\"}",
        "{\"mac\":{\"k\":\"evFWd9wWlndL9jc501268g==\"},"
            + "\"encrypt\":\"UQCqa0lKZ94PygPxMRqkePTZnHRYh1k1pX2k2lM2v3Q=\"}",
        "{\"mac\":{\"k\":\"evFWd9wWlndL9jc501268g==\",\"r\":\"E9eEDnSJZgqwTOkDtOp+Dw==\"}}",
        "{\"mac\":{\"k\":\"evFWd9wWlndL9jc501268g==\",\"r\":\"E9eEDnSJZgqwTOkDtOp+Dw==\"},"
            + "\"encrypt\":\"evFWd9wWlndL9jc501268g==\"}",
        "{\"mac\":{\"k\":\"evFWd9wWlndL9jc501268g==\",\"r\":\"E9eEDnSJZgqwTOkDtOp-Dw==\"},"
            + "\"encrypt\":\"UQCqa0lKZ94PygPxMRqkePTZnHRYh1k1pX2k2lM2v3Q=\"}",
        "{\"mac\":{\"k\":\"evFWd9wWlndL9jc501268g==\",\"r\":null},"
            + "\"encrypt\":\"UQCqa0lKZ94PygPxMRqkePTZnHRYh1k1pX2k2lM2v3Q=\"}",
      })
  @DisplayName("what is no key is refused, and the message holds nothing of what was read")
  void malformed(String json) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(json))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("evFW", "UQCq", "E9eE"))
        .withNoCause();
  }

  @Test
  @DisplayName("what follows the key is refused, and so is nesting without an end")
  void trailing() {
    assertThatIllegalArgumentException().isThrownBy(() -> read(JSON + "{}"));
    String deep = "\"x\":" + "[".repeat(100_000) + ",\"mac\"";
    assertThatIllegalArgumentException().isThrownBy(() -> read(JSON.replace("\"mac\"", deep)));
  }

  @Test
  @DisplayName("a part that is all zeros is no key; for r, those bits count that are used")
  void zeros() {
    byte[] good = new SeededRandom(2).bytes(MasterKey.BYTES);
    assertThat(new MasterKey(good)).isNotNull();
    for (int[] part : new int[][] {{0, 32}, {32, 48}, {48, 64}}) {
      byte[] bad = good.clone();
      Arrays.fill(bad, part[0], part[1], (byte) 0);
      assertThatIllegalArgumentException().isThrownBy(() -> new MasterKey(bad));
    }
    byte[] masked = good.clone();
    Arrays.fill(masked, 48, 64, (byte) 0);
    masked[51] = (byte) 0xf0;
    masked[52] = 0x03;
    assertThatIllegalArgumentException().isThrownBy(() -> new MasterKey(masked));
    assertThatIllegalArgumentException().isThrownBy(() -> new MasterKey(new byte[63]));
  }

  @Test
  @DisplayName("r is kept masked, so every program finds the same key in it")
  void masked() {
    byte[] secret = new byte[MasterKey.BYTES];
    Arrays.fill(secret, (byte) -1);
    assertThat(write(new MasterKey(secret))).contains("\"r\":\"////D/z//w/8//8P/P//Dw==\"");
    assertThat(secret).as("the caller's array").containsOnly(-1);
  }

  @Test
  @DisplayName("nothing of it is in its text")
  void text() {
    assertThat(read(JSON)).hasToString("master key");
  }

  @Test
  @DisplayName("when it is destroyed nothing of it can be had, and what was made of it goes on")
  void destroyed() throws BrokenSealException {
    MasterKey key = read(JSON);
    var sealer = new Sealer(key, new SecureRandom());
    var opener = new Opener(key);
    assertThat(key.isDestroyed()).isFalse();
    key.destroy();
    assertThat(key.isDestroyed()).isTrue();
    assertThatIllegalStateException().isThrownBy(key::toJson);
    assertThatIllegalStateException().isThrownBy(() -> new Opener(key));
    assertThat(opener.open(sealer.seal(new byte[] {1, 2}))).containsExactly(1, 2);
    assertThat(read(JSON).toJson()).as("another one of the same text").isNotEmpty();
  }
}
