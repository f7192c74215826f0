package io.holdfast.cli.remote;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** There is no answer, or no whole one: the connection never was, or broke, or fell silent. */
final class LostException extends IOException {
  private static final long serialVersionUID = 1L;

  /** How far it had come. */
  enum Stage {
    /** Nobody was reached: the request was not seen by anybody. */
    CONNECTING,
    /** Somebody was reached who cannot prove to be the server; nothing was sent. */
    PROVING,
    /** The request may have been received, and may have been carried out. */
    ANSWERING
  }

  private final Stage stage;

  private LostException(Stage stage, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.stage = stage;
  }

  static LostException of(@Nullable Throwable cause) {
    return switch (cause) {
      case ConnectException e -> new LostException(Stage.CONNECTING, why(e), e);
      case HttpConnectTimeoutException e ->
          new LostException(Stage.CONNECTING, "it does not accept a connection in time", e);
      case SSLHandshakeException e -> new LostException(Stage.PROVING, why(e), e);
      case null -> new LostException(Stage.ANSWERING, "the connection broke", null);
      default -> meanwhile(cause);
    };
  }

  static LostException meanwhile(Throwable cause) {
    return new LostException(Stage.ANSWERING, why(cause), cause);
  }

  Stage stage() {
    return stage;
  }

  /** The first of the causes that says something. */
  private static String why(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      String message = t.getMessage();
      if (message != null && !message.isBlank()) {
        return message;
      }
      if (t instanceof java.nio.channels.UnresolvedAddressException) {
        return "no machine of that name is known";
      }
    }
    return thrown instanceof ConnectException ? "nobody answers there" : "the connection broke";
  }
}
