package io.holdfast.cli.remote;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Text in UTF-8 that grows only so far. Not thread-safe. */
final class LimitedText {
  private final int mostBytes;
  private ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  LimitedText(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  void add(int b) throws TooLongException {
    if (bytes.size() >= mostBytes) {
      throw new TooLongException(mostBytes);
    }
    bytes.write(b);
  }

  void add(String text) throws TooLongException {
    byte[] more = text.getBytes(StandardCharsets.UTF_8);
    if (more.length > mostBytes - bytes.size()) {
      throw new TooLongException(mostBytes);
    }
    bytes.writeBytes(more);
  }

  /** What it has grown to; it begins anew. */
  String take() {
    String text = bytes.toString(StandardCharsets.UTF_8);
    bytes = new ByteArrayOutputStream();
    return text;
  }
}
