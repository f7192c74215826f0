package io.holdfast.cli.remote;

import io.holdfast.cli.ServerFault;
import io.holdfast.cli.target.ServerException;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * What problems mean: the error that the engine would have told here, where the server names it;
 * else what its status stands for. Pure.
 */
final class Problems {
  private Problems() {}

  /** The error that a problem is. */
  static RuntimeException of(ProblemDocument problem, int status, ServerAddress address) {
    Optional<ErrorCode> reason = reason(problem);
    String message = message(problem, status, address);
    if (reason.isPresent()) {
      return new HoldfastException(
          reason.get(),
          message,
          guidance(problem, status >= 500 ? log(problem) : guidance(reason.get())));
    }
    ServerFault fault = fault(problem, status);
    return new ServerException(
        fault,
        message,
        guidance(problem, guidance(fault, problem)),
        Objects.requireNonNullElse(problem.retryable(), fault.retryable()));
  }

  /** The engine's error that a problem comes from, if the server names one that is known here. */
  static Optional<ErrorCode> reason(ProblemDocument problem) {
    return Arrays.stream(ErrorCode.values())
        .filter(code -> code.name().equals(problem.reason()))
        .findFirst();
  }

  /** Whether a status is that of a server that is starting, ending or overwhelmed. */
  static boolean passes(int status) {
    return status == 429 || status == 502 || status == 503 || status == 504;
  }

  private static ServerFault fault(ProblemDocument problem, int status) {
    return switch (status) {
      case 401, 403 -> ServerFault.TOKEN_REFUSED;
      case 404 -> isRecord(problem) ? ServerFault.RECORD_NOT_FOUND : ServerFault.ANSWER_INVALID;
      case 409 -> ServerFault.RESOURCE_CONFLICT;
      case 429, 503 -> ServerFault.SERVER_BUSY;
      case 502, 504 -> ServerFault.SERVER_UNREACHABLE;
      default -> status >= 500 ? ServerFault.SERVER_FAILED : ServerFault.REQUEST_REFUSED;
    };
  }

  /**
   * Whether it is the backup, run or token that is not there. Any other program has no such page,
   * which must not be taken for an answer about a backup.
   */
  private static boolean isRecord(ProblemDocument problem) {
    return problem.errorCode() != null && !problem.errorCode().equals("ROUTE_NOT_FOUND");
  }

  /** As errors are written here: without a capital at the beginning or a full stop at the end. */
  private static String message(ProblemDocument problem, int status, ServerAddress address) {
    String told = problem.detail() != null ? problem.detail() : problem.title();
    if (told == null || told.isBlank()) {
      return "the server at " + address + " answered with status " + status;
    }
    String text = told.strip();
    boolean sentence =
        Character.isUpperCase(text.charAt(0))
            && (text.length() == 1 || !Character.isUpperCase(text.charAt(1)));
    return sentence ? Character.toLowerCase(text.charAt(0)) + text.substring(1) : text;
  }

  private static String guidance(ProblemDocument problem, String otherwise) {
    return Objects.requireNonNullElse(problem.guidance(), otherwise);
  }

  /** A server keeps to itself what is inside of it. */
  private static String log(ProblemDocument problem) {
    return problem.instance() == null
        ? ""
        : "The server's log tells more, under " + problem.instance() + ".";
  }

  private static String guidance(ErrorCode reason) {
    return switch (reason) {
      case BACKUP_NOT_FOUND ->
          "'holdfast backup list' shows the backups that exist. 'latest' passes over partial ones, unless"
              + " --component names what they hold.";
      case COMPONENT_NOT_FOUND -> "'holdfast component list' shows the components.";
      case SHUTTING_DOWN -> "Try again when the server is up.";
      case BUSY -> "'holdfast status' shows what is under way; try again when it has ended.";
      default -> "";
    };
  }

  private static String guidance(ServerFault fault, ProblemDocument problem) {
    return switch (fault) {
      case TOKEN_REFUSED ->
          "Use a token that is valid and whose role is high enough; 'holdfast token list' shows them"
              + " to an admin."
              + ("FORBIDDEN".equals(problem.errorCode())
                  ? ""
                  : " If no admin has one that works, whoever can restart the server finds a new one"
                      + " in its state directory.");
      case SERVER_BUSY ->
          problem.retryAfter() == null
              ? "Try again later."
              : "Try again in " + problem.retryAfter() + " s.";
      case ANSWER_INVALID ->
          "Look whether that is the address of a Holdfast server, and of what version it is.";
      case SERVER_FAILED, SERVER_UNREACHABLE -> log(problem);
      default -> "";
    };
  }
}
