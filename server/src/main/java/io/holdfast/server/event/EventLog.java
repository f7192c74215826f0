package io.holdfast.server.event;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Writes events to the log: the name and the facts as keys and values, the text as message. */
public final class EventLog implements Consumer<ServerEvent> {
  private final Logger logger = LoggerFactory.getLogger("holdfast");

  @Override
  public void accept(ServerEvent event) {
    LoggingEventBuilder line =
        logger.atLevel(
            switch (event.severity()) {
              case DETAIL -> Level.DEBUG;
              case INFO -> Level.INFO;
              case WARNING -> Level.WARN;
              case ERROR -> Level.ERROR;
            });
    line = line.addKeyValue("event", event.name().text());
    for (var fact : event.facts().entrySet()) {
      line = line.addKeyValue(fact.getKey(), fact.getValue());
    }
    if (event.cause() != null) {
      line = line.setCause(event.cause());
    }
    line.log(event.text());
  }
}
