package io.holdfast.cli.command;

import io.holdfast.cli.target.Watch;
import io.holdfast.cli.terminal.ErrorText;
import io.holdfast.cli.terminal.ProgressDisplay;
import io.holdfast.cli.terminal.SafeText;
import io.holdfast.cli.terminal.Surroundings;
import io.holdfast.engine.event.RunEvent;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.event.RunProgress;
import io.holdfast.engine.run.Cancellation;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Somebody who watches a run: shows its progress where there is a terminal, tells what happens, and
 * cancels it on a signal. Closed when the run is over.
 */
final class RunWatch implements Watch, AutoCloseable {
  private final Session session;
  private final Cancellation cancellation = new Cancellation();
  private final AutoCloseable interruptible;
  private volatile Supplier<RunProgress> progress = RunMonitor.silent()::progress;
  private final Optional<ProgressDisplay> display;

  /** Somebody whose run it is: a signal cancels it. */
  RunWatch(Session session) {
    this(session, true);
  }

  private RunWatch(Session session, boolean own) {
    this.session = session;
    this.interruptible = own ? session.interruption().during(cancellation) : () -> {};
    Surroundings around = session.surroundings();
    boolean shown =
        around.errIsTerminal()
            && around.allowsEscapes()
            && !session.options().quiet()
            && !session.options().json();
    this.display =
        shown
            ? Optional.of(new ProgressDisplay(around.err(), around.width(), () -> progress.get()))
            : Optional.empty();
  }

  /** Somebody who only looks at the run of another: a signal ends the looking. */
  static RunWatch ofOthers(Session session) {
    return new RunWatch(session, false);
  }

  @Override
  public Cancellation cancellation() {
    return cancellation;
  }

  @Override
  public void progressOf(Supplier<RunProgress> source) {
    progress = source;
  }

  @Override
  public void close() throws Exception {
    display.ifPresent(ProgressDisplay::close);
    interruptible.close();
  }

  @Override
  public void tell(RunEvent event) {
    switch (event) {
      case RunEvent.Warning(var component, var message) ->
          warn(component.map(name -> name + ": ").orElse("") + message);
      case RunEvent.RestoreRecovered(var run, var rolledBack) ->
          warn(
              "restore "
                  + run
                  + ", which was interrupted, was "
                  + (rolledBack ? "rolled back" : "brought to its end"));
      case RunEvent.InterruptedRunFiled(var run) ->
          warn("run " + run + ", which was interrupted, is now listed as failed");
      case RunEvent.PhaseStarted(var phase) -> detail("phase: " + phase.word());
      // The display shows it, and its end is what counts.
      case RunEvent.ComponentStarted _ -> {}
      case RunEvent.ComponentFinished(var component, var outcome, var message) ->
          detail(component + ": " + outcome + message.map(text -> ": " + text).orElse(""));
      case RunEvent.RunStarted(var run, var operation) -> detail(operation + " " + run);
      case RunEvent.BackupPruned(var run) -> detail("retention removed backup " + run);
    }
  }

  private void warn(String message) {
    if (!session.options().json() && !session.options().quiet()) {
      print(
          ErrorText.warning(
              message, session.surroundings().errStyle(session.options().noColour())));
    }
  }

  private void detail(String message) {
    if (session.options().verbose() && !session.options().json()) {
      print(SafeText.line(message) + "\n");
    }
  }

  private void print(String line) {
    if (display != null && display.isPresent()) {
      display.get().print(line);
    } else {
      session.surroundings().err().print(line);
      session.surroundings().err().flush();
    }
  }
}
