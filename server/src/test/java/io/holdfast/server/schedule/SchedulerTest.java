package io.holdfast.server.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.engine.run.RunStatus;
import io.holdfast.engine.schedule.Cron;
import io.holdfast.engine.schedule.Due;
import io.holdfast.engine.schedule.Interval;
import io.holdfast.engine.schedule.Schedule;
import io.holdfast.engine.schedule.Timetable;
import io.holdfast.server.schedule.ScheduledRun.Outcome;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class SchedulerTest {
  private static final Instant BEGIN = Instant.parse("2026-11-21T06:00:00Z");
  private static final Schedule SIX_HOURS = new Interval(Duration.ofHours(6));
  private static final Outcome COMPLETED = new Outcome.Ran(RunStatus.COMPLETED);

  private final HandClock clock = new HandClock(BEGIN);
  private final HandWaiter waiter = new HandWaiter();
  private final List<SchedulerEvent> events = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Instant> runs = new LinkedBlockingQueue<>();
  private final List<Scheduler> schedulers = new ArrayList<>();

  @AfterEach
  void stopAll() {
    schedulers.forEach(Scheduler::stop);
  }

  private Scheduler scheduler(Schedule schedule, Optional<Instant> last, ScheduledRun run) {
    return scheduler(schedule, last, run, () -> waiter);
  }

  private Scheduler scheduler(
      Schedule schedule, Optional<Instant> last, ScheduledRun run, Supplier<Waiter> waiters) {
    var scheduler =
        new Scheduler(
            new Timetable(schedule, Duration.ZERO, true),
            last,
            due -> {
              runs.add(due);
              return run.run(due);
            },
            new Scheduler.World(clock, waiters, new Random(1)),
            events::add);
    schedulers.add(scheduler);
    return scheduler;
  }

  private Scheduler started(ScheduledRun run) {
    Scheduler scheduler = scheduler(SIX_HOURS, Optional.empty(), run);
    scheduler.start();
    return scheduler;
  }

  private static Instant at(Duration since) {
    return BEGIN.plus(since);
  }

  private void passTo(Instant instant) {
    clock.set(instant);
    waiter.letPass();
  }

  private List<String> eventNames() {
    return events.stream()
        .map(event -> event.eventName().text().replace("backup.scheduler.", ""))
        .toList();
  }

  @Test
  void runsWhenItIsDueAndNotBefore() throws Exception {
    Scheduler scheduler = started(due -> COMPLETED);

    waiter.nextWait();
    passTo(at(Duration.ofHours(6).minusMillis(1)));
    assertThat(waiter.nextWait()).isEqualTo(Duration.ofMillis(1));
    assertThat(runs).isEmpty();

    passTo(at(Duration.ofHours(6)));
    waiter.nextWait();
    assertThat(runs).containsExactly(at(Duration.ofHours(6)));
    var next = new Due(at(Duration.ofHours(12)), at(Duration.ofHours(12)));
    assertThat(scheduler.state())
        .isEqualTo(
            new SchedulerState(
                true,
                SIX_HOURS,
                Optional.of(next),
                Optional.of(
                    new SchedulerState.Attempt(
                        at(Duration.ofHours(6)),
                        at(Duration.ofHours(6)),
                        at(Duration.ofHours(6)),
                        COMPLETED)),
                false,
                0,
                0));
    assertThat(eventNames()).containsExactly("started", "tick");
  }

  @Test
  void looksAtTheClockOnceAMinuteAtLeast() throws Exception {
    started(due -> COMPLETED);
    for (int i = 0; i < 10; i++) {
      assertThat(waiter.nextWait()).isEqualTo(Duration.ofMinutes(1));
      waiter.letPass();
    }
    // The clock jumps while somebody waits: the next look sees it.
    waiter.nextWait();
    passTo(at(Duration.ofHours(50)));
    waiter.nextWait();
    assertThat(runs).containsExactly(at(Duration.ofHours(6)));
    assertThat(schedulers.getFirst().state().missed()).isEqualTo(7);
    assertThat(events).contains(new SchedulerEvent.Missed(7));
  }

  @Test
  void aClockThatJumpsBackPostponesByOneIntervalAtMost() throws Exception {
    Scheduler scheduler = started(due -> COMPLETED);
    waiter.nextWait();
    Instant longAgo = at(Duration.ofDays(-30));
    passTo(longAgo);
    waiter.nextWait();
    assertThat(scheduler.state().next().orElseThrow().instant())
        .isEqualTo(longAgo.plus(Duration.ofHours(6)));
    passTo(longAgo.plus(Duration.ofHours(6)));
    waiter.nextWait();
    assertThat(runs).hasSize(1);
  }

  static Stream<Throwable> failures() {
    return Stream.of(
        new IOException("disk"),
        new IllegalStateException("defect"),
        new InterruptedException("meant for the run"),
        new AssertionError("defect"),
        new LinkageError("class"),
        new OutOfMemoryError("simulated"),
        new StackOverflowError("simulated"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  @Tag("P12")
  @DisplayName("P12: no failure of a run ends the schedule")
  void outlivesEveryFailure(Throwable failure) throws Exception {
    Scheduler scheduler =
        started(due -> {
          Thread.currentThread().interrupt();
          return SchedulerTest.<RuntimeException>thrown(failure);
        });
    for (int i = 1; i <= 3; i++) {
      waiter.nextWait();
      passTo(at(Duration.ofHours(6L * i)));
      assertThat(runs.poll(20, TimeUnit.SECONDS)).isEqualTo(at(Duration.ofHours(6L * i)));
    }
    waiter.nextWait();
    assertThat(scheduler.state().enabled()).isTrue();
    assertThat(scheduler.state().lastAttempt().orElseThrow().outcome())
        .isEqualTo(new Outcome.Failed());
    assertThat(events).contains(new SchedulerEvent.Failed(failure));
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> Outcome thrown(Throwable failure) throws E {
    throw (E) failure;
  }

  @Test
  @Tag("P12")
  @DisplayName("P12: a clock or a listener that throws does not end the schedule")
  void outlivesItsSurroundings() throws Exception {
    var broken = new AtomicReference<RuntimeException>();
    var scheduler =
        new Scheduler(
            new Timetable(SIX_HOURS, Duration.ZERO, true),
            Optional.empty(),
            due -> {
              runs.add(due);
              return COMPLETED;
            },
            new Scheduler.World(
                new Clock() {
                  @Override
                  public Instant instant() {
                    RuntimeException now = broken.getAndSet(null);
                    if (now != null) {
                      throw now;
                    }
                    return clock.instant();
                  }

                  @Override
                  public ZoneId getZone() {
                    return clock.getZone();
                  }

                  @Override
                  public Clock withZone(ZoneId zone) {
                    return clock.withZone(zone);
                  }
                },
                () -> waiter,
                new Random(1)),
            event -> {
              throw new AssertionError("a listener");
            });
    schedulers.add(scheduler);
    scheduler.start();
    waiter.nextWait();
    broken.set(new IllegalStateException("no time"));
    waiter.letPass();
    assertThat(waiter.nextWait()).as("a pause, so as not to spin").isEqualTo(Duration.ofMinutes(1));
    passTo(at(Duration.ofHours(6)));
    assertThat(runs.poll(20, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void anInterruptFromElsewhereDoesNotEndTheSchedule() throws Exception {
    started(due -> COMPLETED);
    waiter.nextWait();
    Thread thread = threads().getFirst();
    thread.interrupt();
    waiter.nextWait();
    passTo(at(Duration.ofHours(6)));
    assertThat(runs.poll(20, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void skipsAndCountsWhileAnotherRunIsUnderWay() throws Exception {
    Scheduler scheduler = started(due -> new Outcome.SkippedBusy());
    waiter.nextWait();
    passTo(at(Duration.ofHours(6)));
    waiter.nextWait();
    passTo(at(Duration.ofHours(12)));
    waiter.nextWait();

    assertThat(scheduler.state().skipped()).isEqualTo(2);
    assertThat(scheduler.state().missed()).isZero();
    assertThat(scheduler.state().lastAttempt().orElseThrow().outcome())
        .isEqualTo(new Outcome.SkippedBusy());
    assertThat(eventNames()).containsExactly("started", "tick", "skipped", "tick", "skipped");
  }

  @Test
  void whatFallsDueDuringItsOwnRunIsSkippedAndNotMadeUp() throws Exception {
    Scheduler scheduler =
        started(due -> {
          assertThat(schedulers.getFirst().state().underWay()).isTrue();
          clock.set(at(Duration.ofHours(6 + 13)));
          return COMPLETED;
        });
    waiter.nextWait();
    passTo(at(Duration.ofHours(6)));
    assertThat(waiter.nextWait()).isEqualTo(Duration.ofMinutes(1));

    assertThat(runs).hasSize(1);
    assertThat(scheduler.state().skipped()).isEqualTo(2);
    assertThat(scheduler.state().underWay()).isFalse();
    assertThat(scheduler.state().next().orElseThrow().instant())
        .isEqualTo(at(Duration.ofHours(24)));
  }

  @Test
  void makesUpForOneMissedRunWhenTheProcessStarts() throws Exception {
    Scheduler scheduler =
        scheduler(SIX_HOURS, Optional.of(at(Duration.ofHours(-20))), due -> COMPLETED);
    scheduler.start();
    waiter.nextWait();

    assertThat(runs).containsExactly(BEGIN);
    assertThat(scheduler.state().missed()).isEqualTo(2);
    assertThat(scheduler.state().next().orElseThrow().instant()).isEqualTo(at(Duration.ofHours(6)));
    assertThat(eventNames()).containsExactly("started", "missed", "tick");
  }

  @Test
  @DisplayName("switching the schedule on never runs a backup by itself")
  void resumingMakesUpForNothing() throws Exception {
    Scheduler scheduler =
        scheduler(SIX_HOURS, Optional.of(at(Duration.ofHours(-20))), due -> COMPLETED);
    for (int i = 0; i < 3; i++) {
      scheduler.resume();
      waiter.nextWait();
      assertThat(scheduler.state().next().orElseThrow().instant())
          .isEqualTo(at(Duration.ofHours(6)));
      scheduler.stop();
    }
    assertThat(runs).isEmpty();
    assertThat(scheduler.state().missed()).isZero();
  }

  @Test
  @DisplayName("a change of the schedule wakes the sleeper and never runs a backup by itself")
  void reschedulingRunsNothing() throws Exception {
    Scheduler scheduler = started(due -> COMPLETED);
    waiter.nextWait();
    clock.set(at(Duration.ofHours(5)));
    for (int hours = 1; hours <= 48; hours++) {
      if (hours == 6) {
        continue;
      }
      scheduler.reschedule(new Interval(Duration.ofHours(hours)));
      waiter.nextWait();
      assertThat(scheduler.state().next().orElseThrow().instant()).isAfter(clock.instant());
    }
    scheduler.reschedule(Cron.of("* * * * *", ZoneOffset.UTC));
    assertThat(waiter.nextWait()).isEqualTo(Duration.ofMinutes(1));
    assertThat(runs).isEmpty();
    assertThat(scheduler.state().missed()).isZero();
    assertThat(scheduler.state().skipped()).isZero();

    passTo(at(Duration.ofHours(5).plusMinutes(1)));
    waiter.nextWait();
    assertThat(runs).hasSize(1);
  }

  @Test
  void theSameScheduleAgainChangesNothing() throws Exception {
    Scheduler scheduler = started(due -> COMPLETED);
    waiter.nextWait();
    scheduler.reschedule(new Interval(Duration.ofHours(6)));
    assertThat(waiter.isIdle()).isTrue();
    assertThat(eventNames()).containsExactly("started");
  }

  @Test
  void aRunThatIsDueAtTheMomentOfTheChangeIsStillMade() throws Exception {
    Scheduler scheduler = started(due -> COMPLETED);
    waiter.nextWait();
    clock.set(at(Duration.ofHours(6)));
    scheduler.reschedule(new Interval(Duration.ofHours(24)));
    waiter.nextWait();
    assertThat(runs).hasSize(1);
  }

  @Test
  void aScheduleThatIsNeverDueWaitsForAnother() throws Exception {
    Scheduler scheduler =
        scheduler(Cron.of("0 0 30 2 *", ZoneOffset.UTC), Optional.empty(), due -> COMPLETED);
    scheduler.start();
    waiter.nextWait();
    passTo(at(Duration.ofDays(500)));
    waiter.nextWait();
    assertThat(runs).isEmpty();
    assertThat(scheduler.state().next()).isEmpty();

    scheduler.reschedule(SIX_HOURS);
    waiter.nextWait();
    passTo(at(Duration.ofDays(500).plusHours(6)));
    waiter.nextWait();
    assertThat(runs).hasSize(1);
  }

  @Test
  void aScheduleThatIsOffKeepsAChangeForLater() {
    Scheduler scheduler = scheduler(SIX_HOURS, Optional.empty(), due -> COMPLETED);
    var daily = new Interval(Duration.ofHours(24));
    scheduler.reschedule(daily);
    assertThat(scheduler.state().enabled()).isFalse();
    assertThat(scheduler.state().schedule()).isEqualTo(daily);
    assertThat(scheduler.state().next()).isEmpty();
    assertThat(threads()).isEmpty();
  }

  @Test
  void stoppingEndsASleepAtOnce() throws Exception {
    Scheduler scheduler = started(due -> COMPLETED);
    waiter.nextWait();
    assertThat(threads()).hasSize(1);

    scheduler.stop();

    assertThat(threads()).isEmpty();
    assertThat(scheduler.state().enabled()).isFalse();
    assertThat(scheduler.state().next()).isEmpty();
    scheduler.stop();
    assertThat(eventNames()).containsExactly("started", "stopped");
  }

  @Test
  void startingTwiceMakesOneThread() throws Exception {
    Scheduler scheduler = started(due -> COMPLETED);
    scheduler.start();
    scheduler.resume();
    waiter.nextWait();
    assertThat(threads()).hasSize(1);
    assertThat(eventNames()).containsExactly("started");
  }

  @Test
  void stoppingLeavesARunUnderWayAlone() throws Exception {
    var entered = new CountDownLatch(1);
    var leave = new CountDownLatch(1);
    Scheduler scheduler =
        started(due -> {
          entered.countDown();
          leave.await();
          return COMPLETED;
        });
    waiter.nextWait();
    passTo(at(Duration.ofHours(6)));
    entered.await();

    scheduler.stop();
    assertThat(scheduler.state().enabled()).isFalse();
    assertThat(scheduler.state().lastAttempt()).isEmpty();

    // On again while the old run is still at it: its end does not disturb the new life.
    scheduler.resume();
    waiter.nextWait();
    Optional<Due> next = scheduler.state().next();
    leave.countDown();
    await().until(() -> scheduler.state().lastAttempt().isPresent());
    await().until(() -> threads().size() == 1);
    assertThat(scheduler.state().lastAttempt().orElseThrow().outcome()).isEqualTo(COMPLETED);
    assertThat(scheduler.state().next()).isEqualTo(next);
    assertThat(runs).hasSize(1);
  }

  @Test
  void aRunMayStopItsOwnSchedule() throws Exception {
    Scheduler scheduler =
        started(due -> {
          schedulers.getFirst().stop();
          return COMPLETED;
        });
    waiter.nextWait();
    passTo(at(Duration.ofHours(6)));
    await().until(() -> threads().isEmpty());
    assertThat(scheduler.state().lastAttempt()).isPresent();
  }

  @Test
  void manyHandsAtOnceLeaveOneThreadOrNone() throws Exception {
    Scheduler scheduler = scheduler(SIX_HOURS, Optional.empty(), due -> COMPLETED, Waiter::real);
    List<Thread> hands = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int seed = i;
      hands.add(
          Thread.startVirtualThread(() -> {
            var random = new Random(seed);
            for (int j = 0; j < 300; j++) {
              switch (random.nextInt(4)) {
                case 0 -> scheduler.start();
                case 1 -> scheduler.resume();
                case 2 -> scheduler.stop();
                default ->
                    scheduler.reschedule(new Interval(Duration.ofHours(1 + random.nextInt(168))));
              }
            }
          }));
    }
    for (Thread hand : hands) {
      hand.join();
    }
    assertThat(threads()).hasSizeLessThanOrEqualTo(1);
    scheduler.stop();
    await().until(() -> threads().isEmpty());
    assertThat(runs).isEmpty();
  }

  @Test
  void keepsTimeByItself() throws Exception {
    var scheduler =
        new Scheduler(
            new Timetable(new Interval(Duration.ofMillis(20)), Duration.ofMillis(5), true),
            Optional.empty(),
            due -> {
              runs.add(due);
              return COMPLETED;
            },
            new Scheduler.World(Clock.systemUTC(), Waiter::real, new Random(1)),
            events::add);
    schedulers.add(scheduler);
    scheduler.start();
    for (int i = 0; i < 10; i++) {
      Instant due = runs.poll(20, TimeUnit.SECONDS);
      assertThat(due).isNotNull().isBeforeOrEqualTo(Instant.now());
    }
    scheduler.reschedule(new Interval(Duration.ofHours(1)));
    scheduler.stop();
    await().until(() -> threads().isEmpty());
  }

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("holdfast-scheduler"))
        .toList();
  }
}
