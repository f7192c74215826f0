package io.holdfast.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.cli.remote.EventReader.Event;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
  private static final int MOST = 1000;

  /** A stream, and the events that it holds. */
  record Case(String stream, Event... events) {
    @Override
    public String toString() {
      return stream.replace("\n", "\\n").replace("\r", "\\r");
    }
  }

  static List<Case> cases() {
    return List.of(
        new Case(""),
        new Case("\n\n\n"),
        new Case("event: a\ndata: b\n\n", new Event("a", "b")),
        new Case("event:a\ndata:b\n\n", new Event("a", "b")),
        new Case("event:  a\ndata:  b\n\n", new Event(" a", " b")),
        new Case("data: b\n\n", new Event("message", "b")),
        new Case("data: b\nevent: late\n\n", new Event("late", "b")),
        new Case("event: a\nevent: c\ndata: b\n\n", new Event("c", "b")),
        new Case("data\n\n", new Event("message", "")),
        new Case("data:\n\n", new Event("message", "")),
        new Case("data\ndata\n\n", new Event("message", "\n")),
        new Case("data: 1\ndata: 2\ndata:  3\n\n", new Event("message", "1\n2\n 3")),
        new Case("event: a\n\ndata: b\n\n", new Event("message", "b")),
        new Case(": comment\n\n: another\ndata: b\n\n", new Event("message", "b")),
        new Case(":\n\n:\n\n:\n\n"),
        new Case("id: 7\nretry: 10\nunknown: x\ndata: b\n\n", new Event("message", "b")),
        new Case("dataa: b\n\n data: c\n\n"),
        new Case("data: a:b: c\n\n", new Event("message", "a:b: c")),
        new Case("data: a\r\rdata: b\r\r", new Event("message", "a"), new Event("message", "b")),
        new Case(
            "data: a\r\n\r\ndata: b\r\n\r\n", new Event("message", "a"), new Event("message", "b")),
        new Case(
            "data: a\n\r\ndata: b\r\n\n", new Event("message", "a"), new Event("message", "b")),
        new Case("\uFEFFdata: b\n\n", new Event("message", "b")),
        new Case("\n\uFEFFdata: b\n\n"),
        new Case("data: \uFEFF\n\n", new Event("message", "\uFEFF")),
        new Case(
            "data: gr\u00fc\u00df \uD83D\uDE00\n\n",
            new Event("message", "gr\u00fc\u00df \uD83D\uDE00")),
        new Case("data: whole\n\ndata: broken off\n", new Event("message", "whole")),
        new Case("data: whole\n\ndata: broken off", new Event("message", "whole")),
        new Case("data: not ended"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void takesStreamsApart(Case one) throws IOException {
    byte[] bytes = one.stream().getBytes(StandardCharsets.UTF_8);

    assertThat(read(new ByteArrayInputStream(bytes))).containsExactly(one.events());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whereverTheirPiecesAreCut(Case one) throws IOException {
    byte[] bytes = one.stream().getBytes(StandardCharsets.UTF_8);

    assertThat(read(new Drops(bytes, () -> 1))).containsExactly(one.events());
    var random = RandomGenerator.of("L64X128MixRandom");
    for (int i = 0; i < 20; i++) {
      assertThat(read(new Drops(bytes, () -> random.nextInt(1, 5)))).containsExactly(one.events());
    }
  }

  @Test
  void whatIsNoUtf8IsReplaced() throws IOException {
    byte[] bytes = {'d', 'a', 't', 'a', ':', (byte) 0xff, (byte) 0xc3, '\n', '\n'};

    assertThat(read(new ByteArrayInputStream(bytes)))
        .containsExactly(new Event("message", "\uFFFD\uFFFD"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "data: x\n", ": x", "data\n", "event: x"})
  void anEventHasAnEnd(String endless) {
    var stream = new ByteArrayInputStream(endless.repeat(2000).getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> read(stream)).isInstanceOf(TooLongException.class);
  }

  @Test
  void aStreamNeedNotHaveOne() throws IOException {
    String events = ": alive\n\ndata: " + "x".repeat(MOST / 2) + "\n\n";
    var stream = new ByteArrayInputStream(events.repeat(100).getBytes(StandardCharsets.UTF_8));

    assertThat(read(stream)).hasSize(100);
  }

  private static List<Event> read(InputStream stream) throws IOException {
    var reader = new EventReader(stream, MOST);
    var events = new ArrayList<Event>();
    for (Optional<Event> next = reader.next(); next.isPresent(); next = reader.next()) {
      events.add(next.get());
    }
    return events;
  }

  /** Gives a few bytes at a time, as a network does. */
  private static final class Drops extends InputStream {
    private final ByteArrayInputStream bytes;
    private final java.util.function.IntSupplier size;

    Drops(byte[] bytes, java.util.function.IntSupplier size) {
      this.bytes = new ByteArrayInputStream(bytes);
      this.size = size;
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      return bytes.read(into, offset, Math.min(length, size.getAsInt()));
    }
  }
}
