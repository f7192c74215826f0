package io.holdfast.engine.component;

import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.run.RunId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Names for what a restore creates beside a target: hidden, with the run in them, so that no two
 * restores ever meet, and that somebody who finds one knows what it is.
 */
public record Beside(RunId run) {
  /** Less than the 255 that file systems take: what is made beside these names ends with more. */
  private static final int LONGEST_NAME = 240;

  /** Where the target's successor is made. */
  public FilePath staged(FilePath target) {
    return sibling(target, ".staged");
  }

  /** Where the old target waits. */
  public FilePath aside(FilePath target) {
    return sibling(target, ".aside");
  }

  /** A name in a directory that stays where it is, for one of the things that are swapped in it. */
  public FilePath in(FilePath directory, long number, String suffix) {
    return directory.resolve(mark() + "." + number + suffix);
  }

  /** Whether a name is one that this restore gave, for whichever component. */
  public boolean isOwn(byte[] name) {
    return new String(name, StandardCharsets.ISO_8859_1).contains(mark());
  }

  /**
   * A name for something else.
   *
   * @param suffix begins with a dot
   */
  public FilePath sibling(FilePath target, String suffix) {
    String end = mark() + suffix;
    byte[] name = target.name();
    if (1 + name.length + end.length() > LONGEST_NAME) {
      // Too long to be spelt out: its beginning, and a number that tells it from its siblings.
      end = "-" + Integer.toHexString(Arrays.hashCode(name)) + end;
      name = Arrays.copyOf(name, LONGEST_NAME - 1 - end.length());
    }
    var bytes = new ByteArrayOutputStream();
    bytes.write('.');
    bytes.writeBytes(name);
    bytes.writeBytes(end.getBytes(StandardCharsets.US_ASCII));
    return target.parent().resolve(bytes.toByteArray());
  }

  private String mark() {
    return ".holdfast-" + run;
  }
}
