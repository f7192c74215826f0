package io.holdfast.cli.remote;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a server is.
 *
 * @param base its URL without a slash at the end; the API lies below it
 */
record ServerAddress(URI base) {
  /**
   * The address that a text names.
   *
   * @throws HoldfastException {@code USAGE} if it is none; never repeats a password in it
   */
  static ServerAddress parse(String text) {
    URI url;
    try {
      url = new URI(text.strip().replaceFirst("/+$", ""));
    } catch (URISyntaxException e) {
      throw wrong("the address of the server is no URL");
    }
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      throw wrong("the address of the server begins with neither https:// nor http://");
    }
    if (url.getRawUserInfo() != null) {
      throw wrong("the address of the server holds a user or a password");
    }
    if (url.getHost() == null || url.getRawQuery() != null || url.getRawFragment() != null) {
      throw wrong("the address of the server is more or less than a host, a port and a path");
    }
    return new ServerAddress(url);
  }

  /** The place of something of the API. */
  URI resolve(ApiPath path) {
    return URI.create(base + path.text());
  }

  /** Whether what is sent there stays on this machine or is encrypted on its way. */
  boolean isPrivate() {
    return "https".equalsIgnoreCase(base.getScheme()) || isLoopback();
  }

  private boolean isLoopback() {
    String host = base.getHost();
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException isName) {
      return false;
    }
  }

  @Override
  public String toString() {
    return base.toString();
  }

  private static HoldfastException wrong(String what) {
    return new HoldfastException(
        ErrorCode.USAGE, what, "Name it like https://backup.example.com or http://localhost:8484.");
  }
}
