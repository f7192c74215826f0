package io.holdfast.server.api;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.server.http.Problem;
import io.holdfast.server.http.ProblemCode;
import io.holdfast.server.http.ProblemException;
import io.holdfast.server.state.RunRecord;

/** What clients are told when a run did not end well. Pure. */
final class ApiProblems {
  private ApiProblems() {}

  static ProblemException bad(String detail) {
    return new ProblemException(new Problem(ProblemCode.BAD_REQUEST, detail));
  }

  static ProblemException invalid(String detail) {
    return new ProblemException(new Problem(ProblemCode.VALIDATION_ERROR, detail));
  }

  static ProblemException notFound(String detail) {
    return new ProblemException(new Problem(ProblemCode.RECORD_NOT_FOUND, detail));
  }

  static ProblemException conflict(String detail) {
    return new ProblemException(new Problem(ProblemCode.RESOURCE_CONFLICT, detail));
  }

  /** A conflict with something that stays as it is. */
  static ProblemException lasting(String detail) {
    return new ProblemException(
        new Problem(ProblemCode.RESOURCE_CONFLICT, detail).retryable(false));
  }

  /**
   * The problem of a run that published or restored nothing. Why stands in the run, which whoever
   * may look at runs can ask for; the problem names it.
   */
  static ProblemException ended(RunRecord run) {
    boolean backup = run.operation() == RunRecord.Operation.BACKUP;
    String look = "; see run " + run.run();
    if (run.status() == RunStatus.CANCELLED) {
      return with(
          run,
          ProblemCode.RESOURCE_CONFLICT,
          (backup ? "The backup" : "The restore") + " was cancelled" + look);
    }
    boolean damaged =
        run.failure().map(f -> f.code().kind() == ErrorCode.Kind.CORRUPT).orElse(false);
    if (!backup && damaged) {
      return with(
          run, ProblemCode.VALIDATION_ERROR, "The backup is damaged; nothing was restored" + look);
    }
    return with(
        run,
        ProblemCode.INTERNAL_ERROR,
        (backup ? "Backup operation failed" : "Restore operation failed") + look);
  }

  /**
   * What is to be thrown for a restore that could not begin.
   *
   * @param elsewhere whether its target is a place that the client has named, of which it may be
   *     told why it cannot be
   */
  static RuntimeException notRestored(HoldfastException error, boolean elsewhere) {
    if (elsewhere && error.code() == ErrorCode.TARGET_UNSUITABLE) {
      return because(error, ProblemCode.VALIDATION_ERROR, "destination: " + error.message());
    }
    return Problem.of(error).code() == ProblemCode.INTERNAL_ERROR
        ? because(error, ProblemCode.INTERNAL_ERROR, "Restore operation failed")
        : error;
  }

  /** The problem of a restore whose destination turned out to be none, which the client named. */
  static ProblemException unsuitable(RunId run, ComponentRecord.Failure why) {
    return new ProblemException(
        new Problem(ProblemCode.VALIDATION_ERROR, "destination: " + why.message())
            .with(Problem.REASON, why.code().name())
            .with(Problem.RUN_ID, run.value()));
  }

  private static ProblemException because(
      HoldfastException error, ProblemCode code, String detail) {
    return new ProblemException(new Problem(code, detail).because(error), error);
  }

  private static ProblemException with(RunRecord run, ProblemCode code, String detail) {
    return new ProblemException(new Problem(code, detail).with("run_id", run.run().value()));
  }
}
