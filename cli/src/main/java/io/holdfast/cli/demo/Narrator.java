package io.holdfast.cli.demo;

import io.holdfast.cli.terminal.Formats;
import io.holdfast.cli.terminal.SafeText;
import io.holdfast.cli.terminal.Style;
import io.holdfast.cli.terminal.Table;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;

/** Tells the demonstration as it goes, in numbered steps. Not thread-safe. */
public final class Narrator {
  private final PrintWriter out;
  private final Style style;
  private int step;

  public Narrator(PrintWriter out, Style style) {
    this.out = out;
    this.style = style;
  }

  /** A step begins. */
  void step(String title) {
    step++;
    out.println();
    out.println(style.bold(step + ". " + title));
    out.flush();
  }

  void line(String text) {
    print("   " + SafeText.line(text));
  }

  /** Something took so long. */
  void line(String text, Duration took) {
    print("   " + SafeText.line(text) + " " + style.faint("(" + Formats.duration(took) + ")"));
  }

  void bad(String text) {
    print("   " + style.bad("✗") + " " + SafeText.line(text));
  }

  void good(String text) {
    print("   " + style.good("✓") + " " + SafeText.line(text));
  }

  /** A proof: what was compared, and what differs. */
  void verdict(String compared, List<String> differences) {
    if (differences.isEmpty()) {
      good(compared);
    } else {
      bad(compared + ": " + Formats.count(differences.size(), "difference"));
      differences.stream().limit(10).forEach(line -> print("     " + SafeText.line(line)));
    }
  }

  void table(Table table) {
    List<String> lines = table.lines();
    print("   " + style.faint(lines.getFirst()));
    lines.stream().skip(1).forEach(line -> print("   " + line));
  }

  void heading(String text) {
    print(style.bold(SafeText.line(text)));
  }

  void blank() {
    print("");
  }

  /** A number with its thousands apart. */
  static String number(long number) {
    return String.format(java.util.Locale.ROOT, "%,d", number);
  }

  private void print(String line) {
    out.println(line);
    out.flush();
  }
}
