package io.holdfast.cli.stub;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A server on this machine that answers as it is told. Thread-safe. */
public final class StubServer implements AutoCloseable {
  /** The token that it knows. */
  public static final String TOKEN = "hf_0123456789ab_stub-secret";

  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final @Nullable SSLContext tls;
  private HttpServer server;

  /** Answers a request. What it throws breaks the connection off. */
  public interface Answer {
    void to(StubRequest request) throws Exception;
  }

  /** A request that came. */
  public record Seen(String method, String path, String body, Map<String, List<String>> headers) {
    /** The first header of that name, or nothing. */
    public String header(String name) {
      return headers.entrySet().stream()
          .filter(entry -> entry.getKey().equalsIgnoreCase(name))
          .map(entry -> entry.getValue().getFirst())
          .findFirst()
          .orElse("");
    }
  }

  /** One that speaks plain HTTP. */
  public StubServer() {
    this(null);
  }

  /** One that speaks TLS. */
  public StubServer(@Nullable SSLContext tls) {
    this.tls = tls;
    server = listen(0);
  }

  private HttpServer listen(int port) {
    try {
      HttpServer made = create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      made.setExecutor(threads);
      made.createContext(
          "/",
          exchange -> {
            var request = new StubRequest(exchange);
            seen.add(request.seen());
            answer(request);
          });
      made.start();
      return made;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private HttpServer create(InetSocketAddress address) throws IOException {
    if (tls == null) {
      return HttpServer.create(address, 50);
    }
    var made = HttpsServer.create(address, 50);
    made.setHttpsConfigurator(new HttpsConfigurator(tls));
    return made;
  }

  private void answer(StubRequest request) throws IOException {
    if (!request.seen().header("Authorization").equals("Bearer " + TOKEN)) {
      request.problem(401, "UNAUTHORIZED", "The token is not valid");
      return;
    }
    String key = request.seen().method() + " " + request.path();
    Answer exact = answers.get(key);
    Answer found =
        exact != null
            ? exact
            : answers.entrySet().stream()
                .filter(entry -> matches(entry.getKey(), key))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(r -> r.problem(404, "ROUTE_NOT_FOUND", "There is no such route"));
    try {
      found.to(request);
    } catch (Exception e) {
      throw new IOException("breaks off", e);
    }
  }

  private static boolean matches(String template, String key) {
    return key.matches(template.replaceAll("\\{[a-z]+}", "[^/]+"));
  }

  /**
   * Says how to answer.
   *
   * @param route such as {@code GET /api/v1/admin/backups/{id}}
   */
  public StubServer on(String route, Answer answer) {
    answers.put(route, answer);
    return this;
  }

  /** What was asked, in order. */
  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** The requests of a route. */
  public List<Seen> seen(String method, String path) {
    return seen.stream()
        .filter(request -> request.method().equals(method) && request.path().equals(path))
        .toList();
  }

  public String url() {
    return (tls == null ? "http" : "https") + "://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Breaks all connections, and is not there any more. */
  public void stop() {
    server.stop(0);
  }

  /** Is there again, at the same address. */
  public void start() {
    server = listen(server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
