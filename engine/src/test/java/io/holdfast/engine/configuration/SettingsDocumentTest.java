package io.holdfast.engine.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FilePath;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsDocumentTest {
  private static final FilePath FILE = FilePath.of("/etc/holdfast/holdfast.yaml");
  private static final Optional<FilePath> HOME = Optional.of(FilePath.of("/home/user"));

  private enum Fruit {
    APPLE,
    STAR_FRUIT
  }

  /** Every wrong file of the resources, bound to one of everything; the text beside it is exact. */
  @ParameterizedTest
  @MethodSource("wrongFiles")
  void tellsEveryProblemOfAWrongFileWithItsPlace(String name) throws Exception {
    byte[] content = Files.readAllBytes(resources().resolve(name));

    assertThat(messageOf(content)).isEqualTo(goldenText(name));
  }

  static Stream<String> wrongFiles() throws Exception {
    try (Stream<Path> files = Files.list(resources())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @Test
  void everyGoldenTextHasItsFile() throws Exception {
    try (Stream<Path> files = Files.list(resources())) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.endsWith(".txt"))
                  .map(name -> name.replace(".txt", ".yaml")))
          .isNotEmpty()
          .allMatch(name -> Files.exists(resources().resolve(name)));
    }
  }

  @Test
  void readsOneOfEverything() {
    var document =
        yaml(
            """
            text: hello
            quoted: "12"
            number: 7
            flag: true
            duration: 90s
            choice: star-fruit
            path: ../data/./x
            home: ~/y
            absolute: /a//b/../c/
            one_text: a
            texts: [a, 3, "c d"]
            paths:
              - /x
              - y
            section:
              inner: {deep: yes}
            empty:
            """);
    Settings settings = document.settings();

    assertThat(settings.text("text")).isEqualTo("hello");
    assertThat(settings.text("quoted")).isEqualTo("12");
    assertThat(settings.number("number", 1, 0, 9)).isEqualTo(7);
    assertThat(settings.flag("flag", false)).isTrue();
    assertThat(settings.duration("duration", Duration.ZERO)).isEqualTo(Duration.ofSeconds(90));
    assertThat(settings.choice("choice", Fruit.class, Fruit.APPLE)).isEqualTo(Fruit.STAR_FRUIT);
    assertThat(settings.path("path")).isEqualTo(FilePath.of("/etc/data/x"));
    assertThat(settings.path("home")).isEqualTo(FilePath.of("/home/user/y"));
    assertThat(settings.path("absolute")).isEqualTo(FilePath.of("/a/c"));
    assertThat(settings.texts("one_text")).containsExactly("a");
    assertThat(settings.texts("texts")).containsExactly("a", "3", "c d");
    assertThat(settings.paths("paths"))
        .containsExactly(FilePath.of("/x"), FilePath.of("/etc/holdfast/y"));
    assertThat(settings.section("section").section("inner").text("deep")).isEqualTo("yes");
    assertThat(settings.section("section").section("inner").location()).isEqualTo("section.inner");
    assertThat(settings.section("empty").keys()).isEmpty();
    document.done();
  }

  @Test
  void whatIsMissingHasItsDefault() {
    var document = yaml("{}");
    Settings settings = document.settings();

    assertThat(settings.has("x")).isFalse();
    assertThat(settings.optionalText("x")).isEmpty();
    assertThat(settings.optionalPath("x")).isEmpty();
    assertThat(settings.texts("x")).isEmpty();
    assertThat(settings.paths("x")).isEmpty();
    assertThat(settings.flag("x", true)).isTrue();
    assertThat(settings.number("x", 42, 0, 1)).isEqualTo(42);
    assertThat(settings.duration("x", Duration.ofHours(1))).isEqualTo(Duration.ofHours(1));
    assertThat(settings.choice("x", Fruit.class, Fruit.APPLE)).isEqualTo(Fruit.APPLE);
    assertThat(settings.section("x").keys()).isEmpty();
    document.done();
  }

  @ParameterizedTest
  @CsvSource({
    "1ms, PT0.001S",
    "30s, PT30S",
    "10m, PT10M",
    "6h, PT6H",
    "2d, PT48H",
    "3650d, PT87600H"
  })
  void readsLengthsOfTime(String text, Duration expected) {
    assertThat(DurationText.parse(text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0s",
        "-1s",
        "5",
        "5 s",
        "1h30m",
        "3651d",
        "999999999999d",
        "1.5h",
        "5S",
        "٣s"
      })
  void refusesWhatIsNoLengthOfTime(String text) {
    assertThat(DurationText.parse(text)).isEmpty();
  }

  @Test
  void anAliasRepeatsAValueWithoutBeingAProblem() {
    var document = yaml("a: &those [x, y]\nb: *those\n");

    assertThat(document.settings().texts("b")).containsExactly("x", "y");
    document.settings().has("a");
    document.done();
  }

  @Test
  @DisplayName("Aliases that would expand to billions of values are refused, quickly")
  void refusesAliasesThatExplode() {
    var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      bomb.append("a%d: &a%d [".formatted(i, i));
      bomb.append("*a%d, ".formatted(i - 1).repeat(10)).append("]\n");
    }

    assertThat(messageOf(bomb.toString().getBytes(StandardCharsets.UTF_8)))
        .contains("found more than 100000 values, with those that aliases repeat");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- ", "? "})
  void refusesDeepNestingWithoutExhaustingTheStack(String opening) {
    byte[] content = opening.repeat(200_000).getBytes(StandardCharsets.UTF_8);

    assertThat(messageOf(content)).contains("nested more than 32 deep");
  }

  @Test
  void refusesAFileThatIsTooLarge() {
    byte[] content = new byte[(1 << 20) + 1];
    Arrays.fill(content, (byte) '#');

    assertThat(messageOf(content)).contains("found 1048577 bytes; allowed: at most 1048576 bytes");
  }

  @Test
  void refusesBytesThatAreNotText() {
    assertThat(messageOf(new byte[] {'a', ':', ' ', (byte) 0xff}))
        .contains("found bytes that are not UTF-8; allowed: text in UTF-8");
  }

  @Test
  void acceptsAByteOrderMark() {
    var document = yaml("\uFEFFa: 1\n");

    assertThat(document.settings().text("a")).isEqualTo("1");
    document.done();
  }

  @Test
  void tellsNoMoreThanFortyProblems() {
    String many = "k%d: 1\n".repeat(100).formatted(range(100));

    assertThat(messageOf(many.getBytes(StandardCharsets.UTF_8)))
        .contains("has 101 problems:")
        .endsWith("\n  and 61 more");
  }

  @Test
  void theExceptionCarriesTheProblemsOneByOne() {
    var document = yaml("b: 1\na: {}\n");

    assertThatThrownBy(document::done)
        .isInstanceOfSatisfying(
            HoldfastException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION_INVALID);
              assertThat(e.context()).containsEntry("file", FILE.toString());
              assertThat(((InvalidSettings) e.getCause()).problems())
                  .extracting(Problem::line, Problem::key, Problem::found)
                  .containsExactly(
                      org.assertj.core.groups.Tuple.tuple(1, "b", "an unknown key"),
                      org.assertj.core.groups.Tuple.tuple(2, "a", "an unknown key"));
            });
  }

  @Test
  void textsShownInProblemsCannotDriveATerminal() {
    var document = yaml("flag: \"\\e[31mred\\a\"\n");
    document.settings().flag("flag", true);

    assertThat(document.problems())
        .singleElement()
        .extracting(Problem::found)
        .isEqualTo("'\\x1b[31mred\\x07'");
  }

  @Test
  void longTextsAreCutInProblems() {
    var document = yaml("flag: " + "ä".repeat(61) + "\n");
    document.settings().flag("flag", true);

    assertThat(document.problems().getFirst().found()).isEqualTo("'" + "ä".repeat(60) + "…'");
  }

  @Test
  void knowsWhichKeysWereAskedFor() {
    var document = yaml("{}");
    document.settings().section("a").flag("b", true);
    document.settings().has("c");

    assertThat(document.askedKeys()).isEqualTo(Set.of("a", "a.b", "c"));
  }

  @Test
  void aMapHoldsListsOneALine() {
    var document =
        SettingsDocument.of(
            "manifest of x",
            Map.of("path", "/srv/app", "include", "*.a\n*.b", "none", "", "later", "unknown"));
    Settings settings = document.settings();

    assertThat(settings.path("path")).isEqualTo(FilePath.of("/srv/app"));
    assertThat(settings.texts("include")).containsExactly("*.a", "*.b");
    assertThat(settings.text("include")).isEqualTo("*.a\n*.b");
    assertThat(settings.texts("none")).isEmpty();
    document.done();
  }

  @Test
  void aMapHasNoRelativePathsAndNoHome() {
    var document = SettingsDocument.of("manifest of x", Map.of("a", "b", "c", "~/d"));
    document.settings().path("a");
    document.settings().path("c");

    assertThatThrownBy(document::done)
        .hasMessageContaining("manifest of x: a: found 'b'; allowed: an absolute path")
        .hasMessageContaining("manifest of x: c: found '~/d'; allowed: an absolute path");
  }

  @ParameterizedTest
  @CsvSource({
    "path, path, 0",
    "pth, path, 1",
    "ptah, path, 1",
    "exlude, exclude, 1",
    "'', abc, 3",
    "kitten, sitting, 3"
  })
  void countsTheEditsBetweenTwoWords(String a, String b, int distance) {
    assertThat(Likeness.distance(a, b)).isEqualTo(distance);
    assertThat(Likeness.distance(b, a)).isEqualTo(distance);
  }

  @Test
  void suggestsNothingThatIsNotLike() {
    assertThat(Likeness.closest("colour", List.of("path", "kind"))).isEmpty();
    assertThat(Likeness.closest("Max-Count", List.of("max_age_days", "max_count")))
        .contains("max_count");
  }

  private static SettingsDocument yaml(String text) {
    return SettingsDocument.yaml(FILE, text.getBytes(StandardCharsets.UTF_8), HOME);
  }

  /** Binds one of everything and returns the message, which must come. */
  private static String messageOf(byte[] content) {
    try {
      var document = SettingsDocument.yaml(FILE, content, HOME);
      Settings settings = document.settings();
      settings.text("text");
      settings.optionalText("optional_text");
      settings.optionalPath("path");
      settings.texts("texts");
      settings.paths("paths");
      settings.flag("flag", true);
      settings.number("number", 3, 1, 10);
      settings.duration("duration", Duration.ofHours(1));
      settings.choice("choice", Fruit.class, Fruit.APPLE);
      Settings section = settings.section("section");
      section.section("inner").flag("deep", false);
      if (section.has("needed")) {
        section.path("needed");
      }
      document.done();
    } catch (HoldfastException told) {
      return told.message();
    }
    throw new AssertionError("no problem was found");
  }

  private static Object[] range(int count) {
    return java.util.stream.IntStream.range(0, count).boxed().toArray();
  }

  /** The expected text; written anew, for review, when asked for with -Dholdfast.golden=write. */
  private static String goldenText(String name) throws IOException, URISyntaxException {
    Path golden = resources().resolve(name.replace(".yaml", ".txt"));
    if ("write".equals(System.getProperty("holdfast.golden"))) {
      String text = messageOf(Files.readAllBytes(resources().resolve(name)));
      Path source =
          Path.of(
              "src/test/resources/io/holdfast/engine/configuration/wrong",
              golden.getFileName().toString());
      Files.writeString(source, text + "\n");
      return text;
    }
    return Files.readString(golden).stripTrailing();
  }

  private static Path resources() {
    try {
      return Path.of(SettingsDocumentTest.class.getResource("wrong").toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
