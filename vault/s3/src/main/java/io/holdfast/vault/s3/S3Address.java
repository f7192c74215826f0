package io.holdfast.vault.s3;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a vault is: an endpoint, a bucket and what the keys of its files begin with. Keys are those
 * of restic: {@code config}, {@code keys/NAME} and so on, and {@code data/XX/NAME} for packs, where
 * XX is how NAME begins. Pure.
 *
 * @param endpoint {@code http://host} or {@code https://host:port}, nothing else
 * @param bucket its name
 * @param prefix empty, or without a slash at its ends
 */
record S3Address(URI endpoint, String bucket, String prefix) {
  /** Says what is allowed. */
  static final String FORM = "s3:https://HOST/BUCKET/PREFIX, without user, query and fragment";

  private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,254}");
  private static final Pattern AMAZON =
      Pattern.compile(
          "s3[.-](?:dualstack\\.)?([a-z]{2}(?:-[a-z]+)+-[0-9])\\.amazonaws\\.com(\\.cn)?");
  private static final String AMAZON_ANYWHERE = "s3.amazonaws.com";
  private static final int PACK_PREFIX = 2;

  /**
   * Reads the forms that restic knows: {@code https://host/bucket/prefix}, {@code
   * host/bucket/prefix} and {@code //host/bucket/prefix}, the latter two meaning HTTPS.
   *
   * @param text what follows {@code s3:}
   * @throws IllegalArgumentException if it is none, with what is allowed and without the text,
   *     which may hold a password
   */
  static S3Address parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    String full =
        lower.startsWith("http://") || lower.startsWith("https://")
            ? text
            : "https://" + (text.startsWith("//") ? text.substring(2) : text);
    URI uri;
    try {
      uri = URI.create(full);
    } catch (IllegalArgumentException hidden) {
      throw new IllegalArgumentException(FORM);
    }
    String path = Optional.ofNullable(uri.getPath()).orElse("").replaceAll("/+", "/");
    String[] parts = path.split("/", 3);
    boolean plain =
        uri.getHost() != null
            && uri.getRawUserInfo() == null
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null;
    if (!plain || parts.length < 2 || !BUCKET.matcher(parts[1]).matches()) {
      throw new IllegalArgumentException(FORM);
    }
    String prefix = parts.length < 3 ? "" : parts[2].replaceAll("/$", "");
    if (prefix.chars().anyMatch(c -> c < ' ') || ("/" + prefix + "/").matches(".*/\\.{1,2}/.*")) {
      throw new IllegalArgumentException("a prefix without control characters, '.' and '..'");
    }
    return new S3Address(endpoint(uri), parts[1], prefix);
  }

  /** Without the port that goes without saying, which no client sends. */
  private static URI endpoint(URI uri) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    int usual = scheme.equals("https") ? 443 : 80;
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    String port = uri.getPort() < 0 || uri.getPort() == usual ? "" : ":" + uri.getPort();
    return URI.create(scheme + "://" + host + port);
  }

  /** For people, and as restic has it. */
  String text() {
    return "s3:" + endpoint + "/" + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
  }

  boolean isAmazon() {
    return endpoint.getHost().equals(AMAZON_ANYWHERE)
        || AMAZON.matcher(endpoint.getHost()).matches();
  }

  /** The region that the host's name says. */
  Optional<String> region() {
    Matcher match = AMAZON.matcher(endpoint.getHost());
    return match.matches() ? Optional.of(match.group(1)) : Optional.empty();
  }

  /** The same at the endpoint of a region: Amazon's common one redirects, for a new bucket. */
  S3Address in(String region) {
    return endpoint.getHost().equals(AMAZON_ANYWHERE) && !region.equals("us-east-1")
        ? new S3Address(
            URI.create(endpoint.getScheme() + "://s3." + region + ".amazonaws.com"), bucket, prefix)
        : this;
  }

  /** The key of a file. */
  String key(FileId file) {
    return below(
        file.id()
            .map(id ->
                file.type() == FileType.PACK
                    ? "data/" + id.toString().substring(0, PACK_PREFIX) + "/" + id
                    : file.type().word() + "/" + id)
            .orElse(file.type().word()));
  }

  /** What the keys of all files of a sort begin with. */
  String keys(FileType type) {
    return below(type.word() + "/");
  }

  private String below(String name) {
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  /** The file of a sort that has a key; empty if it is none of a vault. */
  Optional<ContentId> id(FileType type, String key) {
    String name = key.substring(key.lastIndexOf('/') + 1);
    if (!ContentId.isName(name)) {
      return Optional.empty();
    }
    ContentId id = ContentId.parse(name);
    return key.equals(key(FileId.of(type, id))) ? Optional.of(id) : Optional.empty();
  }
}
