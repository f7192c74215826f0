package io.holdfast.server.http;

import java.util.Map;

/** Ends a request with a problem. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;
  private final transient Map<String, String> headers;

  public ProblemException(Problem problem) {
    this(problem, Map.of());
  }

  public ProblemException(ProblemCode code, String detail) {
    this(new Problem(code, detail));
  }

  /**
   * @param cause logged under the correlation id if the problem is a 5xx; never told
   */
  public ProblemException(Problem problem, Throwable cause) {
    super(problem.detail(), cause);
    this.problem = problem;
    this.headers = Map.of();
  }

  /** A problem whose status demands a header, such as {@code Allow}. */
  public ProblemException(Problem problem, Map<String, String> headers) {
    super(problem.detail());
    this.problem = problem;
    this.headers = headers;
  }

  public Problem problem() {
    return problem;
  }

  Map<String, String> headers() {
    return headers;
  }
}
