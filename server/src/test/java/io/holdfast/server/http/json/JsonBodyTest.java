package io.holdfast.server.http.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.avaje.jsonb.Jsonb;
import io.holdfast.server.http.ProblemCode;
import io.holdfast.server.http.ProblemException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  private final JsonBody bodies = new JsonBody(Jsonb.builder().build());

  private Sample read(String document) {
    return read(document.getBytes(StandardCharsets.UTF_8));
  }

  private Sample read(byte[] document) {
    return bodies.read(new BodyRequest(JSON, document), Sample.class);
  }

  private String refused(String document) {
    return refused(document.getBytes(StandardCharsets.UTF_8));
  }

  private String refused(byte[] document) {
    ProblemException thrown = catchThrowableOfType(ProblemException.class, () -> read(document));
    assertThat(thrown).as("taken: %s", new String(document, StandardCharsets.UTF_8)).isNotNull();
    assertThat(thrown.problem().code()).isEqualTo(ProblemCode.BAD_REQUEST);
    return thrown.problem().detail();
  }

  @Test
  void readsADocument() {
    Sample sample =
        read(
            """
             \t{"text": "a\\u00fc\\n\\ud83d\\ude00ß", "confirm": true, "maybe": null,
            "max_count": -7, "size": 9223372036854775807, "perhaps": 0, "ratio": -1.5e2,
            "exact": 1.10, "huge": 123456789012345678901234567890, "components": ["a", "b"],
            "color": "GREEN", "time": "2026-11-20T14:30:00Z", "inner": {"x": 1},
            "inners": [{"x": 1}, {"x": 2}],
            "anything": {"n\\u0061me": [1, "two", null, {"three": false}]},
            "bytes": "aGk=", "option": "o"}\r
            """);

    assertThat(sample.text()).isEqualTo("aü\n😀ß");
    assertThat(sample.confirm()).isTrue();
    assertThat(sample.maybe()).isNull();
    assertThat(sample.maxCount()).isEqualTo(-7);
    assertThat(sample.size()).isEqualTo(Long.MAX_VALUE);
    assertThat(sample.perhaps()).isEqualTo(0);
    assertThat(sample.ratio()).isEqualTo(-150);
    assertThat(sample.exact()).isEqualTo("1.10");
    assertThat(sample.huge()).isEqualTo(new BigInteger("123456789012345678901234567890"));
    assertThat(sample.components()).containsExactly("a", "b");
    assertThat(sample.color()).isEqualTo(Sample.Color.GREEN);
    assertThat(sample.time()).isEqualTo(Instant.parse("2026-11-20T14:30:00Z"));
    assertThat(sample.inner()).isEqualTo(new Sample.Inner(1));
    assertThat(sample.inners()).containsExactly(new Sample.Inner(1), new Sample.Inner(2));
    assertThat(sample.anything()).containsOnlyKeys("name");
    assertThat(sample.bytes()).asString(StandardCharsets.UTF_8).isEqualTo("hi");
    assertThat(sample.option()).contains("o");
  }

  @Test
  void anEmptyObjectIsADocument() {
    assertThat(read("{}").components()).isNull();
    assertThat(read(" { } ").option()).isEmpty();
  }

  @Test
  void escapedNamesAreTheNamesThatTheyMean() {
    assertThat(read("{\"c\\u006fnfirm\": true}").confirm()).isTrue();
    assertThat(refused("{\"confirm\": false, \"c\\u006fnfirm\": true}"))
        .isEqualTo("'confirm' is there twice");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"unknown\": 1} | 'unknown' is not known",
        "{\"inner\": {\"x\": 1, \"y\": 2}} | 'inner.y' is not known",
        "{\"confirm\": true, \"confirm\": true} | 'confirm' is there twice",
        "{\"anything\": {\"a\": 1, \"a\": 1}} | 'anything.a' is there twice",
        "{\"text\": 5} | 'text' must be text",
        "{\"text\": true} | 'text' must be text",
        "{\"text\": [\"a\"]} | 'text' must be text",
        "{\"confirm\": \"true\"} | 'confirm' must be true or false",
        "{\"confirm\": 1} | 'confirm' must be true or false",
        "{\"confirm\": null} | 'confirm' must be true or false",
        "{\"maybe\": \"true\"} | 'maybe' must be true or false",
        "{\"max_count\": \"5\"} | 'max_count' must be a whole number",
        "{\"max_count\": null} | 'max_count' must be a whole number",
        "{\"max_count\": 5.0} | 'max_count' must be a whole number that is not too large",
        "{\"max_count\": 5e2} | 'max_count' must be a whole number that is not too large",
        "{\"max_count\": 99999999999} | 'max_count' is out of range",
        "{\"max_count\": -2147483649} | 'max_count' is out of range",
        "{\"perhaps\": 99999999999} | 'perhaps' is out of range",
        "{\"perhaps\": \"5\"} | 'perhaps' must be a whole number",
        "{\"size\": 9223372036854775808} | 'size' must be a whole number that is not too large",
        "{\"ratio\": \"NaN\"} | 'ratio' must be a number",
        "{\"ratio\": 1e999} | 'ratio' is out of range",
        "{\"exact\": 1e99999999999} | 'exact' is out of range",
        "{\"huge\": 1e9} | 'huge' must be a whole number",
        "{\"components\": \"a\"} | 'components' must be a list",
        "{\"components\": {}} | 'components' must be a list",
        "{\"components\": [\"a\", 5]} | 'components[1]' must be text",
        "{\"components\": [[]]} | 'components[0]' must be text",
        "{\"color\": \"BLUE\"} | 'color' has no allowed value",
        "{\"color\": 5} | 'color' must be text",
        "{\"time\": \"yesterday\"} | 'time' has no allowed value",
        "{\"inner\": 5} | 'inner' must be an object",
        "{\"inner\": []} | 'inner' must be an object",
        "{\"inner\": {\"x\": \"a\"}} | 'inner.x' must be a whole number",
        "{\"inners\": [{\"x\": 1}, {\"x\": \"a\"}]} | 'inners[1].x' must be a whole number",
        "{\"bytes\": \"???\"} | 'bytes' must be Base64",
      })
  void namesTheField(String document, String detail) {
    assertThat(refused(document)).isEqualTo(detail);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "[]", "null", "5", "\"{}\"", "true", "x", "\ufeff{}", "//\n{}"})
  void demandsOneObject(String document) {
    assertThat(refused(document)).isEqualTo("The body must be a JSON object");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"confirm\"",
        "{\"confirm\":",
        "{\"confirm\": tru",
        "{\"confirm\": true",
        "{\"confirm\": true,",
        "{\"confirm\": true,}",
        "{,\"confirm\": true}",
        "{\"confirm\": true \"size\": 5}",
        "{\"confirm\": true, , \"size\": 5}",
        "{\"confirm\" true}",
        "{\"confirm\"= true}",
        "{\"confirm\": truex}",
        "{\"confirm\": True}",
        "{'confirm': true}",
        "{confirm: true}",
        "{\"confirm\": true}}",
        "{\"confirm\": true} x",
        "{\"confirm\": true}{}",
        "{\"confirm\": true /* c */}",
        "{\"confirm\": true\u00a0}",
        "{\"confirm\": true\u0000}",
        "{\"components\": [\"a\",]}",
        "{\"components\": [,\"a\"]}",
        "{\"components\": [\"a\" \"b\"]}",
        "{\"components\": [\"a\"}",
        "{\"text\": \"a",
        "{\"text\": \"a\nb\"}",
        "{\"text\": \"a\u0000b\"}",
        "{\"text\": \"\\x\"}",
        "{\"text\": \"\\u12\"}",
        "{\"text\": \"\\uZZZZ\"}",
        "{\"text\": \"\\u+123\"}",
        "{\"text\": \"\\",
        "{\"text\": \"\\u",
        "{\"text\": \"\\ud800\"}",
        "{\"text\": \"\\udc00\\ud800\"}",
        "{\"size\": 05}",
        "{\"size\": +5}",
        "{\"size\": -}",
        "{\"size\": 5.}",
        "{\"size\": .5}",
        "{\"size\": 5e}",
        "{\"size\": 0x5}",
        "{\"ratio\": NaN}",
        "{\"ratio\": Infinity}",
      })
  void refusesWhatIsNoJson(String document) {
    assertThat(refused(document)).startsWith("The body is no valid JSON: at character ");
  }

  @Test
  void refusesANumberThatNobodyMeans() {
    assertThat(refused("{\"huge\": " + "1".repeat(100_000) + "}")).endsWith("number is too long");
  }

  @Test
  void refusesWhatIsNoUtf8() {
    byte[] document = "{\"text\": \"ab\"}".getBytes(StandardCharsets.UTF_8);
    document[10] = (byte) 0xc3;

    assertThat(refused(document)).isEqualTo("The body is no valid UTF-8");
    assertThat(refused("{}".getBytes(StandardCharsets.UTF_16LE))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 100, 100_000})
  void refusesTooManyLevels(int levels) {
    String document = "{\"anything\": " + "{\"a\":".repeat(levels) + "1" + "}".repeat(levels) + "}";
    String lists = "{\"anything\": {\"a\": " + "[".repeat(levels) + "]".repeat(levels) + "}}";

    assertThat(refused(document)).endsWith("is nested too deeply");
    assertThat(refused(lists)).endsWith("is nested too deeply");
  }

  @Test
  void quotesNoValueAndNoEndlessName() {
    assertThat(refused("{\"max_count\": \"hunter2\"}")).doesNotContain("hunter2");
    assertThat(refused("{\"color\": \"hunter2\"}")).doesNotContain("hunter2");
    assertThat(refused("{\"" + "n".repeat(100_000) + "\": 1}")).hasSizeLessThan(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON",
        "application/json; charset=utf-8",
        "application/json;charset=\"UTF-8\"",
        "application/json ; charset=utf-8 ;",
      })
  void takesJson(String contentType) {
    assertThat(
            bodies.read(
                new BodyRequest(Map.of("Content-Type", contentType), new byte[] {'{', '}'}),
                Sample.class))
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text/plain",
        "text/json",
        "application/jsonp",
        "application/json-patch+json",
        "application/x-www-form-urlencoded",
        "application/json; charset=iso-8859-1",
        "application/json; charset=utf-16",
        "application/json, text/plain",
      })
  void takesNothingElse(String contentType) {
    var request = new BodyRequest(Map.of("Content-Type", contentType), new byte[] {'{', '}'});

    assertThat(
            catchThrowableOfType(ProblemException.class, () -> bodies.read(request, Sample.class))
                .problem()
                .code())
        .isEqualTo(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
  }

  @Test
  void takesNothingWithoutATypeOrCompressed() {
    byte[] body = {'{', '}'};
    for (Map<String, String> headers :
        List.of(
            Map.<String, String>of(),
            Map.of("Content-Type", "application/json", "Content-Encoding", "gzip"))) {
      assertThat(
              catchThrowableOfType(
                      ProblemException.class,
                      () -> bodies.read(new BodyRequest(headers, body), Sample.class))
                  .problem()
                  .code())
          .isEqualTo(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
    }
  }

  @Test
  void whateverHappensToADocumentItIsTakenOrRefused() {
    byte[] document =
        """
        {"text": "a\\u00fc", "confirm": true, "components": ["a"], "inner": {"x": 1}}\
        """
            .getBytes(StandardCharsets.UTF_8);
    var random = new Random(42);
    for (int round = 0; round < 20_000; round++) {
      byte[] broken = document.clone();
      for (int i = random.nextInt(3); i >= 0; i--) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
      }
      try {
        read(broken);
      } catch (ProblemException e) {
        assertThat(e.problem().code()).isEqualTo(ProblemCode.BAD_REQUEST);
      }
    }
  }
}
