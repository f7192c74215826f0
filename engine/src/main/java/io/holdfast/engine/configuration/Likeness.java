package io.holdfast.engine.configuration;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that somebody probably meant. */
public final class Likeness {
  private Likeness() {}

  /**
   * The word that is most like what was written: at most a third of its letters, and at least one,
   * are wrong, missing, too many or swapped with their neighbour. Empty if none is that like.
   */
  public static Optional<String> closest(String written, Collection<String> words) {
    String lower = plain(written);
    int most = Math.max(1, lower.length() / 3);
    return words.stream()
        .filter(word -> distance(lower, plain(word)) <= most)
        .min(Comparator.comparingInt(word -> distance(lower, plain(word))));
  }

  /** The words in a row, and the one that was probably meant. */
  public static String oneOf(String written, Collection<String> words) {
    String all = String.join(", ", words);
    return closest(written, words).map(word -> all + "; did you mean '" + word + "'?").orElse(all);
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /** The optimal string alignment distance. */
  static int distance(String a, String b) {
    var rows = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      rows[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      rows[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best =
            Math.min(rows[i - 1][j - 1] + change, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          best = Math.min(best, rows[i - 2][j - 2] + 1);
        }
        rows[i][j] = best;
      }
    }
    return rows[a.length()][b.length()];
  }
}
