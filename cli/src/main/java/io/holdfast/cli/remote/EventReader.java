package io.holdfast.cli.remote;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Takes a stream apart into server-sent events, as the HTML standard has it: lines end with CR, LF
 * or both; an event ends with an empty line; one that the stream breaks off in is none. Not
 * thread-safe.
 */
final class EventReader {
  private static final int BUFFER = 8192;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final InputStream in;
  private final LimitedText line;
  private final byte[] buffer = new byte[BUFFER];
  private final int mostBytes;
  private int filled;
  private int at;
  private boolean afterReturn;
  private boolean atBeginning = true;

  /**
   * An event.
   *
   * @param name what sort of event; {@code message} if the server does not say
   * @param data its lines
   */
  record Event(String name, String data) {}

  /**
   * @param mostBytes the longest event that is taken
   */
  EventReader(InputStream in, int mostBytes) {
    this.in = in;
    this.mostBytes = mostBytes;
    this.line = new LimitedText(mostBytes);
  }

  /**
   * Waits for the next event.
   *
   * @return empty at the end of the stream
   * @throws TooLongException if it does not end
   */
  Optional<Event> next() throws IOException {
    String name = "";
    var data = new LimitedText(mostBytes);
    boolean any = false;
    while (readLine()) {
      String text = line.take();
      if (atBeginning && text.startsWith(BYTE_ORDER_MARK)) {
        text = text.substring(BYTE_ORDER_MARK.length());
      }
      atBeginning = false;
      if (text.isEmpty()) {
        if (any) {
          return Optional.of(new Event(name.isEmpty() ? "message" : name, data.take()));
        }
        name = "";
        continue;
      }
      int colon = text.indexOf(':');
      String field = colon < 0 ? text : text.substring(0, colon);
      String value = colon < 0 ? "" : text.substring(colon + 1);
      value = value.startsWith(" ") ? value.substring(1) : value;
      if (field.equals("event")) {
        name = value;
      } else if (field.equals("data")) {
        data.add((any ? "\n" : "") + value);
        any = true;
      }
    }
    return Optional.empty();
  }

  /**
   * Reads a line up to its end.
   *
   * @return whether there was an end
   */
  private boolean readLine() throws IOException {
    while (true) {
      if (at == filled) {
        filled = in.read(buffer, 0, BUFFER);
        at = 0;
        if (filled < 0) {
          filled = 0;
          return false;
        }
      }
      byte b = buffer[at++];
      boolean pair = afterReturn && b == '\n';
      afterReturn = b == '\r';
      if (pair) {
        continue;
      }
      if (b == '\r' || b == '\n') {
        return true;
      }
      line.add(b);
    }
  }
}
