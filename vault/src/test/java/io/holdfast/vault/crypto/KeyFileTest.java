package io.holdfast.vault.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.vault.crypto.KeyFile.Origin;
import io.holdfast.vault.crypto.KeyFileException.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {
  private static final ScryptParameters QUICK = new ScryptParameters(16, 8, 1);
  private static final Instant CREATED = Instant.parse("2026-03-04T05:06:07.123456789Z");
  private static final byte[] PASSWORD = bytes("correct horse");

  private final SeededRandom random = new SeededRandom(1);
  private final MasterKey master = MasterKey.random(random);

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private KeyFile create(byte[] password) {
    return KeyFile.create(master, password, QUICK, new Origin("höst", "fréd", CREATED), random);
  }

  private String json() {
    return new String(create(PASSWORD).toJson(), StandardCharsets.UTF_8);
  }

  private static KeyFile parse(String json) throws KeyFileException {
    return KeyFile.parse(bytes(json));
  }

  private void assertOpens(KeyFile file, byte[] password) throws KeyFileException {
    assertThat(file.open(password).orElseThrow().toJson()).isEqualTo(master.toJson());
  }

  private static void assertRefused(String json, Reason reason) {
    assertThatExceptionOfType(KeyFileException.class)
        .isThrownBy(() -> parse(json))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  @DisplayName("what was created opens with its password, at once and when it was stored")
  void opens() throws KeyFileException {
    KeyFile created = create(PASSWORD);
    assertOpens(created, PASSWORD);
    KeyFile read = KeyFile.parse(created.toJson());
    assertOpens(read, PASSWORD);
    assertThat(read.origin()).isEqualTo(new Origin("höst", "fréd", CREATED));
    assertThat(read.scrypt()).isEqualTo(QUICK);
    assertThat(read.toJson()).isEqualTo(created.toJson());
    assertThat(read).hasToString("key of fréd@höst");
  }

  @Test
  @DisplayName("it is stored with the names that the format has for things")
  void stored() {
    assertThat(json())
        .startsWith(
            "{\"created\":\"2026-03-04T05:06:07.123456789Z\",\"username\":\"fréd\","
                + "\"hostname\":\"höst\",\"kdf\":\"scrypt\",\"N\":16,\"r\":8,\"p\":1,\"salt\":\"")
        .containsPattern("\"salt\":\"[A-Za-z0-9+/]{86}==\",\"data\":\"[A-Za-z0-9+/]+=*\"}$");
  }

  @Test
  @DisplayName("the same password twice makes two files that have nothing in common")
  void salted() {
    assertThat(json()).isNotEqualTo(json());
  }

  static String[] passwords() {
    return new String[] {
      "x",
      "pässwörd 秘密 😀",
      "\0",
      "a\0b",
      "line\nbreak ",
      "e\u0301",
      "long ".repeat(100),
      "x".repeat(64),
      "x".repeat(65)
    };
  }

  @ParameterizedTest
  @MethodSource("passwords")
  @DisplayName("any bytes may be a password, and nothing but the same bytes will do")
  void passwords(String password) throws KeyFileException {
    KeyFile file = create(bytes(password));
    assertOpens(file, bytes(password));
    for (String other : new String[] {password + " ", " " + password, password + "x", ""}) {
      // That NULs at its end are nothing is how HMAC takes its key.
      if (!(password.equals("\0") && other.isEmpty())) {
        assertThat(file.open(bytes(other))).as("<%s>", other).isEmpty();
      }
    }
  }

  @Test
  @DisplayName("é in one character is not é in two: passwords are not normalised")
  void notNormalised() throws KeyFileException {
    assertThat(create(bytes("e\u0301")).open(bytes("\u00e9"))).isEmpty();
  }

  @Test
  @DisplayName("a short password and the same with NULs behind it are one, as for any scrypt")
  void trailingNuls() throws KeyFileException {
    assertOpens(create(bytes("secret")), bytes("secret\0\0"));
    assertThat(create(bytes("x".repeat(65))).open(bytes("x".repeat(65) + "\0"))).isEmpty();
  }

  @Test
  @DisplayName("an empty password is not taken for a new key, and does not open one")
  void emptyPassword() throws KeyFileException {
    assertThatIllegalArgumentException().isThrownBy(() -> create(new byte[0]));
    assertThat(create(PASSWORD).open(new byte[0])).isEmpty();
  }

  @Test
  @DisplayName("passwords and the master key are left as they were")
  void leavesArguments() throws KeyFileException {
    byte[] password = PASSWORD.clone();
    create(password).open(password);
    assertThat(password).isEqualTo(PASSWORD);
    assertThat(master.isDestroyed()).isFalse();
  }

  @Test
  @DisplayName("whatever byte of what is sealed or of the salt is altered, it does not open")
  void altered() throws KeyFileException {
    String json = json();
    for (String key : new String[] {"data", "salt"}) {
      int start = json.indexOf("\"" + key + "\":\"") + key.length() + 4;
      int end = json.indexOf('"', start);
      byte[] content = Base64.getDecoder().decode(json.substring(start, end));
      for (int i = 0; i < content.length; i++) {
        byte[] altered = content.clone();
        altered[i] ^= (byte) (1 << (i % 8));
        String text = Base64.getEncoder().encodeToString(altered);
        KeyFile file = parse(json.substring(0, start) + text + json.substring(end));
        assertThat(file.open(PASSWORD)).as("%s, byte %d", key, i).isEmpty();
      }
    }
    assertThat(parse(json.replace("\"p\":1", "\"p\":2")).open(PASSWORD)).isEmpty();
    assertThat(parse(json.replace("\"N\":16", "\"N\":32")).open(PASSWORD)).isEmpty();
  }

  @Test
  @DisplayName("data that is cut off does not open, or is no key file")
  void truncatedData() throws KeyFileException {
    for (int length : new int[] {32, 33, 100}) {
      assertThat(parse(withData(data -> Arrays.copyOf(data, length))).open(PASSWORD)).isEmpty();
    }
    assertRefused(withData(data -> Arrays.copyOf(data, 31)), Reason.MALFORMED);
    assertRefused(withData(data -> new byte[0]), Reason.MALFORMED);
  }

  private String withData(UnaryOperator<byte[]> change) {
    String json = json();
    int start = json.indexOf("\"data\":\"") + 8;
    byte[] data = Base64.getDecoder().decode(json.substring(start, json.length() - 2));
    return json.substring(0, start)
        + Base64.getEncoder().encodeToString(change.apply(data))
        + "\"}";
  }

  @Test
  @DisplayName("a file that ends anywhere before its end is no key file")
  void truncated() {
    String json = json();
    for (int length = 0; length < json.length(); length++) {
      assertRefused(json.substring(0, length), Reason.MALFORMED);
    }
  }

  @Test
  @DisplayName("keys that nobody knows, another order, spaces and other zones are all right")
  void tolerant() throws KeyFileException {
    String json = json();
    assertOpens(parse("{\"new\":{\"a\":[1,[]]}," + json.substring(1)), PASSWORD);
    assertOpens(parse(" \n" + json.replace(",", " ,\n\t") + "\r\n"), PASSWORD);
    String moved = json.replace("\"N\":16,", "").replace("\"}", "\",\"N\":16}");
    assertOpens(parse(moved), PASSWORD);
    KeyFile zoned =
        parse(json.replace("2026-03-04T05:06:07.123456789Z", "2015-01-02T18:10:13.48307196+01:00"));
    assertThat(zoned.origin().created()).contains(Instant.parse("2015-01-02T17:10:13.48307196Z"));
  }

  @Test
  @DisplayName("who made it, where and when may be missing or null")
  void anonymous() throws KeyFileException {
    String json = json();
    String without =
        json.replaceFirst("\"created\":.*?,", "")
            .replaceFirst("\"username\":.*?,", "")
            .replaceFirst("\"hostname\":.*?,", "\"hostname\":null,");
    KeyFile file = parse(without);
    assertThat(file.origin()).isEqualTo(new Origin("", "", Optional.empty()));
    assertOpens(file, PASSWORD);
    assertOpens(KeyFile.parse(file.toJson()), PASSWORD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kdf", "N", "r", "p", "salt", "data"})
  @DisplayName("without what it needs to be opened, or with it twice or null, it is no key file")
  void missing(String key) {
    String json = json();
    String value = "\"" + key + "\":(\"[^\"]*\"|\\d+)";
    assertRefused(json.replaceFirst("," + value, ""), Reason.MALFORMED);
    assertRefused(json.replaceFirst(value, "$0,$0"), Reason.MALFORMED);
    assertRefused(json.replaceFirst(value, "\"" + key + "\":null"), Reason.MALFORMED);
    assertRefused(json.replaceFirst(value, "\"" + key + "\":{}"), Reason.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "\"text\"", "{}", "{}{}", "\u0000", "<html>"})
  @DisplayName("what is something else is no key file")
  void somethingElse(String json) {
    assertRefused(json, Reason.MALFORMED);
  }

  @Test
  @DisplayName("what follows it, nests without end or is larger than any is no key file")
  void excesses() {
    String json = json();
    assertRefused(json + json, Reason.MALFORMED);
    assertRefused(json + "x", Reason.MALFORMED);
    String deep = "{\"x\":" + "[".repeat(30_000) + "]".repeat(30_000) + ",";
    assertRefused(deep + json.substring(1), Reason.MALFORMED);
    assertRefused(json + " ".repeat(KeyFile.MOST_BYTES), Reason.MALFORMED);
  }

  @Test
  @DisplayName("a time that is none, or a salt of another size, makes it malformed")
  void malformedValues() {
    String json = json();
    assertRefused(json.replace("2026-03-04T", "2026-13-04T"), Reason.MALFORMED);
    assertRefused(json.replaceFirst("\"salt\":\"....", "\"salt\":\""), Reason.MALFORMED);
    assertRefused(json.replaceFirst("\"salt\":\".", "\"salt\":\"_"), Reason.MALFORMED);
  }

  @Test
  @DisplayName("another derivation is unsupported, whatever else is there")
  void otherDerivation() {
    assertRefused("{\"kdf\":\"argon2id\",\"m\":65536}", Reason.UNSUPPORTED);
    assertRefused(json().replace("scrypt", "SCRYPT"), Reason.UNSUPPORTED);
  }

  @ParameterizedTest
  @DisplayName("parameters are told apart: none of scrypt's, too much of it, and no numbers at all")
  @CsvSource({
    "N, 15, UNSUPPORTED",
    "N, 0, UNSUPPORTED",
    "N, -16, UNSUPPORTED",
    "r, 0, UNSUPPORTED",
    "p, 0, UNSUPPORTED",
    "N, 1073741824, TOO_COSTLY",
    "N, 4611686018427387904, TOO_COSTLY",
    "r, 9223372036854775807, TOO_COSTLY",
    "p, 9223372036854775807, TOO_COSTLY",
    "p, 100000000, TOO_COSTLY",
    "N, 18446744073709551616, MALFORMED",
    "N, 18446744073709551632, MALFORMED",
    "N, 1e999999999, MALFORMED",
    "N, 1.5, MALFORMED",
    "N, true, MALFORMED",
    "N, '\"16\"', MALFORMED",
  })
  void parameters(String key, String value, Reason reason) {
    assertRefused(json().replaceFirst("\"" + key + "\":\\d+", "\"" + key + "\":" + value), reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "not json", "{\"mac\":{},\"encrypt\":\"\"}"})
  @DisplayName("if the password is right and there is no key inside, it says so, and not what is")
  void noKeyInside(String inside) throws KeyFileException {
    byte[] salt = random.bytes(KeyFile.SALT_BYTES);
    byte[] sealed = new Sealer(QUICK.derive(PASSWORD, salt), random).seal(bytes(inside));
    var file = new KeyFile(new Origin("", "", Optional.empty()), QUICK, salt, sealed);
    assertThatExceptionOfType(KeyFileException.class)
        .isThrownBy(() -> file.open(PASSWORD))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED))
        .withMessage("what is sealed in the key file is no key");
    assertThat(file.open(bytes("other"))).isEmpty();
  }
}
