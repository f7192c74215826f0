package io.holdfast.cli.remote;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** There is no answer, or no whole one: the connection never was, or broke, or fell silent. */
final class LostException extends IOException {
  private static final long serialVersionUID = 1L;

  /** How far it had come. */
  enum Stage {
    /** Whoever was reached speaks TLS and was not spoken to in it; it has understood nothing. */
    GREETING,
    /** Nobody was reached: the request was not seen by anybody. */
    CONNECTING,
    /** Somebody was reached who cannot prove to be the server; nothing was sent. */
    PROVING,
    /** The request may have been received, and may have been carried out. */
    ANSWERING
  }

  /** The JDK puts the class of a cause in front of its text. */
  private static final Pattern CLASS_NAME =
      Pattern.compile("\\b(?:[a-z][a-z0-9]*\\.)+[A-Za-z$]*(?:Exception|Error)(?:: |$)");

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
      case SSLHandshakeException e ->
          new LostException(Stage.PROVING, Distrust.of(e).map(Distrust::text).orElse(why(e)), e);
      case IOException e when isTls(e) ->
          new LostException(Stage.GREETING, "it speaks TLS, and not plain HTTP", e);
      case null -> new LostException(Stage.ANSWERING, "the connection broke", null);
      default -> meanwhile(cause);
    };
  }

  /** Whether the first that came in place of an answer is an alert of TLS. */
  private static boolean isTls(IOException e) {
    return String.valueOf(e.getMessage()).contains("status line, receiving [\u0015\u0003");
  }

  /** The JDK shows byte by byte what is no answer, which helps nobody; there is no type for it. */
  private static String inWords(String message) {
    if (message.contains("parsing HTTP/1.1 status line")) {
      return "what answers there does not speak HTTP, or broke off";
    }
    if (message.contains("header parser received no bytes")) {
      return "it closed the connection without an answer";
    }
    return CLASS_NAME.matcher(message).replaceAll("");
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
        return inWords(message);
      }
      if (t instanceof java.nio.channels.UnresolvedAddressException) {
        return "no machine of that name is known";
      }
    }
    return thrown instanceof ConnectException ? "nobody answers there" : "the connection broke";
  }
}
