package io.holdfast.server.http;

/**
 * Error codes of the API: stable names, of which each has one status. The groups are those of the
 * system that Holdfast replaces.
 */
public enum ProblemCode {
  UNAUTHORIZED(401, "auth", "Authentication Error", false),
  FORBIDDEN(403, "auth", "Authentication Error", false),
  BAD_REQUEST(400, "validation", "Validation Error", false),
  REQUEST_TIMEOUT(408, "validation", "Validation Error", true),
  PAYLOAD_TOO_LARGE(413, "validation", "Validation Error", false),
  URI_TOO_LONG(414, "validation", "Validation Error", false),
  HEADERS_TOO_LARGE(431, "validation", "Validation Error", false),
  RANGE_NOT_SATISFIABLE(416, "validation", "Validation Error", false),
  UNSUPPORTED_MEDIA_TYPE(415, "validation", "Validation Error", false),
  NOT_ACCEPTABLE(406, "validation", "Validation Error", false),
  METHOD_NOT_ALLOWED(405, "validation", "Validation Error", false),
  /** The request came under a host name that is not this server's. */
  MISDIRECTED_REQUEST(421, "validation", "Validation Error", false),
  VALIDATION_ERROR(422, "validation", "Validation Error", false),
  RECORD_NOT_FOUND(404, "not_found", "Resource Not Found", false),
  ROUTE_NOT_FOUND(404, "not_found", "Resource Not Found", false),
  RESOURCE_CONFLICT(409, "conflict", "Resource Conflict", true),
  RATE_LIMITED(429, "rate_limit", "Rate Limit Exceeded", true),
  INTERNAL_ERROR(500, "internal", "Internal Server Error", false),
  SERVICE_UNAVAILABLE(503, "internal", "Internal Server Error", true),
  /** A disk is full, or a quota used up. */
  INSUFFICIENT_STORAGE(507, "internal", "Internal Server Error", false);

  private final int status;
  private final String category;
  private final String title;
  private final boolean retryable;

  ProblemCode(int status, String category, String title, boolean retryable) {
    this.status = status;
    this.category = category;
    this.title = title;
    this.retryable = retryable;
  }

  /** The HTTP status, 400 to 599. */
  public int status() {
    return status;
  }

  /** What a client that does not know the code goes by. */
  public String category() {
    return category;
  }

  /** The category for people. */
  public String title() {
    return title;
  }

  /** Whether the same request may succeed later. */
  public boolean retryable() {
    return retryable;
  }
}
