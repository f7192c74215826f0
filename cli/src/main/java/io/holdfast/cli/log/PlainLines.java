package io.holdfast.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import io.holdfast.cli.terminal.SafeText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A line for people: the time in UTC, the level where it is worth telling, and the sentence. */
final class PlainLines extends EncoderBase<ILoggingEvent> {
  private static final byte[] NOTHING = new byte[0];

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
    Instant time = event.getInstant().truncatedTo(ChronoUnit.SECONDS);
    String level =
        event.getLevel().isGreaterOrEqual(Level.WARN)
            ? event.getLevel().toString().toLowerCase(java.util.Locale.ROOT) + ": "
            : "";
    String line = time + " " + level + SafeText.line(event.getFormattedMessage()) + "\n";
    String trace =
        event.getThrowableProxy() == null
            ? ""
            : ThrowableProxyUtil.asString(event.getThrowableProxy());
    return (line + trace).getBytes(StandardCharsets.UTF_8);
  }
}
