package io.holdfast.cli.terminal;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import java.io.IOException;

/** The consent of a user to something that replaces or removes data. */
public final class Consent {
  private static final String YES = "yes";

  private Consent() {}

  /**
   * Goes on if there is consent: given on the command line, or now, by somebody who reads the plan
   * and types {@code yes}.
   *
   * @param given whether it was given on the command line
   * @param mayAsk whether asking is allowed at all
   * @param plan what will happen; shown only if asked
   * @param what a verb for the question: {@code restore}
   * @throws HoldfastException {@code CONFIRMATION_REQUIRED}
   */
  public static void require(
      Surroundings surroundings, boolean given, boolean mayAsk, String plan, String what) {
    if (given) {
      return;
    }
    if (!mayAsk || !surroundings.isInteractive()) {
      throw new HoldfastException(
          ErrorCode.CONFIRMATION_REQUIRED,
          "this needs your consent, and nobody can be asked here",
          "Look at what would happen, then run the same command with --confirm.");
    }
    surroundings.err().print(plan);
    surroundings.err().print("Type '" + YES + "' to " + what + ": ");
    surroundings.err().flush();
    if (!answer(surroundings).equals(YES)) {
      throw new HoldfastException(
          ErrorCode.CONFIRMATION_REQUIRED, "not confirmed; nothing was changed", "");
    }
  }

  private static String answer(Surroundings surroundings) {
    try {
      String line = surroundings.in().readLine();
      return line == null ? "" : line.strip();
    } catch (IOException unreadable) {
      return "";
    }
  }
}
