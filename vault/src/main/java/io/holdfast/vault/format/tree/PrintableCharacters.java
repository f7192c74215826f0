package io.holdfast.vault.format.tree;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * The characters that Go's {@code strconv.IsPrint} calls printable: letters, marks, numbers,
 * punctuation and symbols, and of all spaces the one of ASCII.
 *
 * <p>By Unicode 15.0, which Go has used from 1.21 on, and so restic from 0.17 on at the latest. An
 * older restic (0.14 has Unicode 13.0) writes the few characters that came later as escapes: it
 * reads our names, and we read its, but a directory with such a name gets another id. The table is
 * our own, since the one of the JDK is of another version in every release, and an update of Java
 * must not give directories another id. {@code PrintableCharactersTest} tells how it is made.
 */
final class PrintableCharacters {
  private static final String RESOURCE = "printable-15.0.txt";

  private PrintableCharacters() {}

  /** Whether a character is printable; it is one, not half a pair. */
  static boolean contains(int character) {
    if (character < 0x7f) {
      return character >= ' ';
    }
    return Table.contains(character);
  }

  /** Only read when the first name comes that is not all ASCII. */
  private static final class Table {
    /** First characters of ranges at even places, last ones at odd places, all ascending. */
    private static final int[] BOUNDS = load();

    static boolean contains(int character) {
      int index = Arrays.binarySearch(BOUNDS, character);
      return index >= 0 || (-index - 1) % 2 == 1;
    }

    private static int[] load() {
      try (InputStream in =
          Objects.requireNonNull(
              PrintableCharacters.class.getResourceAsStream(RESOURCE), RESOURCE)) {
        return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
            .lines()
            .filter(line -> !line.startsWith("#"))
            .flatMapToInt(PrintableCharacters::bounds)
            .toArray();
      } catch (IOException e) {
        throw new UncheckedIOException(RESOURCE, e);
      }
    }
  }

  private static java.util.stream.IntStream bounds(String line) {
    int dash = line.indexOf('-');
    return java.util.stream.IntStream.of(
        Integer.parseInt(line, 0, dash, 16), Integer.parseInt(line, dash + 1, line.length(), 16));
  }
}
