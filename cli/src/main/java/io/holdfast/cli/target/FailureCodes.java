package io.holdfast.cli.target;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.server.document.FailureJson;
import java.util.Arrays;

/** The codes of failures that documents tell of. */
public final class FailureCodes {
  private FailureCodes() {}

  /** One that this version does not know is a failure like those that have no code of their own. */
  public static ErrorCode of(FailureJson failure) {
    return Arrays.stream(ErrorCode.values())
        .filter(code -> code.name().equals(failure.code()))
        .findFirst()
        .orElse(ErrorCode.INTERNAL);
  }
}
