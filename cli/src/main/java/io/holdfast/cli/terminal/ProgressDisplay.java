package io.holdfast.cli.terminal;

import io.holdfast.engine.event.RunProgress;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Shows the progress of a run on a terminal: redrawn in place ten times a second, gone when closed.
 * Thread-safe.
 */
public final class ProgressDisplay implements AutoCloseable {
  private static final long PERIOD_MILLIS = 100;
  private static final double NEWEST_WEIGHT = 0.1;
  private static final String CLEAR_TO_END = "\u001b[J";

  private final PrintWriter terminal;
  private final IntSupplier width;
  private final Supplier<RunProgress> progress;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread drawing;
  private int drawn;
  private double speed;
  private RunProgress last;
  private long lastNanos = System.nanoTime();

  /** Begins to show. */
  public ProgressDisplay(PrintWriter terminal, IntSupplier width, Supplier<RunProgress> progress) {
    this.terminal = terminal;
    this.width = width;
    this.progress = progress;
    this.last = progress.get();
    this.drawing = Thread.ofPlatform().daemon().name("holdfast-progress").unstarted(this::run);
    drawing.start();
  }

  /** Prints a line above the picture. */
  public synchronized void print(String line) {
    erase();
    terminal.print(line);
    terminal.flush();
  }

  /** Ends showing; nothing of the picture is left. */
  @Override
  public void close() {
    closed.countDown();
    boolean interrupted = false;
    while (drawing.isAlive()) {
      try {
        drawing.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      erase();
      terminal.flush();
    }
  }

  private void run() {
    try {
      while (!closed.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
        draw(System.nanoTime());
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized void draw(long nanos) {
    RunProgress now = progress.get();
    measure(now, nanos);
    List<String> lines = ProgressPicture.of(now, speed, width.getAsInt());
    erase();
    lines.forEach(line -> terminal.print(line + "\n"));
    drawn = lines.size();
    terminal.flush();
  }

  private void measure(RunProgress now, long nanos) {
    double seconds = (nanos - lastNanos) / 1e9;
    if (now.phase() != last.phase() || now.bytesDone() < last.bytesDone()) {
      speed = 0;
    } else if (seconds > 0) {
      double current = (now.bytesDone() - last.bytesDone()) / seconds;
      speed = speed <= 0 ? current : speed + NEWEST_WEIGHT * (current - speed);
    }
    last = now;
    lastNanos = nanos;
  }

  private void erase() {
    if (drawn > 0) {
      terminal.print("\r\u001b[" + drawn + "A" + CLEAR_TO_END);
      drawn = 0;
    }
  }
}
