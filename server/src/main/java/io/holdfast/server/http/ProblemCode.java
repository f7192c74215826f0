package io.holdfast.server.http;

/**
 * Error codes of the API: stable names, of which each has one status. The groups are those of the
 * system that Holdfast replaces.
 */
public enum ProblemCode {
  UNAUTHORIZED(401, "auth", "Authentication Error", false),
  FORBIDDEN(403, "auth", "Authentication Error", false),
  BAD_REQUEST(400, "validation", "Validation Error", false),
  PAYLOAD_TOO_LARGE(413, "validation", "Validation Error", false),
  UNSUPPORTED_MEDIA_TYPE(415, "validation", "Validation Error", false),
  NOT_ACCEPTABLE(406, "validation", "Validation Error", false),
  METHOD_NOT_ALLOWED(405, "validation", "Validation Error", false),
  VALIDATION_ERROR(422, "validation", "Validation Error", false),
  RECORD_NOT_FOUND(404, "not_found", "Resource Not Found", false),
  ROUTE_NOT_FOUND(404, "not_found", "Resource Not Found", false),
  RESOURCE_CONFLICT(409, "conflict", "Resource Conflict", true),
  RATE_LIMITED(429, "rate_limit", "Rate Limit Exceeded", true),
  INTERNAL_ERROR(500, "internal", "Internal Server Error", false),
  SERVICE_UNAVAILABLE(503, "internal", "Internal Server Error", true);

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

  public int status() {
    return status;
  }

  public String category() {
    return category;
  }

  public String title() {
    return title;
  }

  public boolean retryable() {
    return retryable;
  }
}
