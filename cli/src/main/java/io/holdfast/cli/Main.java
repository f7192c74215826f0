package io.holdfast.cli;

import io.holdfast.cli.terminal.Surroundings;
import java.util.Arrays;

/** The program: {@code holdfast}. */
public final class Main {
  private Main() {}

  /**
   * Runs the program and ends the JVM with its exit code.
   *
   * @param args the command line, without the program's name
   */
  public static void main(String[] args) {
    if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
      // Asked for by scripts and before anything else works; not worth reading the commands for.
      System.out.println("holdfast " + Version.text());
      return;
    }
    if (!Arrays.asList(args).contains("serve")) {
      // A library that could log looks for a logging library: tens of milliseconds for nothing.
      System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
      System.setProperty("slf4j.internal.verbosity", "ERROR");
    }
    Surroundings surroundings = Surroundings.ofProcess();
    var interruption = new Interruption();
    interruption.begin(() -> {
      surroundings.err().println("\nholdfast: cancelling; waiting for a clean end");
      surroundings.err().flush();
    });
    int exit = Program.run(surroundings, interruption, args);
    if (exit == 0 && interruption.hasEnded()) {
      // Past the JVM's own idea that a signal is no good end.
      Runtime.getRuntime().halt(exit);
    }
    interruption.finished();
    if (surroundings.out().checkError() && exit == 0) {
      if (Surroundings.isOutPipe()) {
        // Whoever read has had enough, as of `holdfast backup list | head -1`; others are killed by
        // SIGPIPE then, which looks like this number.
        System.exit(ExitCode.PIPE_CLOSED.number());
      }
      // A full disk behind a redirection: whoever reads the file must not take it for the answer.
      surroundings.err().println("error: the output could not be written");
      surroundings.err().flush();
      exit = 1;
    }
    System.exit(exit);
  }
}
