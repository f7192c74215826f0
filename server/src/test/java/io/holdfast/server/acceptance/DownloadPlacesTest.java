package io.holdfast.server.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.server.acceptance.ApiClient.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How many downloads there are at once. */
@Timeout(120)
class DownloadPlacesTest {
  /** More than two systems take in for a reader who does not read. */
  private static final int LARGE = 24 << 20;

  private static final String TREE = "/admin/backups/latest/artifacts/tree/";

  @TempDir Path root;
  private LiveServer server;
  private String path;

  @BeforeEach
  void start() throws Exception {
    LiveServer.platform(root);
    var noise = new byte[LARGE];
    new Random(1).nextBytes(noise);
    Files.write(root.resolve("live/tree/noise"), noise);
    server = LiveServer.start(root, LiveServer.configuration("compression: zstd"));
    Answer backup = server.backup();
    path = TREE + artifact(backup);
  }

  @SuppressWarnings("unchecked")
  private static String artifact(Answer backup) {
    var components = (List<Map<String, List<Map<String, Object>>>>) backup.json().get("components");
    return String.valueOf(components.getFirst().get("artifacts").getFirst().get("name"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** A download whose first bytes have come, and which nobody reads on. */
  private Socket begun() throws IOException {
    URI uri = server.uri("/api/v1" + path);
    var socket = new Socket();
    socket.setReceiveBufferSize(16 << 10);
    socket.setSoTimeout(20_000);
    socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
    String head =
        "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer %s\r\n\r\n"
            .formatted(uri.getRawPath(), server.token());
    socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1))
        .isEqualTo("HTTP/1.1 200");
    return socket;
  }

  @Test
  @DisplayName("a third is told to come again, and backups and restores go on meanwhile")
  void third() throws Exception {
    try (Socket first = begun();
        Socket second = begun()) {
      for (int i = 0; i < 10; i++) {
        Answer refused = server.get(path);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.string("error_code")).isEqualTo("RATE_LIMITED");
        assertThat(refused.header("Retry-After")).isEqualTo("30");
      }
      assertThat(server.backup().status()).isEqualTo(201);

      InputStream in = first.getInputStream();
      in.transferTo(OutputStream.nullOutputStream());
      awaitPlace();
      // The other breaks off.
      try (Socket third = begun()) {
        assertThat(server.get(path).status()).isEqualTo(429);
        second.close();
        awaitPlace();
        assertThat(third.isConnected()).isTrue();
      }
    }
  }

  /** The server hears of a connection's end a little later than the client. */
  private void awaitPlace() {
    await().atMost(20, SECONDS).until(() -> server.download(path).statusCode() == 200);
  }
}
