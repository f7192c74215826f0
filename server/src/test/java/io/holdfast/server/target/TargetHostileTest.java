package io.holdfast.server.target;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.server.event.EventName;
import io.holdfast.server.event.ServerEvent;
import io.holdfast.vault.ContentId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that mean harm, or whose memory or network is broken. */
@Timeout(120)
class TargetHostileTest {
  @TempDir static Path root;
  private static TargetServer server;
  private static int count;

  private String name = "";
  private String token = "";

  @BeforeAll
  static void start() throws Exception {
    server = TargetServer.start(root);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void create() throws Exception {
    name = "m" + ++count;
    token = server.token(name, false);
    assertThat(post("?create=true", new byte[0])).isEqualTo(200);
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static String data(byte[] content) {
    return "data/" + ContentId.of(content);
  }

  private int post(String path, byte[] content) throws Exception {
    return server.status(
        server.request(name, path, token).POST(BodyPublishers.ofByteArray(content)));
  }

  private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    var request = server.request(name, path, token).GET();
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return server.send(request);
  }

  /** What lies in a target besides directories and the marks of writers. */
  private static TreeSet<String> stored(String target) throws IOException {
    Path directory = server.directory(target);
    try (Stream<Path> all = Files.walk(directory)) {
      var stored = new TreeSet<String>();
      all.filter(path -> !Files.isDirectory(path))
          .map(path -> directory.relativize(path).toString())
          .filter(path -> !path.startsWith(".holdfast-writer-"))
          .forEach(stored::add);
      return stored;
    }
  }

  @Test
  @DisplayName("what is not what its name says never appears")
  void wrongContent() throws Exception {
    byte[] content = bytes(100_000);
    for (String type : List.of("data", "index", "snapshots", "keys", "locks")) {
      String path = type + "/" + ContentId.of(content);
      byte[] other = content.clone();
      other[70_000] ^= 1;
      assertThat(post(path, other)).isEqualTo(400);
      assertThat(post(path, new byte[0])).isEqualTo(400);
      assertThat(get(path).statusCode()).isEqualTo(404);
      assertThat(post(path, content)).isEqualTo(200);
    }
    assertThat(stored(name)).hasSize(5);
    assertThat(server.events())
        .filteredOn(event -> event.name() == EventName.TARGET_REFUSED)
        .extracting(event -> event.facts().get("target"))
        .contains(name);
  }

  @Test
  @DisplayName("nothing is ever replaced, the config least of all")
  void replacing() throws Exception {
    byte[] content = bytes(1000);
    assertThat(post("config", content)).isEqualTo(200);
    assertThat(post("config", bytes(1001))).isEqualTo(409);
    assertThat(post("config", content)).isEqualTo(409);
    assertThat(get("config").body()).isEqualTo(content);
    assertThat(post(data(content), content)).isEqualTo(200);
    assertThat(post(data(content), content)).isEqualTo(409);
    assertThat(post(data(content), bytes(7))).isEqualTo(409);
    String full = server.token(name, true);
    assertThat(
            server.status(
                server.request(name, "config", full).POST(BodyPublishers.ofString("new"))))
        .isEqualTo(409);
    assertThat(get(data(content)).body()).isEqualTo(content);
    assertThat(post("?create=true", new byte[0])).isEqualTo(200);
    assertThat(get("config").body()).isEqualTo(content);
  }

  @Test
  @DisplayName("a stolen token that may add makes locks go and nothing else")
  void deleting() throws Exception {
    byte[] content = bytes(1000);
    List<String> kept = new ArrayList<>(List.of("config"));
    post("config", content);
    for (String type : List.of("data", "index", "snapshots", "keys")) {
      kept.add(type + "/" + ContentId.of(content));
      post(kept.getLast(), content);
    }
    String lock = "locks/" + ContentId.of(content);
    post(lock, content);
    var before = stored(name);
    for (String path : kept) {
      assertThat(server.status(server.request(name, path, token).DELETE())).isEqualTo(403);
      assertThat(server.status(server.request(name, path + "?force=1", token).DELETE()))
          .isEqualTo(400);
    }
    assertThat(server.status(server.request(name, "", token).DELETE())).isEqualTo(403);
    assertThat(server.status(server.request(name, "", server.token(name, true)).DELETE()))
        .isEqualTo(403);
    for (String method : List.of("PUT", "PATCH", "MOVE", "COPY")) {
      for (String path : kept) {
        assertThat(
                server.status(
                    server.request(name, path, token).method(method, BodyPublishers.ofString("x"))))
            .isIn(405, 501);
      }
    }
    assertThat(stored(name)).isEqualTo(before);

    assertThat(server.status(server.request(name, lock, token).DELETE())).isEqualTo(200);
    assertThat(server.status(server.request(name, lock, token).DELETE())).isEqualTo(404);
    before.remove(lock);
    assertThat(stored(name)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data/x",
        "data/..%2f..%2fconfig",
        "data/%2e%2e",
        "data/ABCDEF0000000000000000000000000000000000000000000000000000000000",
        "data/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85",
        "data/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8555",
        "data/.holdfast-new-0000000000000000-1",
        "data/e3/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "config/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "other/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "Data/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "%2e%2e/config",
        "config%2f",
        "data//e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      })
  @DisplayName("names that are none lead nowhere")
  void names(String path) throws Exception {
    assertThat(post(path, new byte[0])).isIn(400, 404);
    assertThat(get(path).statusCode()).isIn(400, 404);
    assertThat(server.status(server.request(name, path, server.token(name, true)).DELETE()))
        .isIn(400, 404);
    assertThat(stored(name)).isEmpty();
  }

  @Test
  @DisplayName(
      "a token opens its own target, and nothing of the API; nor does one of the API open a target")
  void otherTokens() throws Exception {
    byte[] content = bytes(10);
    post("config", content);
    String other = server.token("another", true);
    for (String wrong : List.of(other, server.adminToken())) {
      assertThat(server.status(server.request(name, "config", wrong).GET())).isEqualTo(403);
      assertThat(server.status(server.request(name, "data/", wrong).GET())).isEqualTo(403);
      assertThat(
              server.status(
                  server
                      .request(name, data(content), wrong)
                      .POST(BodyPublishers.ofByteArray(content))))
          .isEqualTo(403);
      assertThat(
              server.status(
                  server.request(name, "?create=true", wrong).POST(BodyPublishers.noBody())))
          .isEqualTo(403);
    }
    assertThat(server.status(server.request(name, "config", "hf_wrong").GET())).isEqualTo(401);
    for (String target : List.of("%2e%2e", "..%2fx", ".state", "a%00", "M1", "A".repeat(64))) {
      assertThat(server.status(server.request(target, "config", token).GET())).isIn(400, 403, 404);
    }
    for (String path : List.of("/api/v1/admin/status", "/api/v1/admin/tokens")) {
      assertThat(server.status(server.plain(path, token).GET())).isEqualTo(403);
    }
    assertThat(
            server.status(
                server
                    .plain("/api/v1/admin/backups", token)
                    .header("Idempotency-Key", "k")
                    .POST(BodyPublishers.noBody())))
        .isEqualTo(403);
    assertThat(stored(name)).containsExactly("config");
    assertThat(server.directory("another")).doesNotExist();
  }

  @Test
  @DisplayName("revoking a token shuts its target at once")
  void revoked() throws Exception {
    String id = token.substring(3, 15);
    assertThat(get("data/").statusCode()).isEqualTo(200);
    assertThat(server.api("DELETE", "/api/v1/admin/tokens/" + id, "").statusCode()).isEqualTo(204);
    assertThat(get("data/").statusCode()).isEqualTo(401);
  }

  @Test
  @DisplayName("uploads that are cut off, of a known length or not, leave nothing")
  void truncated() throws Exception {
    byte[] content = bytes(300_000);
    String head =
        "POST /targets/%s/%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
            .formatted(name, data(content), token);
    for (String framing :
        List.of("Content-Length: 300000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n30d40\r\n")) {
      try (var socket = new Socket("127.0.0.1", server.address().getPort())) {
        socket.getOutputStream().write((head + framing).getBytes(UTF_8));
        socket.getOutputStream().write(content, 0, 150_000);
        socket.getOutputStream().flush();
        await().until(() -> stored(name).stream().anyMatch(path -> path.contains(".holdfast-new")));
        assertThat(get(data(content)).statusCode()).isEqualTo(404);
        assertThat(new String(get("data/").body(), UTF_8)).isEqualTo("[]");
      }
      await().until(() -> stored(name).isEmpty());
    }
    assertThat(post(data(content), content)).isEqualTo(200);
  }

  @Test
  @DisplayName("a file that is larger than its sort may be is refused, told beforehand or not")
  void oversize() throws Exception {
    byte[] content = bytes((16 << 20) + 1);
    String path = "keys/" + ContentId.of(content);
    assertThat(post(path, content)).isEqualTo(413);
    assertThat(
            server.status(
                server
                    .request(name, path, token)
                    .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(content)))))
        .isEqualTo(413);
    assertThat(post(data(content), content)).isEqualTo(200);
    await().until(() -> stored(name).size() == 1);
  }

  @Test
  @DisplayName("of many who send one file at once one succeeds; who stalls meanwhile keeps nobody")
  void manyAtOnce() throws Exception {
    byte[] content = bytes(500_000);
    var stalled = new ArrayList<Socket>();
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < Target.TRANSFERS; i++) {
        byte[] never = bytes(1000 + i);
        var socket = new Socket("127.0.0.1", server.address().getPort());
        stalled.add(socket);
        socket
            .getOutputStream()
            .write(
                "POST /targets/%s/%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Length: 9999\r\n\r\nx"
                    .formatted(name, data(never), token)
                    .getBytes(UTF_8));
      }
      await().until(() -> stored(name).size() == Target.TRANSFERS);
      // This target has used up its share.
      assertThat(post(data(content), content)).isEqualTo(503);
      assertThat(get("data/").statusCode()).isEqualTo(503);

      String other = name + "-b";
      String its = server.token(other, false);
      server.send(server.request(other, "?create=true", its).POST(BodyPublishers.noBody()));
      List<Callable<Integer>> uploads = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        uploads.add(() ->
            server.status(
                server
                    .request(other, data(content), its)
                    .POST(BodyPublishers.ofByteArray(content))));
      }
      var statuses = new ArrayList<Integer>();
      for (var upload : pool.invokeAll(uploads)) {
        statuses.add(upload.get());
      }
      assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 409);
      assertThat(stored(other))
          .containsExactly(data(content).replace("data/", "data/" + prefix(content)));
      assertThat(server.api("GET", "/api/v1/admin/status", "").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : stalled) {
        socket.close();
      }
    }
    await().until(() -> stored(name).isEmpty());
    assertThat(post(data(content), content)).isEqualTo(200);
  }

  private static String prefix(byte[] content) {
    return ContentId.of(content).toString().substring(0, 2) + "/";
  }

  @Test
  @DisplayName("parts of files, and parts that there are not")
  void ranges() throws Exception {
    byte[] content = bytes(100_000);
    post(data(content), content);
    HttpResponse<byte[]> part = get(data(content), "Range", "bytes=99990-");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).hasSize(10).endsWith(content[99_999]);
    assertThat(part.headers().firstValue("Content-Range")).contains("bytes 99990-99999/100000");
    HttpResponse<byte[]> beyond = get(data(content), "Range", "bytes=100000-");
    assertThat(beyond.statusCode()).isEqualTo(416);
    assertThat(beyond.headers().firstValue("Content-Range")).contains("bytes */100000");
    assertThat(get(data(content), "Range", "nonsense").body()).isEqualTo(content);
    var head = server.send(server.request(name, data(content), token).HEAD());
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(100_000);
  }

  @Test
  @DisplayName("lists of both versions, and of what is not there")
  void lists() throws Exception {
    byte[] content = bytes(9);
    post(data(content), content);
    String id = ContentId.of(content).toString();
    HttpResponse<byte[]> names = get("data/");
    assertThat(new String(names.body(), UTF_8)).isEqualTo("[\"" + id + "\"]");
    assertThat(names.headers().firstValue("Content-Type"))
        .contains("application/vnd.x.restic.rest.v1");
    HttpResponse<byte[]> sizes = get("data/", "Accept", "application/vnd.x.restic.rest.v2");
    assertThat(new String(sizes.body(), UTF_8)).isEqualTo("[{\"name\":\"" + id + "\",\"size\":9}]");
    assertThat(sizes.headers().firstValue("Content-Type"))
        .contains("application/vnd.x.restic.rest.v2");
    assertThat(new String(get("keys/").body(), UTF_8)).isEqualTo("[]");
    assertThat(get("other/").statusCode()).isEqualTo(404);
    assertThat(get("config/").statusCode()).isEqualTo(404);
    String nobody = server.token("nobody", false);
    assertThat(server.status(server.request("nobody", "data/", nobody).GET())).isEqualTo(404);
    assertThat(server.status(server.request("nobody", "config", nobody).GET())).isEqualTo(404);
    assertThat(
            server.status(
                server.request("nobody", "config", nobody).POST(BodyPublishers.ofString("x"))))
        .isEqualTo(404);
    assertThat(server.directory("nobody")).doesNotExist();
  }

  @Test
  @DisplayName("a disk that is not mounted is told, and nothing is made in its place")
  void missingDisk() throws Exception {
    Path away = root.resolve("targets-away");
    Path targets = server.directory("x").getParent();
    String fresh = server.token("fresh", false);
    Files.move(targets, away);
    try {
      assertThat(
              server.status(
                  server.request("fresh", "?create=true", fresh).POST(BodyPublishers.noBody())))
          .isEqualTo(503);
      assertThat(get("config").statusCode()).isEqualTo(404);
      assertThat(post("config", bytes(3))).isIn(404, 500, 503);
      assertThat(targets).doesNotExist();
    } finally {
      Files.move(away, targets);
    }
    assertThat(post("config", bytes(3))).isEqualTo(200);
  }

  @Test
  @DisplayName("nothing that is told or logged holds a token")
  void secrets() throws Exception {
    post("config", bytes(3));
    get("config");
    var told = new StringBuilder();
    for (ServerEvent event : server.events()) {
      told.append(event);
    }
    assertThat(told.toString()).contains("target.create").doesNotContain(token.substring(16));
  }
}
