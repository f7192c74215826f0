package io.holdfast.store.files;

import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.run.RunId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Names for what a restore creates beside a target: hidden, with the run in them, so that no two
 * restores ever meet, and that somebody who finds one knows what it is.
 */
record Beside(RunId run) {
  private static final int LONGEST_NAME = 255;

  /** Where the target's successor is made. */
  FilePath staged(FilePath target) {
    return sibling(target, ".staged");
  }

  /** Where the old target waits. */
  FilePath aside(FilePath target) {
    return sibling(target, ".aside");
  }

  /** A name in a directory that stays where it is, for one of the things that are swapped in it. */
  FilePath in(FilePath directory, long number, String suffix) {
    return directory.resolve(".holdfast-" + run + "." + number + suffix);
  }

  /** Whether a name is one that this restore gave, for whichever component. */
  boolean isOwn(byte[] name) {
    return new String(name, StandardCharsets.ISO_8859_1).contains(".holdfast-" + run);
  }

  private FilePath sibling(FilePath target, String suffix) {
    String end = ".holdfast-" + run + suffix;
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
}
