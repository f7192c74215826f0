package io.holdfast.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.EncoderBase;
import java.io.OutputStream;
import org.slf4j.LoggerFactory;

/** Sets up where the server's log goes, from code: nothing is read from the class path. */
public final class ServerLog {
  private ServerLog() {}

  /**
   * Begins to log.
   *
   * @param json a line of JSON for each event; else a line for people
   * @param verbose tells of every request too
   */
  public static void begin(OutputStream out, boolean json, boolean verbose) {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    EncoderBase<ILoggingEvent> encoder = json ? new JsonLines() : new PlainLines();
    encoder.setContext(context);
    encoder.start();
    var appender = new OutputStreamAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setOutputStream(out);
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(appender);
    context.getLogger("holdfast").setLevel(verbose ? Level.DEBUG : Level.INFO);
  }
}
