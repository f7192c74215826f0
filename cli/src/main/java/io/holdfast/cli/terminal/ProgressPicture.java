package io.holdfast.cli.terminal;

import io.holdfast.engine.event.RunProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Draws the progress of a run as lines that fit a width. Pure.
 *
 * <p>In ASCII: a bar must not depend on what the terminal's font holds.
 */
final class ProgressPicture {
  private static final int MOST_PARTS = 8;
  private static final int MOST_BAR = 30;
  private static final int LEAST_BAR = 8;
  private static final double LONGEST_FORESEEN = Duration.ofHours(100).toSeconds();

  private ProgressPicture() {}

  /**
   * One line for the whole, and one for each component at work.
   *
   * @param bytesPerSecond how fast it goes; 0 or less if that is not known
   * @param width columns of the terminal; no line is longer than one less
   */
  static List<String> of(RunProgress progress, double bytesPerSecond, int width) {
    var lines = new ArrayList<String>();
    String phase = progress.phase().word().replace('_', ' ');
    lines.add(
        line(
            phase,
            progress.bytesDone(),
            progress.bytesTotal(),
            speed(progress, bytesPerSecond),
            width));
    List<RunProgress.Part> working =
        progress.parts().stream().filter(part -> !part.ended()).toList();
    if (progress.parts().size() > 1) {
      for (RunProgress.Part part : working.stream().limit(MOST_PARTS).toList()) {
        lines.add(line("  " + part.name(), part.bytesDone(), part.bytesTotal(), "", width));
      }
      if (working.size() > MOST_PARTS) {
        lines.add(cut("  and " + (working.size() - MOST_PARTS) + " more", width));
      }
    }
    return List.copyOf(lines);
  }

  private static String line(String name, long done, OptionalLong total, String speed, int width) {
    String head = String.format("%-18s", cut(SafeText.line(name), 19));
    if (done == 0 && total.isEmpty()) {
      return cut(head.stripTrailing(), width);
    }
    String amount =
        total.isPresent()
            ? Formats.size(done) + " of " + Formats.size(total.getAsLong())
            : Formats.size(done);
    String tail = "  " + amount + speed;
    if (total.isEmpty()) {
      return cut(head + tail, width);
    }
    double fraction = total.getAsLong() == 0 ? 1 : Math.min(1.0, (double) done / total.getAsLong());
    String percent = String.format(" %3d%%", (int) Math.floor(fraction * 100));
    int room = width - 1 - head.length() - percent.length() - tail.length() - 2;
    String bar = room < LEAST_BAR ? "" : bar(fraction, Math.min(room, MOST_BAR));
    return cut(head + bar + percent + tail, width);
  }

  private static String bar(double fraction, int length) {
    int filled = (int) Math.floor(fraction * length);
    return "[" + "#".repeat(filled) + ".".repeat(length - filled) + "]";
  }

  private static String speed(RunProgress progress, double bytesPerSecond) {
    if (bytesPerSecond < 1) {
      return "";
    }
    String speed = "  " + Formats.size((long) bytesPerSecond) + "/s";
    long left = progress.bytesTotal().orElse(0) - progress.bytesDone();
    if (left <= 0) {
      return speed;
    }
    double seconds = Math.ceil(left / bytesPerSecond);
    return seconds > LONGEST_FORESEEN ? speed : speed + "  " + left((long) seconds) + " left";
  }

  /** In whole seconds: more would only flicker. */
  private static String left(long seconds) {
    return seconds < 60 ? seconds + " s" : Formats.duration(Duration.ofSeconds(seconds));
  }

  private static String cut(String text, int width) {
    int most = Math.max(1, width - 1);
    return text.length() <= most ? text : text.substring(0, most);
  }
}
