package io.holdfast.cli.terminal;

/** Colours and weights of a terminal, or none. */
public enum Style {
  PLAIN(false),
  COLOURED(true);

  private static final String END = "\u001b[0m";

  private final boolean coloured;

  Style(boolean coloured) {
    this.coloured = coloured;
  }

  public String bold(String text) {
    return in("\u001b[1m", text);
  }

  public String faint(String text) {
    return in("\u001b[2m", text);
  }

  public String good(String text) {
    return in("\u001b[32m", text);
  }

  public String warning(String text) {
    return in("\u001b[33m", text);
  }

  public String bad(String text) {
    return in("\u001b[1;31m", text);
  }

  private String in(String code, String text) {
    return coloured ? code + text + END : text;
  }
}
