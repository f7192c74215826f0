package io.holdfast.vault.backend.rest;

import static io.holdfast.vault.backend.rest.RestFixture.assertRefused;
import static io.holdfast.vault.backend.rest.RestFixture.bytes;
import static io.holdfast.vault.backend.rest.RestFixture.pack;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.vault.backend.BackendException.Reason;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.http.HttpSettings;
import io.holdfast.vault.backend.http.TrustedCertificates;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whose certificates are trusted. */
@Timeout(60)
class RestTlsTest {
  private static final char[] STORE_PASSWORD = "changeit".toCharArray();

  @TempDir static Path directory;
  private static Path certificate;
  private static Path otherCertificate;

  private TestRestServer server;

  @BeforeAll
  static void makeCertificates() throws Exception {
    certificate = make("ours", "localhost");
    otherCertificate = make("others", "localhost");
  }

  /** A self-signed certificate, as a file; its key is in the store of that name. */
  private static Path make(String name, String host) throws Exception {
    keytool(
        "-genkeypair -alias it -keyalg EC -validity 30 -storetype PKCS12 -dname CN="
            + name
            + " -ext san=dns:"
            + host,
        name);
    Path pem = directory.resolve(name + ".pem");
    keytool("-exportcert -rfc -alias it -file " + pem, name);
    return pem;
  }

  private static void keytool(String arguments, String store) throws Exception {
    var command =
        new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.command().addAll(List.of(arguments.split(" ")));
    command
        .command()
        .addAll(
            List.of(
                "-keystore",
                directory.resolve(store).toString(),
                "-storepass",
                new String(STORE_PASSWORD)));
    Process process = command.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  private static SSLContext identity(String store) throws Exception {
    KeyStore keys = KeyStore.getInstance(directory.resolve(store).toFile(), STORE_PASSWORD);
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, STORE_PASSWORD);
    var context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  @BeforeEach
  void start() throws Exception {
    server = TestRestServer.start(identity("ours"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static HttpSettings trusting(Path file) throws IOException {
    return new HttpSettings(
        Optional.of(TrustedCertificates.read(PosixFileLayer.create(), FilePath.of(file))),
        HttpSettings.CONNECT,
        HttpSettings.STALL);
  }

  private RestSettings settings(URI address) {
    return RestSettings.of(address, new RestCredentials.Bearer(() -> "token"));
  }

  @Test
  @DisplayName("a server whose certificate is in the file is trusted, alone or among others")
  void trusted() throws Exception {
    Path both = directory.resolve("both.pem");
    Files.writeString(both, Files.readString(otherCertificate) + Files.readString(certificate));
    for (Path file : new Path[] {certificate, both}) {
      try (var backend = new RestBackend(settings(server.address()).over(trusting(file)))) {
        byte[] content = bytes(1, 3_000_000);
        backend.write(pack(content), ByteBuffer.wrap(content));
        assertThat(backend.readAll(pack(content))).isEqualTo(content);
        backend.delete(pack(content));
      }
    }
  }

  @Test
  @DisplayName("a server that is not trusted is told nothing, and is not asked again")
  void untrusted() throws Exception {
    try (var platform = new RestBackend(settings(server.address()));
        var other = new RestBackend(settings(server.address()).over(trusting(otherCertificate)))) {
      assertRefused(Reason.OTHER, () -> platform.exists(FileId.CONFIG));
      assertRefused(Reason.OTHER, () -> other.exists(FileId.CONFIG));
    }
    assertThat(server.requests()).isEmpty();
  }

  @Test
  @DisplayName("a certificate for another host is not trusted")
  void wrongHost() throws Exception {
    URI address = URI.create(server.address().toString().replace("localhost", "127.0.0.1"));
    try (var backend = new RestBackend(settings(address).over(trusting(certificate)))) {
      assertRefused(Reason.OTHER, () -> backend.exists(FileId.CONFIG));
    }
    assertThat(server.requests()).isEmpty();
  }

  @Test
  @DisplayName("a server that speaks no TLS is not asked again")
  void plainServer() throws Exception {
    try (var plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var backend =
            new RestBackend(
                settings(URI.create("https://localhost:" + plain.getLocalPort() + "/")))) {
      Thread.ofVirtual().start(() -> answerPlainly(plain));
      assertRefused(Reason.OTHER, () -> backend.exists(FileId.CONFIG));
    }
  }

  private static void answerPlainly(ServerSocket server) {
    try (Socket socket = server.accept()) {
      assertThat(socket.getInputStream().read()).isPositive();
      socket.getOutputStream().write("HTTP/1.0 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
      socket.shutdownOutput();
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @DisplayName("a file without certificates is refused by name")
  void noCertificates() throws Exception {
    for (String text : new String[] {"", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA"}) {
      Path file = Files.writeString(directory.resolve("none.pem"), text);
      assertThatThrownBy(() -> trusting(file))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(file.toString());
    }
    assertThatThrownBy(() -> trusting(directory.resolve("missing.pem")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("missing.pem");
  }
}
