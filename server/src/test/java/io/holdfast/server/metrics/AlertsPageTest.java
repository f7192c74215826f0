package io.holdfast.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.server.configuration.ServerSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The page on alerts and the metrics know of each other. */
class AlertsPageTest {
  private static final Path PAGE = Path.of("../docs/alerts.md");
  private static final Pattern METRIC = Pattern.compile("holdfast_\\w+");
  private static final Pattern SELECTOR =
      Pattern.compile("(holdfast_\\w+)\\{(\\w+)(=~?)\"([^\"]*)\"\\}");

  /** The series of a server that knows everything, as {@code name{labels}}. */
  private static final Set<String> SERIES =
      TextGrammar.read(
              new String(MetricsText.render(Snapshots.full(), "").body(), StandardCharsets.UTF_8),
              false)
          .keySet();

  private static String page() throws Exception {
    return Files.readString(PAGE);
  }

  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> rules() throws Exception {
    String yaml =
        Pattern.compile("```yaml\n(groups:.*?)```", Pattern.DOTALL)
            .matcher(page())
            .results()
            .map(block -> block.group(1))
            .findFirst()
            .orElseThrow();
    var document =
        (Map<String, List<Map<String, Object>>>)
            new Load(LoadSettings.builder().build()).loadFromString(yaml);
    return (List<Map<String, Object>>) document.get("groups").getFirst().get("rules");
  }

  @Test
  void theScrapeNamesThePortThatAServerListensAt() throws Exception {
    assertThat(page()).contains("targets: [\"backup.example.org:" + ServerSettings.DEFAULT_PORT);
  }

  @ParameterizedTest
  @MethodSource("rules")
  @SuppressWarnings("unchecked")
  void aRuleIsWhole(Map<String, Object> rule) {
    assertThat(rule.keySet()).isSubsetOf("alert", "expr", "for", "labels", "annotations");
    assertThat((String) rule.get("alert")).matches("Holdfast[A-Za-z]+");
    assertThat(((Map<String, String>) rule.get("labels")).get("severity"))
        .isIn("critical", "warning");
    assertThat((Map<String, String>) rule.get("annotations"))
        .containsOnlyKeys("summary", "description")
        .allSatisfy((key, text) -> assertThat(text).isNotBlank());
    assertThat(String.valueOf(rule.getOrDefault("for", "1m"))).matches("[0-9]+[mhd]");
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aRuleAsksForMetricsThatThereAre(Map<String, Object> rule) {
    String expression = (String) rule.get("expr");

    assertThat(METRIC.matcher(expression).results().map(MatchResult::group))
        .isNotEmpty()
        .allMatch(names()::contains);
    SELECTOR
        .matcher(expression)
        .results()
        .forEach(selector -> {
          for (String value : selector.group(4).split("\\|", -1)) {
            assertThat(SERIES)
                .as("%s with %s %s", selector.group(1), selector.group(2), value)
                .anyMatch(series ->
                    series.startsWith(selector.group(1) + "{")
                        && series.contains(selector.group(2) + "=\"" + value + "\""));
          }
        });
  }

  @Test
  void everyRuleIsExplained() throws Exception {
    List<String> alerts = rules().stream().map(rule -> (String) rule.get("alert")).toList();
    String[] sections = page().split("\n### ", -1);
    Map<String, String> explained =
        Arrays.stream(sections)
            .skip(1)
            .collect(
                Collectors.toMap(
                    section -> section.lines().findFirst().orElseThrow(), section -> section));
    assertThat(alerts).doesNotHaveDuplicates();
    assertThat(explained.keySet()).containsExactlyInAnyOrderElementsOf(alerts);
    assertThat(explained.values()).allMatch(section -> section.contains("What to do: "));
  }

  @Test
  void theTableHasEveryMetricWithItsLabels() throws Exception {
    Map<String, Set<String>> expected = new TreeMap<>();
    for (String series : SERIES) {
      expected
          .computeIfAbsent(name(series), name -> new TreeSet<>())
          .addAll(
              Pattern.compile("(\\w+)=\"")
                  .matcher(series)
                  .results()
                  .map(label -> label.group(1))
                  .toList());
    }
    Map<String, Set<String>> table = new TreeMap<>();
    for (String line : page().lines().filter(row -> row.startsWith("| `holdfast_")).toList()) {
      List<String> cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
      table.put(
          cells.get(1).replace("`", ""),
          Stream.of(cells.get(3).split(",", -1))
              .map(label -> label.replace("`", "").strip())
              .filter(label -> !label.isEmpty())
              .collect(Collectors.toCollection(TreeSet::new)));
    }
    assertThat(table).isEqualTo(expected);
  }

  private static Set<String> names() {
    return SERIES.stream().map(AlertsPageTest::name).collect(Collectors.toSet());
  }

  private static String name(String series) {
    return series.replaceAll("\\{.*", "");
  }
}
