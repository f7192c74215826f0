package io.holdfast.vault.backend.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A server of the protocol, in this process and in memory, with switches for what can go wrong. One
 * vault, at {@code /some/vault/}.
 */
final class TestRestServer implements AutoCloseable {
  static final String ROOT = "/some/vault/";

  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-([0-9]*)");
  private static final int BACKLOG = 500;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Set<Integer> connections = ConcurrentHashMap.newKeySet();
  private final FaultSwitch fault = new FaultSwitch();
  private volatile @Nullable String authorization;
  private final AtomicReference<Map.@Nullable Entry<String, Runnable>> next =
      new AtomicReference<>();
  private volatile boolean replacing;

  private TestRestServer(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  static TestRestServer start() throws IOException {
    return new TestRestServer(HttpServer.create(anyPort(), BACKLOG));
  }

  static TestRestServer start(SSLContext tls) throws IOException {
    HttpsServer server = HttpsServer.create(anyPort(), BACKLOG);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return new TestRestServer(server);
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  URI address() {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return URI.create(scheme + "://localhost:" + server.getAddress().getPort() + ROOT);
  }

  /** What is stored, by the path below the vault; live, for damage. */
  Map<String, byte[]> files() {
    return files;
  }

  FaultSwitch fault() {
    return fault;
  }

  /** Method and path of every request so far. */
  List<String> requests() {
    return requests;
  }

  /** How many connections there were so far. */
  int connections() {
    return connections.size();
  }

  /** Lets in only who sends this value of the header {@code Authorization}. */
  void requireAuthorization(String value) {
    authorization = value;
  }

  /** Does something when the next request of this method comes. */
  void onNext(String method, Runnable action) {
    next.set(Map.entry(method, action));
  }

  /** Replaces what bears a name that is stored again, as rclone does. */
  void replaceExisting() {
    replacing = true;
  }

  @Override
  public void close() {
    fault.release();
    server.stop(0);
    threads.shutdown();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      connections.add(exchange.getRemoteAddress().getPort());
      var action = next.get();
      if (action != null && action.getKey().equals(exchange.getRequestMethod())) {
        next.set(null);
        action.getValue().run();
      }
      FaultSwitch.Kind kind = fault.kind(exchange.getRequestMethod());
      String required = authorization;
      if (required != null
          && !required.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        answer(exchange, 401);
      } else if (kind == FaultSwitch.Kind.STATUS) {
        exchange.getRequestBody().readAllBytes();
        answer(exchange, fault.status());
      } else if (kind == FaultSwitch.Kind.ENDLESS) {
        exchange.sendResponseHeaders(500, 0);
        while (true) {
          exchange.getResponseBody().write(new byte[1 << 16]);
        }
      } else if (kind == FaultSwitch.Kind.SILENT) {
        fault.holdUp();
      } else if (kind != FaultSwitch.Kind.REFUSED) {
        serve(exchange, path.substring(ROOT.length()), kind);
      }
    }
  }

  private void serve(HttpExchange exchange, String name, FaultSwitch.Kind kind) throws IOException {
    switch (exchange.getRequestMethod()) {
      case "HEAD" -> head(exchange, name);
      case "GET" -> {
        if (name.endsWith("/")) {
          list(exchange, name, kind);
        } else {
          get(exchange, name, kind);
        }
      }
      case "POST" -> post(exchange, name, kind);
      case "DELETE" -> {
        boolean gone = files.remove(name) == null;
        if (kind != FaultSwitch.Kind.LOST_ANSWER) {
          answer(exchange, gone ? 404 : 200);
        }
      }
      default -> answer(exchange, 405);
    }
  }

  private void head(HttpExchange exchange, String name) throws IOException {
    byte[] content = files.get(name);
    if (content != null) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(content.length));
    }
    exchange.sendResponseHeaders(content == null ? 404 : 200, -1);
  }

  private void list(HttpExchange exchange, String directory, FaultSwitch.Kind kind)
      throws IOException {
    boolean old = kind == FaultSwitch.Kind.VERSION_1;
    String body =
        files.entrySet().stream()
            .filter(file -> file.getKey().startsWith(directory))
            .map(file -> {
              String name = file.getKey().substring(directory.length());
              return old
                  ? "\"" + name + "\""
                  : "{\"name\":\"" + name + "\",\"size\":" + file.getValue().length + "}";
            })
            .collect(Collectors.joining(",", "[", "]"));
    if (kind == FaultSwitch.Kind.GARBAGE) {
      body = "<html>please log in</html>";
    }
    exchange
        .getResponseHeaders()
        .set("Content-Type", "application/vnd.x.restic.rest.v" + (old ? 1 : 2));
    send(exchange, 200, body.getBytes(UTF_8), kind);
  }

  private void get(HttpExchange exchange, String name, FaultSwitch.Kind kind) throws IOException {
    byte[] content = files.get(name);
    if (content == null) {
      answer(exchange, 404);
      return;
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (range == null || kind == FaultSwitch.Kind.NO_RANGES) {
      send(exchange, 200, content, kind);
      return;
    }
    Matcher match = RANGE.matcher(range);
    if (!match.matches()) {
      throw new IOException("no such range: " + range);
    }
    long from = Long.parseLong(match.group(1));
    String last = match.group(2);
    long end = last.isEmpty() ? content.length : Math.min(Long.parseLong(last) + 1, content.length);
    if (from >= content.length) {
      answer(exchange, 416);
      return;
    }
    if (kind == FaultSwitch.Kind.WRONG_PART) {
      end -= from;
      from = 0;
    }
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes " + from + "-" + (end - 1) + "/" + content.length);
    send(exchange, 206, Arrays.copyOfRange(content, (int) from, (int) end), kind);
  }

  private void send(HttpExchange exchange, int status, byte[] body, FaultSwitch.Kind kind)
      throws IOException {
    byte[] sent =
        switch (kind) {
          case SHORT -> Arrays.copyOf(body, body.length / 2);
          case LONG -> Arrays.copyOf(body, body.length + 1);
          default -> body;
        };
    exchange.sendResponseHeaders(status, sent.length == 0 ? -1 : sent.length);
    switch (kind) {
      case RESET -> exchange.getResponseBody().write(sent, 0, sent.length / 2);
      case STALL -> {
        exchange.getResponseBody().write(sent, 0, sent.length / 2);
        exchange.getResponseBody().flush();
        fault.holdUp();
      }
      default -> exchange.getResponseBody().write(sent);
    }
  }

  private void post(HttpExchange exchange, String name, FaultSwitch.Kind kind) throws IOException {
    if (name.isEmpty()) {
      answer(exchange, "create=true".equals(exchange.getRequestURI().getQuery()) ? 200 : 400);
      return;
    }
    if (kind == FaultSwitch.Kind.STALL_UPLOAD) {
      exchange.getRequestBody().readNBytes(10_000);
      fault.holdUp();
      return;
    }
    byte[] content = exchange.getRequestBody().readAllBytes();
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    boolean stored = files.putIfAbsent(name, content) == null;
    if (replacing && !stored) {
      files.put(name, content);
      stored = true;
    }
    if (!String.valueOf(content.length).equals(length)) {
      throw new IOException(content.length + " bytes instead of " + length);
    }
    if (kind != FaultSwitch.Kind.LOST_ANSWER) {
      answer(exchange, stored ? 200 : 403);
    }
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    if (status / 100 == 3) {
      exchange.getResponseHeaders().set("Location", ROOT + "elsewhere");
    }
    byte[] words =
        exchange.getRequestMethod().equals("HEAD") ? new byte[0] : "words".getBytes(UTF_8);
    exchange.sendResponseHeaders(status, words.length == 0 ? -1 : words.length);
    exchange.getResponseBody().write(words);
  }
}
