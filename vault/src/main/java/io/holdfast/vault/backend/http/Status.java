package io.holdfast.vault.backend.http;

import io.holdfast.vault.backend.BackendException.Reason;

/** What a status that is no success says to a vault, where nothing else tells. */
public final class Status {
  private Status() {}

  /** Whether it is one of 200 to 299. */
  public static boolean isSuccess(int status) {
    return status >= 200 && status < 300;
  }

  /**
   * The reason of a failure.
   *
   * @param writing whether a file was to be stored
   */
  public static Reason reason(int status, boolean writing) {
    return switch (status) {
      case 401 -> Reason.UNAUTHENTICATED;
      case 403 -> Reason.FORBIDDEN;
      case 404, 410 -> Reason.NOT_FOUND;
      case 405, 501, 505 -> Reason.UNSUPPORTED;
      case 409, 412 -> writing ? Reason.ALREADY_EXISTS : Reason.OTHER;
      case 413 -> Reason.OTHER;
      case 416 -> Reason.TOO_SHORT;
      case 408, 425, 429 -> Reason.TRANSIENT;
      // What restic's server says of content that it received broken or not wholly.
      case 400 -> writing ? Reason.TRANSIENT : Reason.OTHER;
      case 507 -> Reason.FULL;
      default -> status >= 500 && status < 600 ? Reason.TRANSIENT : Reason.OTHER;
    };
  }

  /** The words for people. */
  public static String words(int status) {
    return "the server answered "
        + status
        + switch (status) {
          case 400 -> ", which it also says of content that arrived damaged";
          case 413 -> ": it takes no file of this size";
          case 429 -> ": too many requests";
          default -> status >= 300 && status < 400 ? ", and redirects are not followed" : "";
        };
  }
}
