package io.holdfast.engine.installation;

import java.util.regex.Pattern;

/**
 * Tells addresses from paths, by their text. Whoever names a storage of a sort that is not known
 * must not get a directory of that name instead: he would believe his backups far away.
 */
public final class AddressText {
  /** Two letters at least, then a colon: {@code sftp:}, {@code file:}, {@code B2:}. */
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

  private AddressText() {}

  /** Whether a text begins like an address. A path that does can be written with {@code ./}. */
  public static boolean isLikely(String text) {
    return SCHEME.matcher(text).matches();
  }
}
