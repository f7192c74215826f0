package io.holdfast.cli.remote;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a certificate does not prove who a server is. */
enum Distrust {
  /** It was signed by nobody who is trusted. */
  AUTHORITY("its certificate is not from an authority that is trusted"),
  /** It is for another machine, or for another name of this one. */
  NAME("its certificate is not for the name in that address"),
  /** Its time is over. */
  EXPIRED("its certificate has expired"),
  /** Its time has not come, or a clock is wrong. */
  NOT_YET("its certificate is not valid yet");

  private final String text;

  Distrust(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  /**
   * The reason within a failed handshake, as far as it is one of these. The first that says so
   * counts, so that the certificate that has expired is not called untrusted.
   */
  static Optional<Distrust> of(@Nullable Throwable handshake) {
    Optional<Distrust> found = Optional.empty();
    for (Throwable t = handshake; t != null; t = t.getCause()) {
      switch (t) {
        case CertificateExpiredException _ -> {
          return Optional.of(EXPIRED);
        }
        case CertificateNotYetValidException _ -> {
          return Optional.of(NOT_YET);
        }
        case CertPathBuilderException _ -> found = Optional.of(AUTHORITY);
        case CertPathValidatorException _ -> found = Optional.of(AUTHORITY);
        // The JDK has no type for it; these are the words of sun.security.util.HostnameChecker.
        case CertificateException e when isAboutName(String.valueOf(e.getMessage())) ->
            found = Optional.of(NAME);
        default -> {}
      }
    }
    return found;
  }

  private static boolean isAboutName(String message) {
    return message.startsWith("No subject alternative") || message.startsWith("No name matching");
  }
}
