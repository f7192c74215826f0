package io.holdfast.vault.s3;

import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.http.Transfer;
import io.holdfast.vault.backend.http.Upload;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Makes requests, and signs them. Thread-safe. */
final class S3Requests {
  private final S3Settings settings;
  private final S3Address address;
  private final Signature signature;

  S3Requests(S3Settings settings) {
    this.settings = settings;
    this.address = settings.address().in(settings.region());
    this.signature = new Signature(settings.region(), "s3");
  }

  HttpRequest.Builder head(FileId file) throws IOException {
    return signed("HEAD", object(file), Map.of(), Sha256.EMPTY).HEAD();
  }

  HttpRequest.Builder get(FileId file) throws IOException {
    return signed("GET", object(file), Map.of(), Sha256.EMPTY).GET();
  }

  /** A part, both ends included. */
  HttpRequest.Builder get(FileId file, long first, long last) throws IOException {
    var range = Map.of("range", "bytes=" + first + "-" + last);
    return signed("GET", object(file), range, Sha256.EMPTY).GET();
  }

  HttpRequest.Builder delete(FileId file) throws IOException {
    return signed("DELETE", object(file), Map.of(), Sha256.EMPTY).DELETE();
  }

  /**
   * Stores a file. The signature covers its content: the store refuses what arrives damaged. It is
   * the name of the file, so it costs nothing.
   *
   * @param ifAbsent whether only if there is none
   */
  HttpRequest.Builder put(FileId file, ByteBuffer content, boolean ifAbsent, Transfer transfer)
      throws IOException {
    String sha256 = file.id().map(Object::toString).orElseGet(() -> Sha256.hex(content));
    Map<String, String> headers =
        ifAbsent
            ? Map.of("content-type", "application/octet-stream", "if-none-match", "*")
            : Map.of("content-type", "application/octet-stream");
    return signed("PUT", object(file), headers, sha256).PUT(Upload.of(content, transfer));
  }

  /** Asks for a list. */
  HttpRequest.Builder list(SortedMap<String, String> query) throws IOException {
    String text =
        query.entrySet().stream()
            .map(entry -> UriText.encode(entry.getKey()) + "=" + UriText.encode(entry.getValue()))
            .collect(Collectors.joining("&"));
    return signed("GET", URI.create(bucket() + "/?" + text), Map.of(), Sha256.EMPTY).GET();
  }

  private URI object(FileId file) {
    return URI.create(bucket() + "/" + UriText.encodePath(address.key(file)));
  }

  /** Without a slash at the end. */
  private String bucket() {
    URI endpoint = address.endpoint();
    return settings.isVirtual()
        ? endpoint.getScheme() + "://" + address.bucket() + "." + endpoint.getRawAuthority()
        : endpoint + "/" + address.bucket();
  }

  private HttpRequest.Builder signed(
      String method, URI uri, Map<String, String> headers, String bodySha256) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    Optional<S3Credentials> credentials = settings.credentials().get();
    Map<String, String> all =
        credentials
            .map(known ->
                signature.sign(method, uri, headers, bodySha256, known, settings.clock().instant()))
            .orElse(headers);
    all.forEach(request::header);
    return request;
  }
}
