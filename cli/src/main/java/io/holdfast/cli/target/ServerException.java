package io.holdfast.cli.target;

import io.holdfast.cli.ServerFault;
import org.jspecify.annotations.Nullable;

/**
 * A server could not be asked, or did not answer. Message and guidance are as those of {@link
 * io.holdfast.engine.error.HoldfastException}; they may hold text of the server, which has to be
 * made safe before it is shown.
 */
public final class ServerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ServerFault fault;
  private final String guidance;

  public ServerException(ServerFault fault, String message, String guidance) {
    this(fault, message, guidance, null);
  }

  public ServerException(
      ServerFault fault, String message, String guidance, @Nullable Throwable cause) {
    super(message, cause);
    this.fault = fault;
    this.guidance = guidance;
  }

  public ServerFault fault() {
    return fault;
  }

  /** What happened. */
  public String message() {
    return String.valueOf(getMessage());
  }

  /** What to do next; empty when there is nothing to do. */
  public String guidance() {
    return guidance;
  }
}
