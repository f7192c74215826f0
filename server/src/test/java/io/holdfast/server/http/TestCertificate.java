package io.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.file.FilePath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A self-signed certificate for localhost, made by the JDK's keytool. */
record TestCertificate(Path directory, String name) {
  static final String PASSWORD = "pass-word-7";

  static TestCertificate make(Path directory, String name, String algorithm) throws Exception {
    var certificate = new TestCertificate(directory, name);
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=DNS:localhost,IP:127.0.0.1",
                "-validity",
                "3650",
                "-storetype",
                "PKCS12",
                "-keystore",
                certificate.storeFile().toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(keytool.exitValue()).as(output).isZero();

    KeyStore store = certificate.load();
    Files.writeString(
        certificate.chainFile(), pem("CERTIFICATE", store.getCertificate("server").getEncoded()));
    Files.writeString(
        certificate.keyFile(),
        pem("PRIVATE KEY", store.getKey("server", PASSWORD.toCharArray()).getEncoded()));
    return certificate;
  }

  TlsFiles pem() {
    return new TlsFiles(FilePath.of(chainFile()), FilePath.of(keyFile()));
  }

  Path storeFile() {
    return directory.resolve(name + ".p12");
  }

  Path chainFile() {
    return directory.resolve(name + ".pem");
  }

  Path keyFile() {
    return directory.resolve(name + "-key.pem");
  }

  /** What a client that trusts this certificate alone speaks TLS with. */
  SSLContext clientContext() throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", load().getCertificate("server"));
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  private KeyStore load() throws Exception {
    return KeyStore.getInstance(storeFile().toFile(), PASSWORD.toCharArray());
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }
}
