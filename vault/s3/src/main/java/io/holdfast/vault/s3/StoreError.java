package io.holdfast.vault.s3;

import io.holdfast.vault.backend.BackendException.Reason;
import io.holdfast.vault.backend.http.Status;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An answer of a store that is no success. What it explains at length is not told on: it repeats
 * parts of the request. Pure.
 *
 * @param status of HTTP
 * @param code the store's word for it; empty if it said none
 * @param region in which the bucket is, if the store says so
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">the words</a>
 */
record StoreError(int status, String code, Optional<String> region) {
  private static final int LONGEST = 64;

  /**
   * Reads what came with it.
   *
   * @param region from the header {@code x-amz-bucket-region}
   */
  static StoreError of(int status, byte[] body, Optional<String> region) {
    Map<String, String> said = new HashMap<>();
    try {
      XmlText.read(
          body,
          (parent, name, text) -> {
            if (parent.equals("Error")) {
              said.put(name, text.strip());
            }
          });
    } catch (IllegalArgumentException none) {
      // A proxy on the way, or an answer without a body.
    }
    return new StoreError(
        status,
        word(said.get("Code")).orElse(""),
        region.or(() -> word(said.get("Region"))).flatMap(StoreError::word));
  }

  private static Optional<String> word(@org.jspecify.annotations.Nullable String text) {
    return Optional.ofNullable(text)
        .filter(word -> word.length() <= LONGEST && word.matches("[A-Za-z0-9._-]+"));
  }

  /**
   * What it says to a vault.
   *
   * @param writing whether a file was to be stored
   */
  Reason reason(boolean writing) {
    return switch (code) {
      case "NoSuchKey", "NoSuchBucket" -> Reason.NOT_FOUND;
      case "InvalidAccessKeyId",
          "SignatureDoesNotMatch",
          "ExpiredToken",
          "InvalidToken",
          "TokenRefreshRequired",
          "RequestTimeTooSkewed",
          "RequestExpired" ->
          Reason.UNAUTHENTICATED;
      case "SlowDown",
          "ServiceUnavailable",
          "InternalError",
          "RequestTimeout",
          "OperationAborted",
          "ConditionalRequestConflict",
          "Throttling",
          "ThrottlingException",
          "RequestLimitExceeded",
          "BadDigest",
          "IncompleteBody",
          "XAmzContentSHA256Mismatch" ->
          Reason.TRANSIENT;
      case "PreconditionFailed" -> writing ? Reason.ALREADY_EXISTS : Reason.OTHER;
      case "InvalidRange" -> Reason.TOO_SHORT;
      case "QuotaExceeded", "XMinioStorageFull" -> Reason.FULL;
      case "NotImplemented" -> Reason.UNSUPPORTED;
      case "InvalidObjectState", "AuthorizationHeaderMalformed" -> Reason.OTHER;
      default -> ofStatus(writing);
    };
  }

  private Reason ofStatus(boolean writing) {
    return switch (status) {
      // Two writers at once, and none of them won.
      case 409 -> Reason.TRANSIENT;
      // In restic's protocol it may mean content that arrived damaged; here that has words.
      case 400 -> Reason.OTHER;
      default -> Status.reason(status, writing);
    };
  }

  /** The words for people. */
  String words() {
    return "the store answered "
        + status
        + (code.isEmpty() ? "" : " " + code)
        + switch (code) {
          case "NoSuchBucket" -> ": there is no such bucket; make it first";
          case "RequestTimeTooSkewed" -> ": the clock of this machine is wrong";
          case "SignatureDoesNotMatch" -> ": the secret access key or the region is wrong";
          case "InvalidObjectState" -> ": the file was archived; bring it back first";
          case "XAmzContentSHA256Mismatch", "BadDigest" -> ": the content arrived damaged";
          default -> "";
        }
        + region.map(where -> ": the bucket is in region " + where).orElse("");
  }
}
