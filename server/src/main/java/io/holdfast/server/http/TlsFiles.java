package io.holdfast.server.http;

import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;

/** Where a server's certificate and key are; symbolic links are followed. */
public sealed interface TlsFiles {
  /**
   * PEM files, as ACME clients write them.
   *
   * @param chain the server's certificate, then those that lead to its root
   * @param key the private key in PKCS #8 ({@code BEGIN PRIVATE KEY}), not encrypted
   */
  record Pem(FilePath chain, FilePath key) implements TlsFiles {}

  /**
   * Goes on if a server could use them.
   *
   * @throws HoldfastException {@code CONFIGURATION_INVALID} that says why not
   */
  default void check(FileLayer files) {
    var unused = new TlsContext(files).of(this);
  }

  /**
   * A PKCS #12 file with one key.
   *
   * @param passwordFile holds the password in its first line, as UTF-8
   */
  record Pkcs12(FilePath store, FilePath passwordFile) implements TlsFiles {}
}
