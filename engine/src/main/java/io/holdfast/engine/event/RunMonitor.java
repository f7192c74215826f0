package io.holdfast.engine.event;

import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunPhase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The side of a run that others look at: its progress, its events and the way to cancel it. One for
 * each run; thread-safe.
 *
 * <p>The listener is called on the run's own threads, must be quick, and must not throw: what it
 * throws is dropped, since nobody who watches may harm a run.
 */
public final class RunMonitor {
  private final Consumer<RunEvent> listener;
  private final Cancellation cancellation;
  private final AtomicReference<Stage> stage = new AtomicReference<>(new Stage(RunPhase.PREPARE));
  private volatile @Nullable RunMonitor inner;

  public RunMonitor(Consumer<RunEvent> listener) {
    this(listener, new Cancellation());
  }

  private RunMonitor(Consumer<RunEvent> listener, Cancellation cancellation) {
    this.listener = listener;
    this.cancellation = cancellation;
  }

  /** A monitor that nobody looks at. */
  public static RunMonitor silent() {
    return new RunMonitor(event -> {});
  }

  /** Cancels the run with {@code cancellation().cancel(CANCELLED)}. */
  public Cancellation cancellation() {
    return cancellation;
  }

  /**
   * How far the run is now. While an inner run (a safety backup) is under way, its bytes stand for
   * this one's.
   */
  public RunProgress progress() {
    RunMonitor within = inner;
    RunProgress own = stage.get().progress();
    if (within == null) {
      return own;
    }
    RunProgress other = within.progress();
    return new RunProgress(own.phase(), other.bytesDone(), other.bytesTotal(), other.parts());
  }

  /**
   * A monitor for a run within this one: the same cancellation, its warnings passed on, its bytes
   * shown until {@link #phase}.
   */
  public RunMonitor inner() {
    var monitor =
        new RunMonitor(
            event -> {
              if (event instanceof RunEvent.Warning) {
                tell(event);
              }
            },
            cancellation);
    inner = monitor;
    return monitor;
  }

  /** Enters a phase; the meters of the former one are gone. */
  public void phase(RunPhase phase) {
    inner = null;
    stage.set(new Stage(phase));
    tell(new RunEvent.PhaseStarted(phase));
  }

  /** A meter for one component's share of the present phase. */
  public Meter meter(String component, OptionalLong expectedBytes) {
    var meter = new Meter(expectedBytes);
    stage.get().meters.put(component, meter);
    return meter;
  }

  /** Tells the listener. */
  public void tell(RunEvent event) {
    try {
      listener.accept(event);
    } catch (RuntimeException watching) {
      // By contract of the listener; the run goes on.
    }
  }

  /** Counts bytes. Thread-safe. */
  public static final class Meter implements LongConsumer {
    private final LongAdder done = new LongAdder();
    private final OptionalLong expected;
    private volatile boolean ended;

    private Meter(OptionalLong expected) {
      this.expected = expected;
    }

    @Override
    public void accept(long bytes) {
      done.add(bytes);
    }

    public void end() {
      ended = true;
    }
  }

  private static final class Stage {
    private final RunPhase phase;
    private final Map<String, Meter> meters = new ConcurrentSkipListMap<>();

    Stage(RunPhase phase) {
      this.phase = phase;
    }

    RunProgress progress() {
      List<RunProgress.Part> parts = new ArrayList<>();
      long done = 0;
      long total = 0;
      boolean known = !meters.isEmpty();
      for (Map.Entry<String, Meter> entry : meters.entrySet()) {
        Meter meter = entry.getValue();
        long bytes = meter.done.sum();
        // An ended part is as long as it turned out to be; an estimate that was passed is no
        // estimate any more.
        OptionalLong expected =
            meter.ended
                ? OptionalLong.of(bytes)
                : meter.expected.isPresent()
                    ? OptionalLong.of(Math.max(bytes, meter.expected.getAsLong()))
                    : meter.expected;
        parts.add(new RunProgress.Part(entry.getKey(), bytes, expected, meter.ended));
        done += bytes;
        total += expected.orElse(0);
        known &= expected.isPresent();
      }
      return new RunProgress(
          phase, done, known ? OptionalLong.of(total) : OptionalLong.empty(), parts);
    }
  }
}
