package io.holdfast.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.component.ComponentName;
import io.holdfast.server.metrics.MetricsSnapshot.ComponentFigures;
import io.holdfast.server.metrics.MetricsSnapshot.Figures;
import io.holdfast.server.metrics.MetricsSnapshot.RepositoryFigures;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsTextTest {
  private static final String OPEN_METRICS = "application/openmetrics-text";

  private static String render(MetricsSnapshot snapshot, String accept) {
    return new String(MetricsText.render(snapshot, accept).body(), StandardCharsets.UTF_8);
  }

  private static String golden(String name) throws Exception {
    try (InputStream in = MetricsTextTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("@java@", Runtime.version().toString());
    }
  }

  @ParameterizedTest
  @DisplayName("the text is the one that stands in the golden file: rules elsewhere depend on it")
  @CsvSource({"full, ''", "unknown, ''", "full, " + OPEN_METRICS, "unknown, " + OPEN_METRICS})
  void golden(String name, String accept) throws Exception {
    MetricsSnapshot snapshot = name.equals("full") ? Snapshots.full() : Snapshots.unknown();
    String file = name + (accept.isEmpty() ? ".prometheus" : ".openmetrics") + ".txt";

    assertThat(render(snapshot, accept)).isEqualTo(golden(file));
  }

  @ParameterizedTest
  @CsvSource({"'', false", OPEN_METRICS + ", true"})
  void followsTheGrammar(String accept, boolean openMetrics) {
    assertThat(TextGrammar.read(render(Snapshots.full(), accept), openMetrics))
        .containsEntry("holdfast_backup_last_success_timestamp_seconds", 1_795_240_800.0)
        .containsEntry("holdfast_backup_last_verification_timestamp_seconds", 1_794_711_600.25)
        .containsEntry("holdfast_component_last_size_bytes{component=\"app-db\"}", 1_048_576.0)
        .containsEntry("holdfast_runs_total{operation=\"backup\",status=\"completed\"}", 41.0)
        .containsEntry("holdfast_runs_total{operation=\"restore\",status=\"failed\"}", 0.0)
        .containsEntry("holdfast_backup_last_status{status=\"failed\"}", 1.0)
        .containsEntry("holdfast_scheduler_next_due_timestamp_seconds", 1_795_284_060.0)
        .containsEntry(
            "holdfast_webhook_notifications_total{outcome=\"failed\",webhook=\"ops\"}", 1.0);
    TextGrammar.read(render(Snapshots.unknown(), accept), openMetrics);
  }

  @Test
  @DisplayName("what is not known is absent, not zero")
  void unknownIsAbsent() {
    Map<String, Double> samples = TextGrammar.read(render(Snapshots.unknown(), ""), false);
    assertThat(
            samples.keySet().stream()
                .map(series -> series.replaceAll("\\{.*", ""))
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(
            "holdfast_build_info",
            "holdfast_component_info",
            "holdfast_runs_total",
            "holdfast_run_under_way");
    // Of a component that has never been saved, while another has.
    assertThat(render(Snapshots.full(), ""))
        .contains("holdfast_component_info{component=\"uploads\"")
        .doesNotContainPattern("holdfast_component_last_.*uploads");
    var repository = Snapshots.unknown();
    assertThat(
            render(
                new MetricsSnapshot(
                    "1",
                    Figures.UNKNOWN,
                    Optional.empty(),
                    Map.of(),
                    List.of(),
                    Map.of(),
                    repository.scheduler(),
                    Optional.empty(),
                    Optional.of(
                        new RepositoryFigures(
                            Map.of("completed", 0L), OptionalLong.of(0), OptionalLong.empty())),
                    Map.of(),
                    List.of(),
                    Optional.empty()),
                ""))
        .contains("holdfast_repository_backups{status=\"completed\"} 0.0")
        .contains("holdfast_repository_stored_bytes 0.0")
        .doesNotContain("free_bytes");
  }

  @ParameterizedTest
  @CsvSource({"'', false", OPEN_METRICS + ", true"})
  void escapesLabels(String accept, boolean openMetrics) {
    String text =
        render(
            new MetricsSnapshot(
                "1\"} 5\nholdfast_forged 1\\",
                Figures.UNKNOWN,
                Optional.empty(),
                Map.of(
                    new ComponentName("a"),
                    new ComponentFigures("größe \"q\" \\ \n", true, Figures.UNKNOWN)),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                List.of(),
                Optional.empty()),
            accept);

    assertThat(TextGrammar.read(text, openMetrics).keySet())
        .contains(
            "holdfast_component_info{component=\"a\",critical=\"true\",kind=\"größe \\\"q\\\" \\\\ \\n\"}")
        .noneMatch(series -> series.startsWith("holdfast_forged"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                                     | false
          */*                                                    | false
          text/plain                                             | false
          text/html,application/xhtml+xml,*/*;q=0.8              | false
          application/openmetrics-text                           | true
          Application/OpenMetrics-Text; version=1.0.0            | true
          application/openmetrics-text;q=0                       | false
          application/openmetrics-text;q=0.3,text/plain;q=0.5    | false
          application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2 | true
          application/openmetrics-text-not                       | false
          ;;;,,,q=1                                              | false
          """)
  void answersInTheFormatThatIsAskedFor(String accept, boolean openMetrics) {
    MetricsText text = MetricsText.render(Snapshots.unknown(), accept);
    assertThat(text.contentType())
        .isEqualTo(
            openMetrics
                ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
                : "text/plain; version=0.0.4; charset=utf-8");
    TextGrammar.read(new String(text.body(), StandardCharsets.UTF_8), openMetrics);
  }
}
