package io.holdfast.server.http;

import java.util.OptionalLong;

/**
 * What a client is told when a request fails: RFC 9457, with the members that its readers depend
 * on. A 5xx never tells anything of the inside; its cause is logged under the correlation id.
 *
 * @param code what clients dispatch on
 * @param detail a sentence for people
 * @param retryAfterSeconds when to try again, for problems that pass
 */
public record Problem(ProblemCode code, String detail, OptionalLong retryAfterSeconds) {
  public Problem(ProblemCode code, String detail) {
    this(code, detail, OptionalLong.empty());
  }
}
