package io.holdfast.engine.repository.foreign;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A snapshot that another program made.
 *
 * @param id how that program names it: 64 lowercase hex digits
 * @param time when it was begun, as it says itself
 * @param host of which machine; may be empty
 * @param user by whom; may be empty
 * @param paths what was backed up
 * @param tags words of the user's
 * @param program what wrote it, such as {@code restic 0.17.3}; empty if it does not say
 */
public record ForeignSnapshot(
    String id,
    Instant time,
    String host,
    String user,
    List<String> paths,
    List<String> tags,
    String program) {
  private static final int SHORT = 8;
  private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern ABBREVIATION = Pattern.compile("[0-9a-f]{1,64}");

  public ForeignSnapshot {
    paths = List.copyOf(paths);
    tags = List.copyOf(tags);
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("not the id of a snapshot: " + id);
    }
  }

  /** Whether a text can be the beginning of an id. */
  public static boolean isAbbreviation(String text) {
    return ABBREVIATION.matcher(text).matches();
  }

  /** The first 8 digits of the id, as people see it. */
  public String shortId() {
    return id.substring(0, SHORT);
  }
}
