package io.holdfast.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows in aligned columns, two spaces apart. Cells are made safe. Not thread-safe. */
public final class Table {
  private final String[] headings;
  private final boolean[] right;
  private final List<String[]> rows = new ArrayList<>();

  /**
   * @param headings of the columns; one that begins with {@code >} is aligned to the right
   */
  public Table(String... headings) {
    this.headings = new String[headings.length];
    this.right = new boolean[headings.length];
    for (int i = 0; i < headings.length; i++) {
      right[i] = headings[i].startsWith(">");
      this.headings[i] = right[i] ? headings[i].substring(1) : headings[i];
    }
  }

  /** Adds a row with a cell for each column. */
  public Table row(String... cells) {
    if (cells.length != headings.length) {
      throw new IllegalArgumentException(cells.length + " cells for " + headings.length);
    }
    rows.add(Arrays.stream(cells).map(SafeText::line).toArray(String[]::new));
    return this;
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** The lines, headings first; none ends in spaces. */
  public List<String> lines() {
    var widths = new int[headings.length];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = width(headings[i]);
      for (String[] row : rows) {
        widths[i] = Math.max(widths[i], width(row[i]));
      }
    }
    var lines = new ArrayList<String>(rows.size() + 1);
    lines.add(line(headings, widths));
    rows.forEach(row -> lines.add(line(row, widths)));
    return List.copyOf(lines);
  }

  private String line(String[] cells, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      String padding = " ".repeat(widths[i] - width(cells[i]));
      line.append(i == 0 ? "" : "  ").append(right[i] ? padding + cells[i] : cells[i] + padding);
    }
    return line.toString().stripTrailing();
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
