package io.holdfast.vault.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A page of a list, version 2 of ListObjects. Pure.
 *
 * @param objects in the order of their keys
 * @param next how the next page is asked for; empty if this is the last
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html">its
 *     elements</a>
 */
record ListPage(List<S3Object> objects, Optional<String> next) {

  /**
   * An object in the bucket.
   *
   * @param size bytes
   */
  record S3Object(String key, long size) {}

  /**
   * Reads a page.
   *
   * @throws IllegalArgumentException if it is none, or says that it goes on but not how
   */
  static ListPage parse(byte[] document) {
    var objects = new ArrayList<S3Object>();
    Map<String, String> head = new HashMap<>();
    Map<String, String> object = new HashMap<>();
    XmlText.read(
        document,
        (parent, name, text) -> {
          switch (parent) {
            case "" -> head.put("root", name);
            case "ListBucketResult" -> {
              if (name.equals("Contents")) {
                objects.add(object(object));
                object.clear();
              } else {
                head.put(name, text);
              }
            }
            case "Contents" -> object.put(name, text);
            default -> {}
          }
        });
    if (!"ListBucketResult".equals(head.get("root"))) {
      throw new IllegalArgumentException("the store answered with something that is no list");
    }
    boolean more = "true".equals(head.get("IsTruncated"));
    Optional<String> next = Optional.ofNullable(head.get("NextContinuationToken"));
    if (more && next.filter(token -> !token.isEmpty()).isEmpty()) {
      throw new IllegalArgumentException(
          "the store's list goes on, and it does not say how: it does not know version 2 of lists");
    }
    boolean encoded = "url".equals(head.get("EncodingType"));
    return new ListPage(
        objects.stream()
            .map(o -> encoded ? new S3Object(URLDecoder.decode(o.key(), UTF_8), o.size()) : o)
            .toList(),
        more ? next : Optional.empty());
  }

  private static S3Object object(Map<String, String> elements) {
    String key = elements.get("Key");
    try {
      long size = Long.parseLong(elements.getOrDefault("Size", "").strip());
      if (key != null && size >= 0) {
        return new S3Object(key, size);
      }
    } catch (NumberFormatException none) {
      // Told below.
    }
    throw new IllegalArgumentException("an object in the store's list has no key, or no size");
  }
}
