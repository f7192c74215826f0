package io.holdfast.cli.stub;

import io.holdfast.server.document.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Server-sent events of the stub. Closing ends the stream in good order. */
public final class StubEvents implements AutoCloseable {
  private final OutputStream out;

  StubEvents(OutputStream out) {
    this.out = out;
  }

  public StubEvents send(String name, Object document) throws IOException {
    return raw("event: " + name + "\ndata: " + JsonText.of(document) + "\n\n");
  }

  public synchronized StubEvents raw(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
    return this;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
