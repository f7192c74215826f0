package io.holdfast.server.notify;

import io.avaje.jsonb.Json;
import io.avaje.jsonb.Jsonb;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/** The body of a webhook's request. */
@Json(naming = Json.Naming.LowerUnderscore)
record NotificationJson(
    String schema,
    String delivery,
    String event,
    Instant time,
    String severity,
    String text,
    Map<String, String> facts) {

  /** The name and version of this form. */
  static final String SCHEMA = "holdfast.notification/1";

  /** The very bytes that are sent, and signed. */
  static byte[] bytes(Notification notification, String delivery) {
    var document =
        new NotificationJson(
            SCHEMA,
            delivery,
            notification.event().text(),
            notification.time(),
            notification.severity().word(),
            notification.text(),
            notification.facts());
    return Jsonb.builder().build().toJson(document).getBytes(StandardCharsets.UTF_8);
  }
}
