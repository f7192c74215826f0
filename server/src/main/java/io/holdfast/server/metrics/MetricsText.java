package io.holdfast.server.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A snapshot as text: in Prometheus' own format, or as OpenMetrics where the reader asks for it.
 *
 * @param contentType the header's value
 * @param body the text in UTF-8
 */
public record MetricsText(String contentType, byte[] body) {

  /**
   * Renders a snapshot.
   *
   * @param accept the request's header, or an empty text
   */
  public static MetricsText render(MetricsSnapshot snapshot, String accept) {
    ExpositionFormatWriter writer =
        Accept.prefersOpenMetrics(accept)
            ? OpenMetricsTextFormatWriter.create()
            : PrometheusTextFormatWriter.create();
    var text = new ByteArrayOutputStream();
    try {
      writer.write(text, MetricList.of(snapshot), EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new MetricsText(writer.getContentType(), text.toByteArray());
  }
}
