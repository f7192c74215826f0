package io.holdfast.server.http;

import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;

/**
 * Where a server's certificate and key are, in PEM files as ACME clients write them; symbolic links
 * are followed.
 *
 * @param chain the server's certificate, then those that lead to its root
 * @param key the private key in PKCS #8 ({@code BEGIN PRIVATE KEY}), not encrypted
 */
public record TlsFiles(FilePath chain, FilePath key) {
  /**
   * Goes on if a server could use them.
   *
   * @throws HoldfastException {@code CONFIGURATION_INVALID} that says why not
   */
  public void check(FileLayer files) {
    var unused = new TlsContext(files).of(this);
  }
}
