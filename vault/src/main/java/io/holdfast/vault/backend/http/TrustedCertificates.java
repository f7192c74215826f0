package io.holdfast.vault.backend.http;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Trusts the certificates of a file, and no others: whoever names a file for his own server does
 * not want that any authority of the world can stand in for it.
 */
public final class TrustedCertificates {
  private static final int MOST_BYTES = 4 << 20;

  private TrustedCertificates() {}

  /**
   * Reads a file of one or more certificates, in PEM or DER.
   *
   * @throws IOException if it cannot be read, or holds no certificate; the message names it
   */
  public static SSLContext read(FileLayer files, FilePath file) throws IOException {
    byte[] bytes = FileTrees.readAll(files, file, MOST_BYTES);
    try {
      return trusting(certificates(bytes));
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " holds no certificates that can be read", e);
    }
  }

  private static Collection<? extends Certificate> certificates(byte[] bytes)
      throws GeneralSecurityException {
    var all =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(bytes));
    if (all.isEmpty()) {
      throw new GeneralSecurityException("no certificate");
    }
    return all;
  }

  private static SSLContext trusting(Collection<? extends Certificate> certificates)
      throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (Certificate certificate : certificates) {
      store.setCertificateEntry("trusted-" + store.size(), certificate);
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }
}
