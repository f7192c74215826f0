package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that does something. */
@Command
abstract class Operation implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /**
   * Does it.
   *
   * @throws io.holdfast.engine.error.HoldfastException if it could not be begun
   */
  abstract ExitCode run(Session session) throws Exception;

  @Override
  public final Integer call() throws Exception {
    var root = (RootCommand) spec.root().userObject();
    return run(root.session()).number();
  }

  CommandSpec spec() {
    return spec;
  }
}
