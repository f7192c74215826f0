package io.holdfast.server.http;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Makes of certificate and key files what TLS needs. Pure but for reading the files. */
final class TlsContext {
  private static final int MOST_BYTES = 1 << 20;
  private static final String ALIAS = "server";

  private final FileLayer files;

  TlsContext(FileLayer files) {
    this.files = files;
  }

  /**
   * @throws HoldfastException {@code CONFIGURATION_INVALID} if a file cannot be read, is not what
   *     it should be, or the key is not that of the certificate
   */
  SSLContext of(TlsFiles pem) {
    List<Certificate> chain = PemFiles.certificates(read(pem.chain()), pem.chain());
    PrivateKey key = PemFiles.privateKey(read(pem.key()), pem.key());
    if (!PemFiles.belong(key, chain.getFirst().getPublicKey())) {
      throw new HoldfastException(
          ErrorCode.CONFIGURATION_INVALID,
          pem.key() + " is not the key of the first certificate in " + pem.chain(),
          "Name the key that the certificate was requested with; the server's certificate comes"
              + " first in its file.");
    }
    char[] none = new char[0];
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, none);
      store.setKeyEntry(ALIAS, key, none, chain.toArray(Certificate[]::new));
      return context(store, none);
    } catch (GeneralSecurityException | IOException e) {
      throw unusable(pem.chain(), e);
    }
  }

  private static SSLContext context(KeyStore store, char[] password)
      throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private byte[] read(FilePath file) {
    try {
      // ACME clients keep the current certificate under a symbolic link.
      return FileTrees.readAll(files, files.resolveLinks(file), MOST_BYTES);
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  private static HoldfastException unusable(FilePath file, Exception cause) {
    return new HoldfastException(
        ErrorCode.CONFIGURATION_INVALID,
        file + " cannot be used for TLS: " + cause.getMessage(),
        "Check the path, and that this process may read the file.",
        cause);
  }
}
