package io.holdfast.server.schedule;

import io.holdfast.engine.schedule.Due;
import io.holdfast.engine.schedule.Schedule;
import io.holdfast.engine.schedule.Timetable;
import io.holdfast.server.schedule.ScheduledRun.Outcome;
import io.holdfast.server.schedule.SchedulerState.Attempt;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Starts runs when they are due, one at a time, on a thread of its own. Thread-safe.
 *
 * <p>Nothing but {@link #stop} ends the schedule: an attempt that fails, with whatever exception or
 * error, an interrupted thread, a listener that throws, all are outlived. Even after an {@code
 * OutOfMemoryError}: what the run held is free by then, and if it is not, the next attempt costs
 * nothing, while a schedule that has died unseen costs every backup to come.
 *
 * <p>Listeners are called on the thread of whoever caused the event, with no lock held; they must
 * be quick, and what they throw is dropped.
 */
public final class Scheduler implements AutoCloseable {
  /** The wall clock jumps, and machines sleep, without a word to those who wait. */
  static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private final ScheduledRun run;
  private final World world;
  private final Consumer<SchedulerEvent> listener;

  private final Object lock = new Object();
  private final Agenda agenda;
  private @Nullable Loop loop;

  /**
   * What is not the scheduler's own.
   *
   * @param clock the wall clock, by which runs are due; it may jump
   * @param waiters makes a waiter for each life of the schedule: were it one for all, a new life
   *     could take the wake that was meant for an old one
   * @param random for the jitter; used under a lock
   */
  public record World(Clock clock, Supplier<Waiter> waiters, RandomGenerator random) {}

  /**
   * @param lastStarted when the last scheduled run started, in this process or an earlier one
   */
  public Scheduler(
      Timetable timetable,
      Optional<Instant> lastStarted,
      ScheduledRun run,
      World world,
      Consumer<SchedulerEvent> listener) {
    this.agenda = new Agenda(timetable, lastStarted, world.clock().instant(), world.random());
    this.run = run;
    this.world = world;
    this.listener = listener;
  }

  /**
   * Starts with the process: what fell due while it was down is counted as missed, and if the
   * timetable says so, one run is made up at once. Does nothing if it is started already.
   */
  public void start() {
    begin(true);
  }

  /**
   * Starts because somebody switched the schedule on: nothing was missed, and nothing is due at
   * once. Does nothing if it is started already.
   */
  public void resume() {
    begin(false);
  }

  private void begin(boolean withProcess) {
    synchronized (lock) {
      if (loop == null) {
        int missed = agenda.begin(withProcess, world.clock().instant());
        var starting = new Loop(missed, agenda.schedule(), agenda.next());
        starting.thread.start();
        loop = starting;
      }
    }
  }

  /**
   * Starts no further run. Returns when the thread is gone; or, if a run is under way, at once:
   * that run belongs to whoever cancels runs, and is neither interrupted nor waited for. Its
   * outcome is still recorded. Does nothing if it is stopped already.
   */
  public void stop() {
    Loop stopping;
    boolean running;
    synchronized (lock) {
      if (loop == null) {
        return;
      }
      stopping = loop;
      running = stopping.running;
      loop = null;
      agenda.end();
      stopping.waiter.wake();
    }
    if (!running && !Thread.currentThread().equals(stopping.thread)) {
      try {
        stopping.thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    tell(new SchedulerEvent.Stopped());
  }

  /**
   * Goes by another schedule from now on. Never causes a run; one that is due at this very moment
   * is still made. The same schedule again changes nothing.
   */
  public void reschedule(Schedule schedule) {
    Optional<Due> next;
    synchronized (lock) {
      if (agenda.schedule().equals(schedule)) {
        return;
      }
      agenda.change(schedule, loop != null, world.clock().instant());
      next = agenda.next();
      if (loop != null) {
        loop.waiter.wake();
      }
    }
    tell(new SchedulerEvent.Rescheduled(schedule, next));
  }

  /** How things stand. */
  public SchedulerState state() {
    synchronized (lock) {
      return agenda.state(loop != null, loop != null && loop.running);
    }
  }

  @Override
  public void close() {
    stop();
  }

  private void tell(SchedulerEvent event) {
    try {
      listener.accept(event);
    } catch (Throwable watching) {
      // Whoever watches may not harm the schedule.
    }
  }

  /** One life of the schedule, from start to stop. */
  private final class Loop implements Runnable {
    private final Thread thread =
        Thread.ofPlatform().daemon().name("holdfast-scheduler").unstarted(this);
    private final Waiter waiter = world.waiters().get();
    private final int missedBefore;
    private final SchedulerEvent beginning;

    /** Guarded by the lock. */
    private boolean running;

    Loop(int missedBefore, Schedule schedule, Optional<Due> next) {
      this.missedBefore = missedBefore;
      this.beginning = new SchedulerEvent.Started(schedule, next);
    }

    @Override
    public void run() {
      tell(beginning);
      tellMissed(missedBefore);
      while (isAlive()) {
        try {
          turn();
        } catch (InterruptedException e) {
          // Only stop() ends the schedule, and it says so.
        } catch (Throwable e) {
          outlive(e);
        }
      }
    }

    private boolean isAlive() {
      synchronized (lock) {
        return loop == this;
      }
    }

    /** Looks at the clock, then runs or waits. */
    private void turn() throws InterruptedException {
      Agenda.Look look;
      Duration wait;
      Instant now;
      synchronized (lock) {
        if (loop != this) {
          return;
        }
        now = world.clock().instant();
        look = agenda.look(now);
        running = look.due().isPresent();
        wait =
            agenda
                .next()
                .map(due -> Duration.between(world.clock().instant(), due.start()))
                .filter(until -> until.compareTo(LONGEST_WAIT) < 0)
                .orElse(LONGEST_WAIT);
      }
      tellMissed(look.missed());
      if (look.due().isPresent()) {
        attempt(look.due().get(), now);
      } else {
        waiter.await(wait);
      }
    }

    private void attempt(Instant due, Instant startedAt) {
      tell(new SchedulerEvent.Tick(due));
      Outcome outcome;
      try {
        outcome = run.run(due);
      } catch (Throwable e) {
        outcome = new Outcome.Failed();
        tell(new SchedulerEvent.Failed(e));
      }
      // What a run leaves of an interrupt is none of the next wait's business.
      Thread.interrupted();
      int skipped;
      synchronized (lock) {
        running = false;
        Instant now = world.clock().instant();
        skipped = agenda.ended(new Attempt(due, startedAt, now, outcome), loop == this, now);
      }
      if (skipped > 0) {
        tell(new SchedulerEvent.Skipped(skipped));
      }
    }

    private void outlive(Throwable unexpected) {
      try {
        synchronized (lock) {
          running = false;
        }
        tell(new SchedulerEvent.Failed(unexpected));
        waiter.await(LONGEST_WAIT);
      } catch (Throwable again) {
        // The loop goes on, that is all that counts.
      }
    }

    private void tellMissed(int runs) {
      if (runs > 0) {
        tell(new SchedulerEvent.Missed(runs));
      }
    }
  }
}
