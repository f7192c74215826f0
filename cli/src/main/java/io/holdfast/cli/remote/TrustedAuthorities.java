package io.holdfast.cli.remote;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates to trust in place of the system's. */
final class TrustedAuthorities {
  private TrustedAuthorities() {}

  /**
   * What to speak TLS with.
   *
   * @param file certificates in PEM, one or more
   * @throws HoldfastException {@code USAGE} if it holds none
   */
  static SSLContext of(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (certificates.isEmpty()) {
        throw none(file, null);
      }
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (Certificate certificate : certificates) {
        store.setCertificateEntry("authority-" + store.size(), certificate);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException e) {
      throw ClientFiles.unreadable("the certificates to trust", file, e);
    } catch (GeneralSecurityException e) {
      throw none(file, e);
    }
  }

  private static HoldfastException none(
      Path file, @org.jspecify.annotations.Nullable Exception cause) {
    return new HoldfastException(
        ErrorCode.USAGE,
        file + " holds no certificate that can be used",
        "It takes certificates in PEM, each between BEGIN CERTIFICATE and END CERTIFICATE.",
        cause);
  }
}
