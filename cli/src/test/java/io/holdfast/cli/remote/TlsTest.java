package io.holdfast.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.Cli;
import io.holdfast.cli.Cli.Result;
import io.holdfast.cli.stub.StubServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers with certificates of their own making. */
class TlsTest {
  private static final char[] PASSWORD = "stub-password".toCharArray();

  @TempDir Path directory;

  @Test
  @DisplayName(
      "a private authority is trusted when it is named, and nothing is sent when it is not")
  void privateAuthority() throws Exception {
    KeyStore store = certificate("127.0.0.1");
    writePem(store, "ca.pem");
    try (var server = new StubServer(context(store))) {
      server.on(
          "GET /api/v1/admin/status", request -> request.json(200, Samples.status(null, "ok")));
      var cli =
          new Cli(directory)
              .set("HOLDFAST_SERVER", server.url())
              .set("HOLDFAST_TOKEN", StubServer.TOKEN);

      Result unknown = cli.run("status");
      assertThat(unknown.exit()).isEqualTo(68);
      assertThat(unknown.err())
          .startsWith("error: the server at " + server.url() + " cannot be trusted: ")
          .contains("--ca-file");
      assertThat(cli.run("status", "--json").jsonError())
          .containsEntry("code", "SERVER_UNTRUSTED")
          .containsEntry("retryable", false);
      assertThat(server.seen()).isEmpty();

      assertThat(cli.run("status", "--ca-file", "ca.pem").exit()).isZero();
      assertThat(cli.set("HOLDFAST_CA_FILE", "ca.pem").run("status").exit()).isZero();
    }
  }

  @Test
  @DisplayName("a certificate for another machine is not accepted")
  void anotherName() throws Exception {
    KeyStore store = certificate("127.0.0.2");
    writePem(store, "ca.pem");
    try (var server = new StubServer(context(store))) {
      var cli =
          new Cli(directory)
              .set("HOLDFAST_SERVER", server.url())
              .set("HOLDFAST_TOKEN", StubServer.TOKEN);

      Result result = cli.run("backup", "--ca-file", "ca.pem");

      assertThat(result.exit()).isEqualTo(68);
      assertThat(result.err())
          .isEqualTo(
              "error: the server at "
                  + server.url()
                  + " cannot be trusted: its certificate is not for the name in that address\n"
                  + "  Use the name that its certificate is for, or give it one for this name.\n");
      assertThat(server.seen()).isEmpty();
    }
  }

  @Test
  @DisplayName("another authority than the one that was named is said to be another")
  void anotherAuthority() throws Exception {
    writePem(certificate("127.0.0.2"), "ca.pem");
    try (var server = new StubServer(context(certificate("127.0.0.1")))) {
      var cli =
          new Cli(directory)
              .set("HOLDFAST_SERVER", server.url())
              .set("HOLDFAST_TOKEN", StubServer.TOKEN);

      Result result = cli.run("status", "--ca-file", "ca.pem");

      assertThat(result.exit()).isEqualTo(68);
      assertThat(result.err())
          .contains("its certificate is not from an authority that is trusted")
          .contains("The file of --ca-file (HOLDFAST_CA_FILE) does not hold the authority")
          .doesNotContain("Exception", "sun.security", "PKIX");
    }
  }

  /** What servers answer to a client that does not speak TLS: an alert. */
  @ParameterizedTest
  @ValueSource(strings = {"15030300020246", "15030100020250"})
  @DisplayName("http:// at a port that speaks TLS is told to be that")
  void plainHttpAtTls(String alert) throws Exception {
    try (var socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread answering =
          Thread.ofVirtual()
              .start(() -> {
                while (!socket.isClosed()) {
                  try (Socket client = socket.accept()) {
                    client.getInputStream().read();
                    client.getOutputStream().write(HexFormat.of().parseHex(alert));
                    client.shutdownOutput();
                    client.getInputStream().readAllBytes();
                  } catch (IOException closed) {
                    // The next one, or the end.
                  }
                }
              });
      var cli =
          new Cli(directory)
              .set("HOLDFAST_SERVER", "http://127.0.0.1:" + socket.getLocalPort())
              .set("HOLDFAST_TOKEN", StubServer.TOKEN);

      Result result = cli.run("status");

      assertThat(result.exit()).isEqualTo(68);
      assertThat(result.err())
          .contains(" cannot be reached: it speaks TLS, and not plain HTTP\n")
          .contains("Use https:// in place of http://.")
          .doesNotContain("status line", "Exception");
      socket.close();
      answering.join();
    }
  }

  @Test
  void filesThatHoldNoCertificate() {
    var cli =
        new Cli(directory)
            .set("HOLDFAST_SERVER", "https://127.0.0.1:1")
            .set("HOLDFAST_TOKEN", StubServer.TOKEN)
            .write("empty.pem", "")
            .write("text.pem", "no certificate");

    for (String file : List.of("empty.pem", "text.pem")) {
      Result result = cli.run("status", "--ca-file", file);
      assertThat(result.exit()).isEqualTo(2);
      assertThat(result.err())
          .startsWith("error: " + cli.path(file) + " holds no certificate that can be used\n");
    }
    assertThat(cli.run("status", "--ca-file", "missing.pem").err())
        .contains("missing.pem: there is no such file");
  }

  /** Made by the JDK's own tool; the JDK has no public API for it. */
  private KeyStore certificate(String address) throws Exception {
    Path file = directory.resolve("store-" + address + ".p12");
    Process made =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "stub",
                "-keyalg",
                "EC",
                "-dname",
                "CN=stub",
                "-ext",
                "san=ip:" + address,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    String told = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(made.waitFor()).as(told).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  private static SSLContext context(KeyStore store) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private void writePem(KeyStore store, String name) throws Exception {
    Certificate certificate = store.getCertificate("stub");
    Files.writeString(
        directory.resolve(name),
        "# our own\n-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
            + "\n-----END CERTIFICATE-----\n");
  }
}
