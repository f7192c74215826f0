package io.holdfast.server.state;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The URLs of PostgreSQL databases that are taken. */
final class PostgresUrl {
  private static final String HOST = "([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?";
  private static final Pattern FORM =
      Pattern.compile("jdbc:(postgresql://" + HOST + "(," + HOST + ")*/[^/?]+)(\\?.*)?");
  private static final Pattern PASSWORD =
      Pattern.compile("[?&][^=&]*password[^=&]*=", Pattern.CASE_INSENSITIVE);

  private PostgresUrl() {}

  /**
   * Server and database, for messages. Whatever passes here holds no secret: the libraries below
   * put URLs into logs and exceptions.
   *
   * @throws HoldfastException {@code CONFIGURATION_INVALID}, without the URL
   */
  static String place(String url) {
    Matcher matcher = FORM.matcher(url);
    if (!matcher.matches()) {
      throw invalid(
          "the URL of the state database cannot be read",
          "Write it as jdbc:postgresql://host:port/database, without user and password.");
    }
    if (PASSWORD.matcher(url).find()) {
      throw invalid(
          "the URL of the state database holds a password",
          "Take it out of the URL: it comes from the environment, a file or a command.");
    }
    return matcher.group(1);
  }

  private static HoldfastException invalid(String message, String guidance) {
    return new HoldfastException(ErrorCode.CONFIGURATION_INVALID, message, guidance);
  }
}
