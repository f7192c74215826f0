package io.holdfast.cli.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import io.avaje.json.JsonWriter;
import io.avaje.json.stream.JsonStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.slf4j.event.KeyValuePair;

/**
 * One JSON object a line: {@code time}, {@code level}, {@code event} and the event's own facts,
 * then {@code message}, and {@code error} with the stack trace where there is one.
 */
final class JsonLines extends EncoderBase<ILoggingEvent> {
  private static final byte[] NOTHING = new byte[0];
  private static final Set<String> OURS = Set.of("time", "level", "logger", "message", "error");

  private final JsonStream json = JsonStream.builder().build();

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    var out = new java.io.StringWriter();
    try (JsonWriter line = json.writer(out)) {
      line.beginObject();
      member(line, "time", event.getInstant().toString());
      member(line, "level", event.getLevel().toString().toLowerCase(Locale.ROOT));
      if (!event.getLoggerName().equals("holdfast")) {
        member(line, "logger", event.getLoggerName());
      }
      facts(line, event);
      member(line, "message", event.getFormattedMessage());
      if (event.getThrowableProxy() != null) {
        member(line, "error", ThrowableProxyUtil.asString(event.getThrowableProxy()));
      }
      line.endObject();
    }
    return (out + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void facts(JsonWriter line, ILoggingEvent event) {
    if (event.getKeyValuePairs() == null) {
      return;
    }
    var told = new HashSet<String>(OURS);
    for (KeyValuePair fact : event.getKeyValuePairs()) {
      // A name twice in an object would be read differently by different readers.
      if (told.add(fact.key)) {
        member(line, fact.key, String.valueOf(fact.value));
      }
    }
  }

  private static void member(JsonWriter line, String name, String value) {
    line.name(name);
    line.value(value);
  }
}
