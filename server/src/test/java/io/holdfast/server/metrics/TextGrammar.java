package io.holdfast.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the text formats as their specifications have them, and fails on whatever they do not
 * allow: each family together, with its help and its type before its samples, and no series twice.
 */
final class TextGrammar {
  private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
  private static final Pattern META =
      Pattern.compile("# (HELP|TYPE|UNIT) (" + NAME + ") ((?:[^\\\\\\n]|\\\\\\\\|\\\\n|\\\\\")+)");
  private static final String LABEL =
      "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\\\\\|\\\\\"|\\\\n)*\"";
  private static final Pattern SAMPLE =
      Pattern.compile(
          "(" + NAME + ")(\\{" + LABEL + "(?:," + LABEL + ")*})? ([0-9.]+(?:E-?[0-9]+)?)");

  private final boolean openMetrics;
  private final Set<String> families = new HashSet<>();
  private final Map<String, Double> samples = new LinkedHashMap<>();
  private final Map<String, String> meta = new LinkedHashMap<>();
  private String family = "";
  private boolean sampled;

  private TextGrammar(boolean openMetrics) {
    this.openMetrics = openMetrics;
  }

  /** The samples, by name and labels as they stand in the text. */
  static Map<String, Double> read(String text, boolean openMetrics) {
    var grammar = new TextGrammar(openMetrics);
    assertThat(text).endsWith(openMetrics ? "\n# EOF\n" : "\n");
    List<String> lines = text.lines().toList();
    for (String line : openMetrics ? lines.subList(0, lines.size() - 1) : lines) {
      grammar.line(line);
    }
    return grammar.samples;
  }

  private void line(String line) {
    Matcher about = META.matcher(line);
    if (about.matches()) {
      about(about.group(1), about.group(2), about.group(3));
      return;
    }
    Matcher sample = SAMPLE.matcher(line);
    assertThat(sample.matches()).as("by the grammar: %s", line).isTrue();
    String name = sample.group(1);
    assertThat(meta).as("help and type before %s", line).containsKeys("HELP", "TYPE");
    assertThat(name).as("a sample of the family above it").isEqualTo(family + suffix());
    assertThat(samples.put(line.substring(0, line.lastIndexOf(' ')), number(sample.group(3))))
        .as("twice: %s", line)
        .isNull();
    sampled = true;
  }

  private void about(String what, String of, String text) {
    if (!of.equals(family)) {
      assertThat(family.isEmpty() || sampled).as("%s has samples", family).isTrue();
      assertThat(families.add(of)).as("%s in one piece", of).isTrue();
      family = of;
      meta.clear();
      sampled = false;
    }
    assertThat(sampled).as("%s of %s before its samples", what, of).isFalse();
    assertThat(meta.put(what, text)).as("%s of %s once", what, of).isNull();
    switch (what) {
      case "TYPE" ->
          assertThat(text)
              .isIn(
                  openMetrics ? List.of("gauge", "counter", "info") : List.of("gauge", "counter"));
      case "UNIT" -> assertThat(of).as("the unit is in the name").endsWith("_" + text);
      default -> assertThat(text).as("help is a sentence").matches("[A-Z].*\\.");
    }
  }

  private String suffix() {
    String type = String.valueOf(meta.get("TYPE"));
    if (!openMetrics) {
      if (type.equals("counter")) {
        assertThat(family).endsWith("_total");
      }
      return "";
    }
    return switch (type) {
      case "counter" -> "_total";
      case "info" -> "_info";
      default -> "";
    };
  }

  private static double number(String text) {
    return Double.parseDouble(text);
  }
}
