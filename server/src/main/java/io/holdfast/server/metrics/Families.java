package io.holdfast.server.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Collects families of metrics. One in which nothing is known is left out. */
final class Families {
  private final List<MetricSnapshot> families = new ArrayList<>();

  /** The values of one family, each with names and values of labels in turn. */
  static final class Points {
    private final Map<Labels, Double> values;
    private final Labels fixed;

    private Points(Map<Labels, Double> values, Labels fixed) {
      this.values = values;
      this.fixed = fixed;
    }

    /** The same family, where every value has these labels too. */
    Points with(String... labels) {
      return new Points(values, fixed.merge(Labels.of(labels)));
    }

    void add(double value, String... labels) {
      values.put(fixed.merge(Labels.of(labels)), value);
    }

    void add(boolean value, String... labels) {
      add(value ? 1 : 0, labels);
    }

    void add(OptionalLong value, String... labels) {
      value.ifPresent(known -> add(known, labels));
    }

    void addTime(Optional<Instant> value, String... labels) {
      value.ifPresent(known -> add(known.getEpochSecond() + known.getNano() / 1e9, labels));
    }

    void addLength(Optional<Duration> value, String... labels) {
      value.ifPresent(known -> add(known.getSeconds() + known.getNano() / 1e9, labels));
    }
  }

  private static Map<Labels, Double> values(Consumer<Points> filler) {
    Map<Labels, Double> values = new LinkedHashMap<>();
    filler.accept(new Points(values, Labels.EMPTY));
    return values;
  }

  /**
   * A value that goes up and down.
   *
   * @param name ends in its unit, if it has one
   */
  void gauge(String name, String help, Consumer<Points> filler) {
    GaugeSnapshot.Builder family = GaugeSnapshot.builder().name(name).help(help);
    if (name.endsWith("_seconds")) {
      family.unit(Unit.SECONDS);
    } else if (name.endsWith("_bytes")) {
      family.unit(Unit.BYTES);
    }
    Map<Labels, Double> values = values(filler);
    values.forEach(
        (labels, value) -> family.dataPoint(new GaugeDataPointSnapshot(value, labels, null)));
    add(family.build(), values);
  }

  /**
   * A value that only grows while the server runs.
   *
   * @param name without {@code _total}, which the text adds
   */
  void counter(String name, String help, Consumer<Points> filler) {
    CounterSnapshot.Builder family = CounterSnapshot.builder().name(name).help(help);
    Map<Labels, Double> values = values(filler);
    values.forEach(
        (labels, value) -> family.dataPoint(new CounterDataPointSnapshot(value, labels, null, 0)));
    add(family.build(), values);
  }

  /**
   * Facts, as labels of the value 1.
   *
   * @param name without {@code _info}, which the text adds
   */
  void info(String name, String help, Consumer<Points> filler) {
    InfoSnapshot.Builder family = InfoSnapshot.builder().name(name).help(help);
    Map<Labels, Double> values = values(filler);
    values.keySet().forEach(labels -> family.dataPoint(new InfoDataPointSnapshot(labels)));
    add(family.build(), values);
  }

  private void add(MetricSnapshot family, Map<Labels, Double> values) {
    if (!values.isEmpty()) {
      families.add(family);
    }
  }

  MetricSnapshots all() {
    return new MetricSnapshots(families);
  }
}
