package io.holdfast.server.target;

import io.holdfast.server.http.Problem;
import io.holdfast.server.http.ProblemCode;
import io.holdfast.server.http.ProblemException;
import io.holdfast.vault.backend.BackendException;
import java.util.OptionalLong;

/**
 * What clients are told. restic knows one status from another only where a file is missing (404);
 * Holdfast also where a name is taken (409) and where there is no room (507). Pure.
 */
final class TargetProblems {
  private static final long RETRY_SECONDS = 5;

  /**
   * What arrived is not what was sent, which another try may mend; or never was what it is called.
   */
  private static final Problem DAMAGED =
      new Problem(
              ProblemCode.BAD_REQUEST,
              "The content is not what the name says, which is its SHA-256; nothing was stored")
          .retryable(true);

  private TargetProblems() {}

  /** What became of the storage, as a problem; paths of this machine are for the log alone. */
  static ProblemException of(BackendException failure) {
    return switch (failure.reason()) {
      case NOT_FOUND -> missing();
      case ALREADY_EXISTS -> taken();
      case FULL ->
          new ProblemException(
              new Problem(ProblemCode.INSUFFICIENT_STORAGE, "The disk of the targets is full"),
              failure);
      case TRANSIENT ->
          new ProblemException(
              new Problem(
                  ProblemCode.SERVICE_UNAVAILABLE,
                  "The storage failed for the moment",
                  OptionalLong.of(RETRY_SECONDS)),
              failure);
      case TOO_SHORT, UNAUTHENTICATED, FORBIDDEN, UNSUPPORTED, OTHER ->
          new ProblemException(
              new Problem(ProblemCode.INTERNAL_ERROR, "The storage failed"), failure);
    };
  }

  static ProblemException missing() {
    return new ProblemException(ProblemCode.RECORD_NOT_FOUND, "There is no such file");
  }

  /** A file is never replaced, so to try again never helps. */
  static ProblemException taken() {
    return new ProblemException(
        new Problem(ProblemCode.RESOURCE_CONFLICT, "There is a file of that name, which stays")
            .retryable(false));
  }

  static ProblemException damaged() {
    return new ProblemException(DAMAGED);
  }

  static boolean isDamaged(Exception failure) {
    return failure instanceof ProblemException told && told.problem().equals(DAMAGED);
  }

  static ProblemException appendOnly() {
    return new ProblemException(
        ProblemCode.FORBIDDEN, "This token may add files, and delete nothing but locks");
  }

  static ProblemException otherTarget() {
    return new ProblemException(ProblemCode.FORBIDDEN, "This token is for another target");
  }
}
