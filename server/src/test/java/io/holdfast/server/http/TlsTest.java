package io.holdfast.server.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FilePath;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TlsTest {
  @TempDir static Path directory;

  private static TestCertificate rsa;
  private static TestCertificate ec;
  private static TestCertificate ed25519;

  private final BlockingQueue<Throwable> ends = new LinkedBlockingQueue<>();

  @BeforeAll
  static void makeCertificates() throws Exception {
    rsa = TestCertificate.make(directory, "rsa", "RSA");
    ec = TestCertificate.make(directory, "ec", "EC");
    ed25519 = TestCertificate.make(directory, "ed25519", "Ed25519");
  }

  private static TestCertificate certificate(String name) {
    return switch (name) {
      case "rsa" -> rsa;
      case "ec" -> ec;
      default -> ed25519;
    };
  }

  private static HttpSettings settings(String host, TlsFiles files, HttpLimits limits) {
    return new HttpSettings(host, 0, Optional.of(files), false, Set.of(), limits);
  }

  private TestServer start(String host, TlsFiles files) {
    return start(settings(host, files, HttpLimits.defaults()));
  }

  private TestServer start(HttpSettings settings) {
    return TestServer.start(
        settings,
        routes ->
            routes
                .add("GET", "/open", Access.OPEN, request -> new Response.Empty(204))
                .add(
                    "POST",
                    "/echo",
                    Access.OPEN,
                    request ->
                        new Response.Text(
                            200,
                            Map.of(),
                            "text/plain",
                            new String(request.body(), StandardCharsets.UTF_8)))
                .add(
                    "GET",
                    "/flood",
                    Access.OPEN,
                    request ->
                        new Response.Events(
                            200,
                            sink -> {
                              try {
                                while (true) {
                                  sink.send("flood", Map.of("text", "x".repeat(10_000)));
                                }
                              } catch (IOException e) {
                                ends.add(e);
                                throw e;
                              }
                            })));
  }

  private static HttpResponse<String> send(TestCertificate trusted, HttpRequest request)
      throws Exception {
    try (HttpClient client = HttpClient.newBuilder().sslContext(trusted.clientContext()).build()) {
      return client.send(request, BodyHandlers.ofString());
    }
  }

  private static HttpRequest.Builder request(TestServer server, String path) {
    return HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa", "ec", "ed25519"})
  void speaksTlsWithPemFiles(String name) throws Exception {
    TestCertificate certificate = certificate(name);
    try (TestServer server = start("127.0.0.1", certificate.pem())) {
      HttpResponse<String> answer = send(certificate, request(server, "/open").build());

      assertThat(answer.statusCode()).isEqualTo(204);
      assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
    }
  }

  @Test
  void followsSymbolicLinksAsAcmeClientsMakeThem() throws Exception {
    Path chain = directory.resolve("current.pem");
    Path key = directory.resolve("current-key.pem");
    Files.createSymbolicLink(chain, rsa.chainFile().getFileName());
    Files.createSymbolicLink(key, rsa.keyFile().getFileName());
    try (TestServer server =
        start("127.0.0.1", new TlsFiles(FilePath.of(chain), FilePath.of(key)))) {
      assertThat(send(rsa, request(server, "/open").build()).statusCode()).isEqualTo(204);
    }
  }

  @Test
  void withTlsItMayBindBeyondThisMachine() throws Exception {
    try (TestServer server = start("0.0.0.0", rsa.pem())) {
      assertThat(send(rsa, request(server, "/open").build()).statusCode()).isEqualTo(204);
    }
  }

  @Test
  void onlyPagesThatCameByHttpsAreItsOwn() throws Exception {
    try (TestServer server = start("127.0.0.1", rsa.pem())) {
      String own = "localhost:" + server.port();
      for (String scheme : new String[] {"https", "http"}) {
        HttpRequest post =
            request(server, "/echo")
                .header("Origin", scheme + "://" + own)
                .POST(HttpRequest.BodyPublishers.ofString("hi"))
                .build();

        assertThat(send(rsa, post).statusCode()).isEqualTo(scheme.equals("https") ? 200 : 403);
      }
    }
  }

  @Test
  void plainHttpIsNotAnsweredThere() throws Exception {
    try (TestServer server = start("127.0.0.1", rsa.pem());
        RawClient raw = server.raw()) {
      String said;
      try {
        said = raw.send("GET /open HTTP/1.1\r\nHost: localhost\r\n\r\n").readAll();
      } catch (IOException closed) {
        said = "";
      }
      assertThat(said).doesNotContain("204", "HTTP/1.1 2");
    }
  }

  @Test
  void aHandshakeThatNeverEndsIsCutOff() throws Exception {
    var limits = new Limits();
    limits.idle = Duration.ofMillis(300);
    try (TestServer server = start(settings("127.0.0.1", rsa.pem(), limits.build()));
        RawClient raw = server.raw()) {
      // The head of a ClientHello of 16 KiB, which trickles in.
      raw.send("\u0016\u0003\u0001\u0040\u0000\u0001\u0000\u003f\u00fc\u0003\u0003");

      assertThat(raw.trickle("x")).doesNotContain("HTTP");
    }
  }

  @Test
  void aReaderThatNeverReadsIsGivenUpHereToo() throws Exception {
    var limits = new Limits();
    limits.writeTime = Duration.ofMillis(300);
    try (TestServer server = start(settings("127.0.0.1", rsa.pem(), limits.build()))) {
      var below = new Socket();
      below.setReceiveBufferSize(4096);
      below.connect(new InetSocketAddress("127.0.0.1", server.port()));
      try (Socket reader =
          rsa.clientContext()
              .getSocketFactory()
              .createSocket(below, "localhost", server.port(), true)) {
        reader
            .getOutputStream()
            .write(
                "GET /flood HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));

        assertThat(ends.poll(20, SECONDS)).hasMessageContaining("did not read");
        assertThat(server.logged().complete()).isFalse();
        assertThat(send(rsa, request(server, "/open").build()).statusCode()).isEqualTo(204);
      }
    }
  }

  @Test
  void unusableFilesAreNamed() throws Exception {
    Path garbage = Files.writeString(directory.resolve("garbage"), "garbage");
    Path missing = directory.resolve("missing");
    Path encrypted =
        Files.writeString(
            directory.resolve("encrypted"),
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
    Path broken =
        Files.writeString(
            directory.resolve("broken"),
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    refused(new TlsFiles(FilePath.of(missing), path(rsa.keyFile())), "missing");
    refused(new TlsFiles(path(rsa.chainFile()), FilePath.of(missing)), "missing");
    refused(new TlsFiles(FilePath.of(garbage), path(rsa.keyFile())), "garbage holds no cert");
    refused(new TlsFiles(path(rsa.chainFile()), FilePath.of(garbage)), "garbage holds no priv");
    refused(new TlsFiles(path(rsa.chainFile()), FilePath.of(encrypted)), "encrypted holds no");
    refused(new TlsFiles(path(rsa.chainFile()), FilePath.of(broken)), "broken holds no priv");
    refused(new TlsFiles(path(rsa.chainFile()), path(ec.keyFile())), "is not the key");
    refused(new TlsFiles(path(rsa.chainFile()), path(rsa.chainFile())), "holds no private key");
  }

  @Test
  void theKeyOfAnotherCertificateIsRefused() throws Exception {
    TestCertificate other = TestCertificate.make(directory, "other", "RSA");

    refused(new TlsFiles(path(rsa.chainFile()), path(other.keyFile())), "is not the key");
  }

  private static FilePath path(Path path) {
    return FilePath.of(path);
  }

  private void refused(TlsFiles files, String reason) {
    assertThatThrownBy(() -> start("127.0.0.1", files))
        .isInstanceOfSatisfying(
            HoldfastException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(ErrorCode.CONFIGURATION_INVALID);
              assertThat(refused.guidance()).isNotEmpty();
              assertThat(refused.message() + refused.guidance())
                  .doesNotContain(TestCertificate.PASSWORD);
            })
        .hasMessageContaining(reason);
  }
}
