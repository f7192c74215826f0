package io.holdfast.engine.run;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The random name of a backup: 12 lowercase hexadecimal digits.
 *
 * @param value the text, always of that form
 */
public record BackupId(String value) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{12}");

  public BackupId {
    if (!isBackupId(value)) {
      throw new IllegalArgumentException("not a backup id: " + value);
    }
  }

  public static BackupId random(RandomGenerator random) {
    return new BackupId(String.format("%012x", random.nextLong() & 0xffff_ffff_ffffL));
  }

  /** Whether a text has the form of a backup id. */
  public static boolean isBackupId(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
