package io.holdfast.engine.run;

import java.util.regex.Pattern;

/**
 * The name of an installation: which backups of a repository that several installations share are
 * its own. Stands in manifests, so it never changes what it means.
 *
 * @param value 1 to 64 letters, digits, dots, underscores and hyphens of ASCII, the first a letter
 *     or a digit
 */
public record InstallationName(String value) implements Comparable<InstallationName> {
  /** What a name may be, for messages. */
  public static final String ALLOWED =
      "1 to 64 of the letters a to z and A to Z, digits, '.', '_' and '-', the first a letter or a"
          + " digit";

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  public InstallationName {
    if (!isInstallationName(value)) {
      throw new IllegalArgumentException("not a name of an installation: " + value);
    }
  }

  /** Whether a text has the form of a name. */
  public static boolean isInstallationName(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public int compareTo(InstallationName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
