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
  private final boolean retryable;

  public ServerException(ServerFault fault, String message, String guidance) {
    this(fault, message, guidance, null);
  }

  public ServerException(
      ServerFault fault, String message, String guidance, @Nullable Throwable cause) {
    this(fault, message, guidance, fault.retryable(), cause);
  }

  /**
   * What a server has told.
   *
   * @param retryable what it says of that, which goes before what is so of most such faults
   */
  public ServerException(ServerFault fault, String message, String guidance, boolean retryable) {
    this(fault, message, guidance, retryable, null);
  }

  private ServerException(
      ServerFault fault,
      String message,
      String guidance,
      boolean retryable,
      @Nullable Throwable cause) {
    super(message, cause);
    this.fault = fault;
    this.guidance = guidance;
    this.retryable = retryable;
  }

  public ServerFault fault() {
    return fault;
  }

  /** Whether the same command may succeed later with nothing changed. */
  public boolean isRetryable() {
    return retryable;
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
