package io.holdfast.server.target;

import io.holdfast.server.http.ProblemCode;
import io.holdfast.server.http.ProblemException;
import io.holdfast.vault.backend.BackendException;
import java.io.IOException;

/** Makes problems of what a target's storage throws, and counts what is refused. */
final class Guarded {
  private Guarded() {}

  /** Something that is done for a client. */
  @FunctionalInterface
  interface Work<E extends Exception> {
    void run() throws E, IOException;
  }

  static <E extends Exception> void run(Target target, Work<E> work) throws E, IOException {
    try {
      work.run();
    } catch (BackendException e) {
      throw counted(target, TargetProblems.of(e));
    } catch (ProblemException e) {
      throw counted(target, e);
    }
  }

  /** That a file is missing is an answer like any other: restic asks before it writes. */
  private static ProblemException counted(Target target, ProblemException problem) {
    if (problem.problem().code() != ProblemCode.RECORD_NOT_FOUND) {
      target.tally().refused();
    }
    return problem;
  }
}
