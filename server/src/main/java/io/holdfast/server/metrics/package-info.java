/**
 * What Prometheus reads: a snapshot that the server fills, as text.
 *
 * <p>A value that is not known is absent: a zero would pass for the year 1970, or for an empty
 * repository. Begin with {@link io.holdfast.server.metrics.MetricsText}; what the values are for is
 * told in {@code docs/alerts.md}.
 */
@NullMarked
package io.holdfast.server.metrics;

import org.jspecify.annotations.NullMarked;
