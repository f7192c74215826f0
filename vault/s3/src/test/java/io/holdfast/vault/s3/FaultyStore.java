package io.holdfast.vault.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.vault.backend.http.HttpSettings;
import io.holdfast.vault.backend.rest.FaultSwitch;
import io.holdfast.vault.backend.rest.FaultSwitch.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A store in this process and in memory, with switches for what can go wrong. It looks at no
 * signature; S3Proxy does.
 */
final class FaultyStore implements AutoCloseable {
  static final String PREFIX = "some/vault";

  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-([0-9]+)");

  /** What a store makes of {@code If-None-Match}. */
  enum Condition {
    HEEDED,
    PASSED_OVER,
    REFUSED
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final NavigableMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final FaultSwitch fault = new FaultSwitch();
  volatile Condition condition = Condition.HEEDED;
  volatile String code = "SlowDown";
  volatile int pageSize = 2;
  volatile @Nullable String list;

  /** Given the token that a list goes on from, the one that it is to go on from next, for ever. */
  volatile @Nullable UnaryOperator<String> endless;

  private volatile @Nullable NavigableMap<String, byte[]> stale;

  FaultyStore() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 500);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  S3Backend open() {
    return open(Duration.ofMinutes(1));
  }

  S3Backend open(Duration stall) {
    return new S3Backend(
        new S3Settings(
            S3Address.parse(address()),
            "us-east-1",
            Addressing.AUTO,
            true,
            ProxyStore.credentials(ProxyStore.SECRET),
            new HttpSettings(Optional.empty(), Duration.ofMinutes(1), stall),
            Clock.systemUTC()));
  }

  /** Without {@code s3:}. */
  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/bucket/" + PREFIX;
  }

  /** What is stored, by key; live, for damage. */
  NavigableMap<String, byte[]> objects() {
    return objects;
  }

  /** Method and address of every request so far. */
  List<String> requests() {
    return requests;
  }

  FaultSwitch fault() {
    return fault;
  }

  /** From now on lists tell of what is there now, until they are fresh again. */
  void staleLists() {
    stale = new ConcurrentSkipListMap<>(objects);
  }

  void freshLists() {
    stale = null;
  }

  @Override
  public void close() {
    fault.release();
    server.stop(0);
    threads.shutdown();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      Kind kind = fault.kind(exchange.getRequestMethod());
      String path = exchange.getRequestURI().getPath().substring("/bucket/".length());
      switch (kind) {
        case STATUS -> {
          exchange.getRequestBody().readAllBytes();
          error(exchange, fault.status(), code);
        }
        case SILENT -> fault.holdUp();
        case REFUSED -> {}
        default -> serve(exchange, path, kind);
      }
    }
  }

  private void serve(HttpExchange exchange, String key, Kind kind) throws IOException {
    switch (exchange.getRequestMethod()) {
      case "HEAD" -> {
        byte[] content = objects.get(key);
        if (content != null) {
          exchange.getResponseHeaders().set("Content-Length", String.valueOf(content.length));
        }
        exchange.sendResponseHeaders(content == null ? 404 : 200, -1);
      }
      case "GET" -> {
        if (key.isEmpty()) {
          list(exchange, kind);
        } else {
          get(exchange, key, kind);
        }
      }
      case "PUT" -> put(exchange, key, kind);
      case "DELETE" -> {
        objects.remove(key);
        if (kind != Kind.LOST_ANSWER) {
          exchange.sendResponseHeaders(204, -1);
        }
      }
      default -> error(exchange, 405, "MethodNotAllowed");
    }
  }

  private void list(HttpExchange exchange, Kind kind) throws IOException {
    Map<String, String> query = new HashMap<>();
    for (String pair : exchange.getRequestURI().getRawQuery().split("&", -1)) {
      String[] parts = pair.split("=", 2);
      query.put(parts[0], URLDecoder.decode(parts[1], UTF_8));
    }
    String prefix = query.getOrDefault("prefix", "");
    String after = URLDecoder.decode(query.getOrDefault("continuation-token", ""), UTF_8);
    var all = stale == null ? objects : stale;
    var xml = new StringBuilder("<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/\">");
    int count = 0;
    String last = "";
    for (String key : all.tailMap(after, false).keySet()) {
      if (!key.startsWith(prefix)) {
        continue;
      }
      if (count++ == pageSize) {
        xml.append("<IsTruncated>true</IsTruncated><NextContinuationToken>")
            .append(UriText.encode(last))
            .append("</NextContinuationToken>");
        break;
      }
      last = key;
      xml.append("<Contents><Key>")
          .append(UriText.encodePath(key))
          .append("</Key><Owner><ID>1</ID></Owner><Size>")
          .append(all.get(key).length)
          .append("</Size></Contents>");
    }
    xml.append("<EncodingType>url</EncodingType></ListBucketResult>");
    UnaryOperator<String> round = endless;
    String instead =
        round == null
            ? list
            : "<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>"
                + round.apply(after)
                + "</NextContinuationToken></ListBucketResult>";
    send(exchange, 200, (instead == null ? xml.toString() : instead).getBytes(UTF_8), kind);
  }

  private void get(HttpExchange exchange, String key, Kind kind) throws IOException {
    byte[] content = objects.get(key);
    if (content == null) {
      error(exchange, 404, "NoSuchKey");
      return;
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (range == null) {
      send(exchange, 200, content, kind);
      return;
    }
    Matcher match = RANGE.matcher(range);
    if (!match.matches() || Long.parseLong(match.group(1)) >= content.length) {
      error(exchange, 416, "InvalidRange");
      return;
    }
    int from = Integer.parseInt(match.group(1));
    int end = (int) Math.min(Long.parseLong(match.group(2)) + 1, content.length);
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes " + from + "-" + (end - 1) + "/" + content.length);
    send(exchange, 206, Arrays.copyOfRange(content, from, end), kind);
  }

  private void send(HttpExchange exchange, int status, byte[] body, Kind kind) throws IOException {
    byte[] sent = kind == Kind.SHORT ? Arrays.copyOf(body, body.length / 2) : body;
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

  private void put(HttpExchange exchange, String key, Kind kind) throws IOException {
    if (kind == Kind.STALL_UPLOAD) {
      exchange.getRequestBody().readNBytes(10_000);
      fault.holdUp();
      return;
    }
    byte[] content = exchange.getRequestBody().readAllBytes();
    boolean conditional = exchange.getRequestHeaders().containsKey("If-None-Match");
    if (conditional && condition == Condition.REFUSED) {
      error(exchange, 501, "NotImplemented");
      return;
    }
    if (!Sha256.hex(content)
        .equals(exchange.getRequestHeaders().getFirst("x-amz-content-sha256"))) {
      error(exchange, 400, "XAmzContentSHA256Mismatch");
      return;
    }
    boolean taken = conditional && condition == Condition.HEEDED && objects.containsKey(key);
    if (!taken) {
      objects.put(key, content);
    }
    if (kind == Kind.LOST_ANSWER) {
      return;
    }
    if (taken) {
      error(exchange, 412, "PreconditionFailed");
    } else {
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private static void error(HttpExchange exchange, int status, String code) throws IOException {
    String text =
        "<?xml version=\"1.0\"?><Error><Code>"
            + code
            + "</Code><Message>words</Message><AWSAccessKeyId>"
            + ProxyStore.ID
            + "</AWSAccessKeyId><StringToSign>much</StringToSign></Error>";
    byte[] body = exchange.getRequestMethod().equals("HEAD") ? new byte[0] : text.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
